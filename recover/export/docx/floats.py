"""Figures and tables of the Word document, with their captions and the widths of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from recover.export.content import Float, described, head_rows, printed_rows, words_inside
from recover.export.docx.styles import add_styled, add_text
from recover.export.markup import legal
from recover.export.styled import Styled, caption_text, cell_text, english_caption
from recover.model.document import Cell, Formula, Table

# The text's width on an A4 page with the margins of whole.py.
TEXT_WIDTH = Mm(160)
# Points: a capital of Times at the size of the body, and a cell's margins.
_LETTER, _MARGINS = 7.6, 11.0
_WORD = re.compile(r"[!-~]+")


def set_widths(table: WordTable, item: Table, cells: Sequence[Cell]) -> None:
    """Share the text's width out among the columns as on the page; evenly, as they are, where that isn't known."""
    shares = _shares(item, cells, len(table.columns))
    if not shares:
        return
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(int(TEXT_WIDTH * share))
    for row in table.rows:
        for cell in row.cells:
            if cell.grid_span == 1:
                cell.width = table.columns[cell._tc.grid_offset].width  # noqa: SLF001 the only way to the column


def _shares(item: Table, cells: Sequence[Cell], columns: int) -> list[float]:
    """Each column's share of the table's width; empty where a column's place isn't known."""
    starts = [
        min((cell.box.x0 for cell in cells if cell.column == column and cell.box), default=float("nan"))
        for column in range(columns)
    ]
    printed = [right - left for left, right in pairwise([*starts, item.box.x1])]
    least = [_least(cells, column) for column in range(columns)]
    if not all(width > 0 for width in printed) or sum(least) >= 1:
        return []
    free = [max(0.0, width / sum(printed) - low) for width, low in zip(printed, least, strict=True)]
    left = (1 - sum(least)) / (sum(free) or 1.0)
    return [low + left * more for low, more in zip(least, free, strict=True)]


def _least(cells: Sequence[Cell], column: int) -> float:
    """The share that the column's longest word takes."""
    texts = " ".join(cell.text for cell in cells if cell.column == column and cell.column_span == 1)
    longest = max(map(len, _WORD.findall(texts)), default=1)
    return float((longest * _LETTER + _MARGINS) / TEXT_WIDTH.pt)


_PIXELS_A_INCH = 200


def add_float(word: Word, item: Float, folder: Path) -> None:
    """A table under its caption, or a figure above it."""
    if isinstance(item, Table) and item.rows:
        _add_caption(word, item, keep_with_next=True)
        _add_table(word, item)
        return
    if item.image and (folder / item.image).is_file():
        _add_picture(word, folder / item.image, described(item))
    elif words_inside(item):
        add_text(word.add_paragraph(), words_inside(item))
    _add_caption(word, item, keep_with_next=False)


def add_formula(word: Word, formula: Formula, folder: Path) -> None:
    """A formula's picture, or what was read of it, with its number behind it."""
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    path = folder / formula.image
    if not (formula.image and path.is_file() and _show_picture(paragraph, path)):
        add_styled(paragraph, Styled(formula.text, formula.marks))
    if formula.label:
        add_text(paragraph, f"\t{formula.label}")


def _add_picture(word: Word, path: Path, shown: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    _show_picture(paragraph, path)
    for properties in paragraph._p.iter(qn("wp:docPr")):  # noqa: SLF001 python-docx sets no such text
        properties.set("descr", legal(shown))


def _show_picture(paragraph: WordParagraph, path: Path) -> bool:
    """Put the picture into the paragraph; False where the file holds none."""
    try:
        picture = paragraph.add_run().add_picture(str(path))
    except (UnrecognizedImageError, OSError, ZeroDivisionError):
        return False
    # Crops carry no resolution: they are shown as large as they were printed, as far as the page is wide.
    scale = 72 / _PIXELS_A_INCH
    width, height = int(picture.width * scale), int(picture.height * scale)
    shrink = min(1.0, TEXT_WIDTH / max(1, width))
    picture.width, picture.height = int(width * shrink), int(height * shrink)
    return True


def _add_caption(word: Word, item: Float, *, keep_with_next: bool) -> None:
    for text in (caption_text(item), english_caption(item)):
        if text.text:
            paragraph = word.add_paragraph(style="Caption")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = keep_with_next
            add_styled(paragraph, text)


def _add_table(word: Word, item: Table) -> None:
    cells = _cells(item)
    rows, columns = len(item.rows), max(map(len, item.rows))
    table = word.add_table(rows, columns)
    table.style = "Table Grid"
    for cell in cells:
        _fill(table, cell)
    _keep_rows(table, max(1, head_rows(item)))
    set_widths(table, item, cells)
    word.add_paragraph()


def _keep_rows(table: WordTable, heads: int) -> None:
    """No row is cut by the end of a page, and the headings stand again on the next."""
    for index, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 python-docx has no call for it
        properties.append(OxmlElement("w:cantSplit"))
        if index < heads:
            properties.append(OxmlElement("w:tblHeader"))


def _cells(item: Table) -> list[Cell]:
    """Every cell that is shown, with its place on the page where it is known."""
    return [
        Cell(
            row=row,
            column=cell.column,
            text=cell.text,
            row_span=cell.rowspan,
            column_span=cell.colspan,
            box=cell.source.box if cell.source else None,
            marks=cell.source.marks if cell.source else (),
        )
        for row, cells in enumerate(printed_rows(item))
        for cell in cells
    ]


def _fill(table: WordTable, cell: Cell) -> None:
    first = table.cell(cell.row, cell.column)
    if cell.row_span > 1 or cell.column_span > 1:
        first = first.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
    add_styled(first.paragraphs[0], cell_text(cell))
