"""The searchable PDF of a whole document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from recover.errors import EngineFailed
from recover.export.original import Original
from recover.export.searchable_pdf.archival import claim_archival, forget_metadata, is_plain
from recover.export.searchable_pdf.blank import Blanks
from recover.export.searchable_pdf.describe import add_bookmarks, describe
from recover.export.searchable_pdf.font import Codes, add_font
from recover.export.searchable_pdf.open import open_pdf
from recover.export.searchable_pdf.page import is_good_type, replace_text, set_lines
from recover.export.searchable_pdf.place import SetLine
from recover.export.searchable_pdf.strip import DAMAGED
from recover.model.document import Document


def render(document: Document, folder: Path, original: Original) -> bytes:  # noqa: ARG001 the pages are the original's
    """The original with the recovered text in place of its own; raises UnreadableInput, EngineFailed."""
    with open_pdf(original, document) as pdf:
        try:
            _replace_all(pdf, document)
            return _saved(pdf)
        except pikepdf.PdfError as error:
            remedy = "repair the PDF (qpdf, mutool clean) and recover it again"
            raise EngineFailed(str(original.path), f"its pages cannot be rewritten ({error})", remedy) from error


def _replace_all(pdf: pikepdf.Pdf, document: Document) -> None:
    records = {record.number: record for record in document.pages if record.number < len(pdf.pages)}
    lines = {
        number: set_lines(pdf.pages[number], record)
        for number, record in records.items()
        if not is_good_type(pdf.pages[number], record)
    }
    codes = Codes(shape for page in lines.values() for line in page for shape in line.shapes)
    font = add_font(pdf, codes)
    blanks = Blanks(pdf)
    for number, placed in lines.items():
        _replace_or_leave(blanks, pdf.pages[number], placed, font, codes)
    is_archival = is_plain(pdf)
    if is_archival:
        forget_metadata(pdf)
    describe(pdf, document)
    add_bookmarks(pdf, document)
    if is_archival:
        claim_archival(pdf)


def _replace_or_leave(
    blanks: Blanks, page: pikepdf.Page, lines: Sequence[SetLine], font: pikepdf.Object, codes: Codes
) -> None:
    """Replace the page's text; a page too damaged for that stays as it is, and the others go on."""
    kept = {key: page.obj[key] for key in ("/Contents", "/Resources") if key in page.obj}
    try:
        replace_text(blanks, page, lines, font, codes)
    except DAMAGED:
        for key, value in kept.items():
            page.obj[key] = value


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
