"""Column widths of a Word table: in proportion to those that were printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docx.shared import Length, Mm
from docx.table import Table as WordTable

from recover.model.document import Cell, Table

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
