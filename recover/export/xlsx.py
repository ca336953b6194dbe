"""The tables of a document as an Excel workbook: a sheet for each, merged cells merged, every cell as printed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from recover.export.content import caption, head_rows, notes_under
from recover.export.markup import legal
from recover.export.terms_csv import FORMULA_STARTS
from recover.model.document import Document, Table

# What no sheet's name may hold, and how long it may be.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDEST = 50
_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 tables need no pictures
    """The workbook's bytes, the same for the same document."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.created = "recover", _DATE.replace(tzinfo=None)
    names: set[str] = set()
    for number, table in enumerate(document.tables, 1):
        name = _sheet_name(table.label or f"table {number}", names)
        names.add(name.casefold())
        _fill(book.create_sheet(name), table, document)
    if not document.tables:
        book.create_sheet("no tables")
    out = io.BytesIO()
    book.save(out)
    return _with_fixed_dates(out.getvalue())


def _sheet_name(label: str, taken: Collection[str]) -> str:
    """The table's label as a sheet's name that no other sheet has."""
    name = _NOT_IN_NAMES.sub(" ", legal(label)).strip()[:_LONGEST_NAME] or "table"
    number, free = 2, name
    while free.casefold() in taken:
        ending = f" ({number})"
        free, number = name[: _LONGEST_NAME - len(ending)] + ending, number + 1
    return free


def _fill(sheet: Worksheet, table: Table, document: Document) -> None:
    """The cells from the first row on; the caption and the notes under them."""
    for row, texts in enumerate(table.rows, 1):
        for column, text in enumerate(texts, 1):
            _write(sheet, row, column, text, is_head=row <= head_rows(table))
    for span in table.spans:
        sheet.merge_cells(
            start_row=span.row + 1,
            start_column=span.col + 1,
            end_row=span.row + span.rowspan,
            end_column=span.col + span.colspan,
        )
    below = [caption(table), table.caption_en, *(note.text for note in notes_under(table, document))]
    for at, text in enumerate((text for text in below if text), len(table.rows) + 2):
        _write(sheet, at, 1, text).alignment = Alignment(wrap_text=False)
    for column in range(max(map(len, table.rows), default=0)):
        longest = max((_width(row[column]) for row in table.rows if column < len(row)), default=0)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(_WIDEST, longest + 2)


def _write(sheet: Worksheet, row: int, column: int, text: str, *, is_head: bool = False) -> Cell:
    """A cell that stays text, whatever it begins with."""
    cell: Cell = sheet.cell(row, column)
    if text:
        cell.value = legal(text)
        cell.data_type = "s"
        cell.quotePrefix = text.lstrip(" \u3000").startswith(FORMULA_STARTS)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _width(text: str) -> int:
    """How wide a text is set, in digits; Chinese characters take two."""
    return sum(1 if char.isascii() else 2 for char in text)


def _with_fixed_dates(content: bytes) -> bytes:
    """The file without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            stamp = _DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp, data)
            info = zipfile.ZipInfo(name, _ENTRY_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()
