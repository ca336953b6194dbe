"""The searchable PDF of a whole document."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from recover.errors import EngineFailed
from recover.export.original import Original
from recover.export.searchable_pdf.describe import add_bookmarks, claim_archival, describe
from recover.export.searchable_pdf.font import Codes, add_font
from recover.export.searchable_pdf.open import open_pdf
from recover.export.searchable_pdf.page import replace_text, set_lines
from recover.export.searchable_pdf.strip import has_seen_text
from recover.model.document import Document


def render(document: Document, folder: Path, original: Original) -> bytes:  # noqa: ARG001 the pages are the original's
    """The original with the recovered text in place of its own; raises UnreadableInput, EngineFailed."""
    with open_pdf(original) as pdf:
        try:
            _replace_all(pdf, document)
            return _saved(pdf)
        except pikepdf.PdfError as error:
            remedy = "repair the PDF (qpdf, mutool clean) and recover it again"
            raise EngineFailed(str(original.path), f"its pages cannot be rewritten ({error})", remedy) from error


def _replace_all(pdf: pikepdf.Pdf, document: Document) -> None:
    records = [record for record in document.pages if record.number < len(pdf.pages)]
    lines = {record.number: set_lines(pdf.pages[record.number], record) for record in records}
    codes = Codes(shape for page in lines.values() for line in page for shape in line.shapes)
    font = add_font(pdf, codes)
    for record in records:
        page = pdf.pages[record.number]
        if lines[record.number] or not has_seen_text(page):
            replace_text(pdf, page, lines[record.number], font, codes)
    describe(pdf, document)
    add_bookmarks(pdf, document)
    claim_archival(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Without encryption, packed as tightly as without touching the pictures."""
    buffer = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        buffer,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        encryption=False,
        deterministic_id=True,
    )
    return buffer.getvalue()
