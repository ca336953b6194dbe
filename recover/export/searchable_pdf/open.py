"""The file that was recovered, opened as a PDF: itself, or a page around each picture."""

from __future__ import annotations

import io
import struct

import pikepdf

from recover.errors import UnreadableInput
from recover.export.original import Original
from recover.export.searchable_pdf.picture import pdf_around
from recover.model.document import Document

_UNREADABLE = (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, SyntaxError, EOFError, struct.error)


def open_pdf(original: Original, document: Document) -> pikepdf.Pdf:
    """The file as an open PDF; raises UnreadableInput."""
    try:
        if b"%PDF-" in original.path.read_bytes()[:1024]:
            return pikepdf.open(original.path, password=original.password or "")
        return pdf_around(original.path, {record.number: record for record in document.pages})
    except _UNREADABLE as error:
        cause = f"cannot be opened for a searchable PDF ({error})"
        raise UnreadableInput(str(original.path), cause, "give the file that was recovered") from error


def page_bytes(page: pikepdf.Page) -> bytes:
    """A file of this one page."""
    single = pikepdf.new()
    single.pages.append(page)
    buffer = io.BytesIO()
    single.save(buffer)
    return buffer.getvalue()
