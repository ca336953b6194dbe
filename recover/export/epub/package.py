"""The book's package file: what it is, what is in it, and in which order it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recover.export.content import main_language, title
from recover.export.markup import Markup, tag
from recover.export.publication import publication
from recover.model.document import Document

# A paper has no date of change of its own; EPUB asks for one.
_MODIFIED = "2000-01-01T00:00:00Z"


def package(document: Document, images: Sequence[str]) -> bytes:
    """The OPF file."""
    whole = tag(
        "package",
        _metadata(document),
        tag("manifest", *_manifest(images)),
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


def _manifest(images: Sequence[str]) -> Iterator[Markup]:
    page = "application/xhtml+xml"
    yield tag("item", id="nav", href="nav.xhtml", properties="nav", **{"media-type": page})
    yield tag("item", id="article", href="article.xhtml", **{"media-type": page})
    yield tag("item", id="style", href="style.css", **{"media-type": "text/css"})
    for number, name in enumerate(images):
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        yield tag("item", id=f"image-{number}", href=name, **{"media-type": kind})
