"""Excel workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from recover.errors import UnreadableInput
from recover.glossary.concept import Concept
from recover.glossary.exchange.columns import Imported, read_rows
from recover.glossary.table import COLUMNS, cells

# A sheet of 100,000 terms unpacks to 30 MB.
MOST_BYTES = 300 * 2**20


def read_xlsx(content: bytes, named: Mapping[str, str], subject: str) -> Imported:
    """The first sheet of a workbook; of formulas the values that were last worked out."""
    try:
        _refuse_bomb(content, subject)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [tuple("" if value is None else str(value) for value in row) for row in book.worksheets[0].values]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise UnreadableInput(subject, f"is not an Excel workbook ({error})", "save it as .xlsx") from error
    return read_rows(rows, named, subject)


def _refuse_bomb(content: bytes, subject: str) -> None:
    """Raise UnreadableInput for a workbook that unpacks to more than any glossary has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_BYTES:
        cause = f"unpacks to {size // 2**20} MB"
        raise UnreadableInput(subject, cause, "save only the sheet with the terms, as CSV")


def write_xlsx(concepts: Sequence[Concept]) -> bytes:
    """One sheet with its head row held in place."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("glossary")
    sheet.freeze_panes = "A2"
    for row in (COLUMNS, *map(cells, concepts)):
        sheet.append([_text_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, value: str) -> object:
    """A cell that stays text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
