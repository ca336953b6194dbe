"""An EPUB 3 is a zip of XHTML with a package file; both are written here, so that no copyleft library is needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from recover.export.content import main_language, title
from recover.export.epub.navigation import navigation
from recover.export.epub.package import package
from recover.export.html.article import article, pictures
from recover.export.markup import Markup, tag
from recover.model.document import Document

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
    yield "EPUB/style.css", (files("recover.export.html") / "style.css").read_bytes()
    text = article(document, lambda name: name if name in shown else "")
    yield "EPUB/article.xhtml", xhtml(document, text, tag("link", rel="stylesheet", type="text/css", href="style.css"))
    yield from ((f"EPUB/{name}", content) for name, content in shown.items())


def xhtml(document: Document, content: Markup, *head: Markup) -> bytes:
    """A page of the book."""
    lang = main_language(document)
    names = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops", "xml:lang": lang}
    page = tag("html", tag("head", tag("title", title(document)), *head), tag("body", content), lang=lang, **names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}\n'.encode()
