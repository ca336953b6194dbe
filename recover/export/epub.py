"""``document.epub``: the paper as an EPUB 3 book for reading devices: a zip of XHTML with a package file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from recover.export.content import heading, main_language, publication, title
from recover.export.html import article, pictures
from recover.export.markup import Markup, tag
from recover.export.styled import body_sections
from recover.model.document import Document, Section
from recover.text.mathematics import known_latex

__all__ = ["render"]


# The book's package file: what it is, what is in it, and in which order it is read.

# A paper has no date of change of its own; EPUB asks for one.
_MODIFIED = "2000-01-01T00:00:00Z"


def package(document: Document, images: Sequence[str]) -> bytes:
    """The OPF file."""
    has_mathematics = any(known_latex(formula.latex) for formula in document.formulas)
    whole = tag(
        "package",
        _metadata(document),
        tag("manifest", *_manifest(images, "mathml" if has_mathematics else None)),
        tag("spine", tag("itemref", idref="article")),
        version="3.0",
        **{"xmlns": "http://www.idpf.org/2007/opf", "unique-identifier": "id", "xml:lang": main_language(document)},
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()


def _metadata(document: Document) -> Markup:
    authors = [tag("dc:creator", author.name) for author in document.authors]
    known = publication(document)
    source = tag("dc:source", f"doi:{known.doi}") if known.doi else ""
    subjects = [tag("dc:subject", word) for word in (*document.keywords.zh, *document.keywords.en)]
    return tag(
        "metadata",
        tag("dc:identifier", f"urn:sha256:{document.source.sha256 or 'unknown'}", id="id"),
        tag("dc:title", title(document)),
        tag("dc:language", main_language(document)),
        *authors,
        source,
        *subjects,
        tag("meta", _MODIFIED, property="dcterms:modified"),
        **{"xmlns:dc": "http://purl.org/dc/elements/1.1/"},
    )


def _manifest(images: Sequence[str], holds: str | None) -> Iterator[Markup]:
    """What is in the book; ``holds`` is what readers are to know of its text."""
    page = "application/xhtml+xml"
    yield tag("item", id="nav", href="nav.xhtml", properties="nav", **{"media-type": page})
    yield tag("item", id="article", href="article.xhtml", properties=holds, **{"media-type": page})
    yield tag("item", id="style", href="style.css", **{"media-type": "text/css"})
    for number, name in enumerate(images):
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        yield tag("item", id=f"image-{number}", href=name, **{"media-type": kind})


# The book's table of contents.


def navigation(document: Document) -> bytes:
    """The navigation page: headings nested as their levels say."""
    headed = [section for section in body_sections(document) if heading(section)]
    start = tag("li", tag("a", title(document), href="article.xhtml"))
    items = (start, *_nested(headed))
    lang = main_language(document)
    contents = tag("nav", tag("h1", "目录"), tag("ol", *items), **{"epub:type": "toc"})
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops", "xml:lang": lang}
    page = tag("html", tag("head", tag("title", title(document))), tag("body", contents), lang=lang, **names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}\n'.encode()


def _nested(sections: Sequence[Section]) -> Iterator[Markup]:
    """An item a heading, with those that are deeper and follow it inside."""
    at = 0
    while at < len(sections):
        end = at + 1
        while end < len(sections) and sections[end].level > sections[at].level:
            end += 1
        under = tag("ol", *_nested(sections[at + 1 : end])) if end > at + 1 else ""
        yield tag("li", tag("a", heading(sections[at]), href=f"article.xhtml#{sections[at].id}"), under)
        at = end


# An EPUB 3 is a zip of XHTML with a package file; both are written here, so that no copyleft library is needed.

# Zip entries carry a date; the same document gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def render(document: Document, folder: Path) -> bytes:
    """The book's bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        # The type comes first and unpacked, so that a reader finds it at a fixed place in the file.
        _write(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in _entries(document, folder):
            _write(book, name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _write(book: zipfile.ZipFile, name: str, content: bytes, method: int) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = method
    info.external_attr = 0o644 << 16
    book.writestr(info, content)


def _entries(document: Document, folder: Path) -> Iterator[tuple[str, bytes]]:
    shown = {name: (folder / name).read_bytes() for name in pictures(document) if (folder / name).is_file()}
    yield "META-INF/container.xml", _CONTAINER.encode()
    yield "EPUB/package.opf", package(document, sorted(shown))
    yield "EPUB/nav.xhtml", navigation(document)
    yield "EPUB/style.css", (files("recover.export") / "html.css").read_bytes()
    text = article(document, lambda name: name if name in shown else "")
    yield "EPUB/article.xhtml", xhtml(document, text, tag("link", rel="stylesheet", type="text/css", href="style.css"))
    yield from ((f"EPUB/{name}", content) for name, content in shown.items())


def xhtml(document: Document, content: Markup, *head: Markup) -> bytes:
    """A page of the book."""
    lang = main_language(document)
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops", "xml:lang": lang}
    page = tag("html", tag("head", tag("title", title(document)), *head), tag("body", content), lang=lang, **names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}\n'.encode()
