"""A table as every format shows it: rows of cells with what each covers, and how many rows are headings."""

from __future__ import annotations

import msgspec

from recover.export.styled import Styled, cell_text
from recover.model.document import Cell, MergedCell, Table


class PrintedCell(msgspec.Struct, frozen=True):
    """A cell as it is shown: its column, its text, the rows and columns it covers, and the cell as read where known."""

    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    source: Cell | None = None

    @property
    def styled(self) -> Styled:
        """The text with what is raised, lowered or otherwise set in it."""
        return cell_text(self.source) if self.source and self.source.text == self.text else Styled(self.text)


def printed_rows(table: Table) -> list[list[PrintedCell]]:
    """The cells of every row from the left, empty ones too; what a merged cell covers is left out."""
    merged = {(span.row, span.col): span for span in table.spans}
    merged |= {
        (cell.row, cell.column): MergedCell(
            row=cell.row, col=cell.column, rowspan=cell.row_span, colspan=cell.column_span
        )
        for cell in table.cells
        if cell.row_span > 1 or cell.column_span > 1
    }
    sources = {(cell.row, cell.column): cell for cell in table.cells}
    covered: set[tuple[int, int]] = set()
    rows: list[list[PrintedCell]] = []
    for r, texts in enumerate(table.rows):
        row = []
        for c, text in enumerate(texts):
            if (r, c) in covered:
                continue
            span = merged.get((r, c), MergedCell(row=r, col=c))
            down, across = min(span.rowspan, len(table.rows) - r), min(span.colspan, len(texts) - c)
            covered.update((y, x) for y in range(r, r + down) for x in range(c, c + across))
            row.append(PrintedCell(c, text, down, across, sources.get((r, c))))
        rows.append(row)
    return rows


def head_rows(table: Table) -> int:
    """How many rows of headings a table has: two where a heading of the first stands over several columns."""
    if len(table.rows) < 2:
        return 0
    tops = [cell for row in printed_rows(table)[:1] for cell in row]
    has_parts = any(cell.colspan > 1 for cell in tops) and len(tops) > 1
    return min(len(table.rows) - 1, max(1 + has_parts, *(cell.rowspan for cell in tops)))
