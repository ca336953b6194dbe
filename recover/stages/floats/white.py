"""Tables without a grid: white strips are column borders; lines that stand close in a column are one cell."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from recover.model.geometry import overlap
from recover.model.page import Line, Region, slice_line
from recover.stages.floats.grid import CellLines
from recover.stages.floats.spans import with_spans

# White between columns, in line heights.
COLUMN_GAP = 0.3
# Lines of one cell are closer than lines of two rows by at least this factor.
WRAP_JUMP = 1.04
# Rows far apart leave a gap like this between the two kinds of steps.
WIDE_JUMP = 1.3
# Cells are set solid: their lines are no farther apart than this many line heights.
SOLID = 1.2
# Cells of one row share this much of the lower one's height.
SAME_ROW = 0.45
# Lines this near, middle to middle in line heights, stand side by side.
SIDE_BY_SIDE = 0.5
# Lines of one row set level are this near; the second line of a centred cell is half a step off.
LEVEL = 0.3
# Boxes that lap over each other no more than this, in line heights, stand side by side; in so many rows no chance makes
# them do so.
TOUCHING, SEVERAL = 0.1, 3
# The upper border lies in this part of a table, the rule under its headings in this one.
TOP_BORDER, UPPER_PART = 0.08, 0.45
# A rule that parts rows runs over this share of the table.
WIDE_RULE = 0.55


def white_cells(lines: Sequence[Line], region: Region) -> tuple[CellLines, ...]:
    """Cells of a three-line or borderless table."""
    columns = _columns(lines)
    lines = [part for line in lines for part in _parted_at_columns(line, columns)]
    wrapped = _wrap_limit(lines, columns)
    bands = [(rule.y0 + rule.y1) / 2 for rule in region.rules_across if rule.width > WIDE_RULE * region.box.width]
    groups = [
        (column, group)
        for column in range(len(columns))
        for group in _cells_of_column([line for line in lines if column_of(line, columns) == column], bands, wrapped)
    ]
    rows = _rows([group for _, group in groups], bands)
    cells = [
        CellLines(row=row, column=column, lines=tuple(group), column_span=_reach(group, column, columns))
        for (column, group), row in sorted(zip(groups, rows, strict=True), key=lambda item: (item[1], item[0][0]))
    ]
    return with_spans(cells, columns, _header_end(bands, region))


def _header_end(bands: Sequence[float], region: Region) -> float:
    """The last wide rule in the upper part of the table but its upper border; without any, the table's top."""
    top, height = region.box.y0, region.box.height
    inner = [band for band in sorted(bands) if top + TOP_BORDER * height < band < top + UPPER_PART * height]
    return inner[-1] if inner else top


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The x ranges of columns; lines that bridge several others don't count."""
    height = statistics.median(line.height for line in lines)
    columns: list[list[Line]] = []
    for line in sorted(_not_bridging(lines, height), key=lambda item: item.box.x0):
        if columns and _goes_on(columns[-1], line, lines, height):
            columns[-1].append(line)
        else:
            columns.append([line])
    return [
        (column[0].box.x0, max(line.box.x1 for line in column))
        for at, column in enumerate(columns)
        if not _is_between(columns, at, lines)
    ]


def _is_between(columns: Sequence[Sequence[Line]], at: int, lines: Sequence[Line]) -> bool:
    """Whether all that makes a column is a heading over the white between two others, which have none in its row."""
    top = min(lines, key=lambda line: line.box.center[1])
    beside = [columns[other] for other in (at - 1, at + 1) if 0 <= other < len(columns)]
    return (
        len(beside) == 2
        and all(_beside(line, top) for line in columns[at])
        and not any(_beside(line, top) for column in beside for line in column)
    )


def _goes_on(column: Sequence[Line], line: Line, lines: Sequence[Line], height: float) -> bool:
    """Whether ``line``, the next one to the right, is of the column too: no white parts them.

    However narrow, white does that has lines side by side on both its sides in several rows.
    """
    end = max(member.box.x1 for member in column)
    white = line.box.x0 - end
    if white >= COLUMN_GAP * height or white <= -TOUCHING * height:
        return white < 0
    behind = [other for other in lines if other.box.x0 > end - TOUCHING * height]
    return sum(any(_beside(member, other) for other in behind) for member in column) < SEVERAL


def _not_bridging(lines: Sequence[Line], height: float) -> list[Line]:
    kept = []
    for line in lines:
        under = [other for other in lines if other is not line and _lies_under(line, other, height)]
        rows = [[other for other in under if _beside(first, other)] for first in under]
        bridged = any(len(row) >= 2 and _are_parted(row, height) for row in rows)
        if not bridged:
            kept.append(line)
    return kept or list(lines)


def _lies_under(line: Line, other: Line, height: float) -> bool:
    return other.box.x0 > line.box.x0 - height and other.box.x1 < line.box.x1 + height and not _beside(line, other)


def _beside(line: Line, other: Line) -> bool:
    return abs(line.box.center[1] - other.box.center[1]) < SIDE_BY_SIDE * min(line.height, other.height)


def _are_parted(row: Sequence[Line], height: float) -> bool:
    ordered = sorted(row, key=lambda line: line.box.x0)
    return any(right.box.x0 - left.box.x1 > COLUMN_GAP * height for left, right in pairwise(ordered))


def column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    """The first column that holds a good part of the line."""
    shares = [overlap(line.box.x0, line.box.x1, x0, x1) for x0, x1 in columns]
    best = max(shares)
    if best <= 0:
        return min(range(len(columns)), key=lambda index: abs(columns[index][0] - line.box.x0))
    return next(index for index, share in enumerate(shares) if share > 0.5 * best)


def _reach(group: Sequence[Line], column: int, columns: Sequence[tuple[float, float]]) -> int:
    x0, x1 = min(line.box.x0 for line in group), max(line.box.x1 for line in group)
    held = sum(overlap(x0, x1, left, right) > 0.3 * (right - left) for left, right in columns[column:])
    return max(1, held)


def _parted_at_columns(line: Line, columns: Sequence[tuple[float, float]]) -> list[Line]:
    """A line that a detector drew over two columns, cut in the white between them."""
    for (_, x1), (x0, _) in pairwise(columns):
        if line.box.x0 < x1 and line.box.x1 > x0:
            cut = next((at for at in range(1, len(line.text)) if _is_cut(line, at, x1, x0)), None)
            if cut:
                return [slice_line(line, 0, cut), *_parted_at_columns(slice_line(line, cut, len(line.text)), columns)]
    return [line]


def _is_cut(line: Line, at: int, left: float, right: float) -> bool:
    """Whether white before a character parts what stands left and right of a column border."""
    if line.text[at].isspace() or not left < line.lefts[at] < right + line.height:
        return False
    if line.text[at - 1].isspace() and line.lefts[at] > left + 0.5 * (right - left):
        return True
    ink = max(line.rights[before] for before in range(at) if before == 0 or not line.text[before].isspace())
    return line.lefts[at] - ink > COLUMN_GAP * line.height


def _cells_of_column(members: Sequence[Line], bands: Sequence[float], wrapped: float) -> list[list[Line]]:
    """Lines of a column gathered into cells: a step to the next row is longer than one to a wrapped line."""
    groups: list[list[Line]] = []
    for line in sorted(members, key=lambda item: (item.box.center[1], item.box.x0)):
        if groups and _same_cell(groups[-1], line, wrapped, bands):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _same_cell(group: Sequence[Line], line: Line, wrapped: float, bands: Sequence[float]) -> bool:
    above = group[-1].box.center[1]
    middle = line.box.center[1]
    if any(above < band < middle for band in bands):
        return False
    return _beside(group[-1], line) or middle - above < wrapped


def _wrap_limit(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> float:
    """Steps below this join lines of a cell; 0 where every line is a row of its own.

    Wrapped lines stand closer than rows, and what wraps in one column has no partner in the first.
    """
    steps = sorted(step for step in (_step_above(line, lines) for line in lines) if step is not None)
    widest = SOLID * statistics.median(line.height for line in lines)
    jumps = [(low, high) for low, high in pairwise(steps) if 0 < low < widest and high / low >= WRAP_JUMP]
    limits = [(low + high) / 2 for low, high in jumps if low + high < 2 * widest or high / low >= WIDE_JUMP]
    found = [limit for limit in limits if _are_wrapped(limit, lines, columns)]
    return max((limit for limit in found if limit < widest), default=min(found, default=0.0))


def _are_wrapped(limit: float, lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    first = [line for line in lines if column_of(line, columns) == 0]
    second = [line for line in lines if (_step_above(line, lines) or limit) < limit]
    leading = [line for line in first if line not in second]
    alone = sum(not any(_is_level(line, other) for other in leading) for line in second)
    return bool(second) and alone >= 0.8 * len(second) and len(leading) >= 0.6 * len(first)


def _is_level(line: Line, other: Line) -> bool:
    return abs(line.box.center[1] - other.box.center[1]) < LEVEL * min(line.height, other.height)


def _step_above(line: Line, lines: Sequence[Line]) -> float | None:
    """The distance to the nearest line over this one."""
    above = [
        line.box.center[1] - other.box.center[1]
        for other in lines
        if overlap(line.box.x0, line.box.x1, other.box.x0, other.box.x1) > 0
        and other.box.center[1] < line.box.center[1] - SIDE_BY_SIDE * line.height
    ]
    return min(above, default=None)


def _rows(groups: Sequence[Sequence[Line]], bands: Sequence[float]) -> list[int]:
    """The row number of every cell: cells that stand side by side share one."""
    spans = [(min(line.box.y0 for line in group), max(line.box.y1 for line in group)) for group in groups]
    order = sorted(range(len(groups)), key=lambda index: sum(spans[index]))
    rows: list[list[int]] = []
    for index in order:
        if rows and any(_share_row(spans[index], spans[other], bands) for other in rows[-1]):
            rows[-1].append(index)
        else:
            rows.append([index])
    numbers = {index: number for number, row in enumerate(rows) for index in row}
    return [numbers[index] for index in range(len(groups))]


def _share_row(span: tuple[float, float], other: tuple[float, float], bands: Sequence[float]) -> bool:
    if any(min(sum(span), sum(other)) / 2 < band < max(sum(span), sum(other)) / 2 for band in bands):
        return False
    shared = overlap(*span, *other)
    return shared > SAME_ROW * min(span[1] - span[0], other[1] - other[0])


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of one cell, row by row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box.center[1]):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box.x0)]
