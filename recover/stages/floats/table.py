"""A table's cells: by its printed grid where it has one, else by the white between its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from recover.model.document import Cell, MergedCell
from recover.model.flow import FloatRegion, Piece, line_alone
from recover.model.geometry import enclose
from recover.model.page import Line, part_at_white, slice_line
from recover.stages.floats.cell_lines import is_justified
from recover.stages.floats.grid import CellLines, grid_cells
from recover.stages.floats.unruled_tables import in_reading_order, open_cells, unruled_cells
from recover.text.join import compose, separator

# White inside a line, in its heights, that only stands between cells.
CELL_WHITE = 1.1


def read_table(item: FloatRegion) -> tuple[tuple[Cell, ...], tuple[tuple[str, ...], ...]]:
    """Cells, and the same as rows of texts; both empty for a table without text."""
    lines = [cell for line in item.region.lines if line.text.strip() for cell in _cells_of(line, item.region.lines)]
    if not lines:
        return (), ()
    found = open_cells(lines, item.region) or grid_cells(lines, item.region) or unruled_cells(lines, item.region)
    cells = tuple(_cell(cell, item) for cell in found)
    return cells, _rows(cells)


def merged_cells(cells: Sequence[Cell]) -> tuple[MergedCell, ...]:
    """Those of the cells that cover several rows or columns."""
    return tuple(
        MergedCell(row=cell.row, col=cell.column, rowspan=cell.row_span, colspan=cell.column_span)
        for cell in cells
        if cell.row_span > 1 or cell.column_span > 1
    )


def _cells_of(line: Line, lines: Sequence[Line]) -> list[Line]:
    """A line that runs over several cells, cut; white space that was read at its ends reaches into no other."""
    whole = slice_line(line, 0, len(line.text))
    cuts = [0]
    for part in part_at_white(whole, CELL_WHITE * line.height)[1:]:
        at = whole.lefts.index(part.lefts[0], cuts[-1])
        cuts += [] if is_justified(whole, at, lines) else [at]
    return [slice_line(whole, start, end) for start, end in pairwise([*cuts, len(whole.text)])]


def _piece(cell: Line, item: FloatRegion) -> Piece:
    """The cell's place in the line that it was cut from."""
    line = next(line for line in item.region.lines if line.id == cell.id)
    starts = [at for at in range(len(line.text)) if line.text.startswith(cell.text, at)] if cell.text else [0]
    # The ends of a line may have been set right since.
    start = min(starts, key=lambda at: abs(line.lefts[at] - cell.lefts[0]))
    return Piece(line_alone(line, item.page, "table", item.to_page), start, start + len(cell.text))


def _cell(found: CellLines, item: FloatRegion) -> Cell:
    pieces = [_piece(line, item) for line in in_reading_order(found.lines)]
    paragraph = compose(pieces)
    box = enclose(line.box for line in found.lines) if found.lines else None
    return Cell(
        row=found.row,
        column=found.column,
        text=paragraph.text,
        row_span=found.row_span,
        column_span=found.column_span,
        box=item.to_page.box(box).rounded() if box else None,
        spans=paragraph.spans,
    )


def _rows(cells: Sequence[Cell]) -> tuple[tuple[str, ...], ...]:
    texts: dict[tuple[int, int], str] = {}
    for cell in cells:
        above = texts.get((cell.row, cell.column), "")
        texts[cell.row, cell.column] = above + separator(above, cell.text) + cell.text
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    return tuple(tuple(texts.get((row, column), "") for column in range(width)) for row in range(height))
