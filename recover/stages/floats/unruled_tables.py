"""Tables without a grid: white strips are column borders; lines that stand close in a column are a cell."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from recover.model.geometry import Box, enclose, overlap
from recover.model.page import TEARING, Line, Region, slice_line
from recover.stages.floats.cell_lines import (
    ALIGNED,
    Rule,
    borders_of_rules,
    parted_at_borders,
    parted_at_strips,
    read_rules,
    with_true_ends,
)
from recover.stages.floats.grid import CellLines, ruled_head
from recover.stages.floats.spans import UNDER, english_under, read_head, with_groups
from recover.stages.floats.table_rows import Placed, find_levels, find_rows

# Headings that stand over others take two rows.
HEAD_ROWS = 2
# Without a rule under them, headings take no more levels than this; columns are told from so many levels of rows.
HEAD_LEVELS, MIN_BODY = 3, 3
# A heading that stands so near to columns on both its sides, in its heights, is over both.
BETWEEN = 2.5
# White between columns, in line heights.
COLUMN_GAP = 0.3
# Lines this near, middle to middle in line heights, stand side by side.
SIDE_BY_SIDE = 0.5
# Boxes that lap over each other no more than this, in line heights, stand side by side; in so many rows no chance makes
# them do so.
TOUCHING, SEVERAL = 0.1, 3


def open_cells(lines: Sequence[Line], region: Region) -> tuple[CellLines, ...]:
    """Cells of a table whose heads alone are ruled down: each stands between two of their borders; none in others."""
    lines = with_true_ends(lines)
    height = statistics.median(line.height for line in lines)
    rules = read_rules(region.rules_across, lines, height)
    head = ruled_head(lines, region, rules)
    if head is None:
        return ()
    body = [line for line in lines if line.box.center[1] > head.end]
    for _ in head.borders[1:-1]:
        body = parted_at_borders(body, head.borders[1:-1])
    columns = list(pairwise(head.borders))
    levels = find_levels([_placed(line, columns) for line in body])
    return (*head.cells, *_body(levels, columns, rules, head.rows, head.end))


def unruled_cells(lines: Sequence[Line], region: Region) -> tuple[CellLines, ...]:
    """Cells of a three-line or borderless table."""
    lines = with_true_ends(lines)
    height = statistics.median(line.height for line in lines)
    rules = read_rules(region.rules_across, lines, height)
    borders = borders_of_rules(rules, height)
    # What is cut at white tells where other cells end.
    for _ in range(2 if borders else 0):
        lines = parted_at_borders(lines, borders)
    lines = [part for line in lines for part in parted_at_strips(line, lines)]
    twins = english_under(lines, _header_end(find_levels([Placed(line, 0) for line in lines]), rules))
    cells = _in_two_languages(lines, twins, rules, borders) if twins else ()
    return cells or _cells_without_grid(lines, rules, borders)


def _in_two_languages(
    lines: Sequence[Line], twins: Mapping[Line, Sequence[Line]], rules: Sequence[Rule], borders: Sequence[float]
) -> tuple[CellLines, ...]:
    """The cells as if the headings were in Chinese alone; each has its English. None where one had to be cut."""
    english = [twin for below in twins.values() for twin in below]
    around = {line: enclose([line.box, *(twin.box for twin in below)]) for line, below in twins.items()}
    height = statistics.median(line.height for line in twins)
    spread = [_spread([box.center[1] for box in boxes]) for boxes in (around.values(), [line.box for line in twins])]
    at_top = spread[1] < spread[0] - SIDE_BY_SIDE * height / 2
    whole = {_moved(line, around[line], at_top=at_top): (line, *below) for line, below in twins.items()}
    rest = [line for line in lines if line not in twins and line not in english]
    cells = _cells_without_grid([*whole, *rest], rules, borders)
    if not set(whole) <= {line for cell in cells for line in cell.lines}:
        return ()
    return tuple(
        msgspec.structs.replace(cell, lines=tuple(one for line in cell.lines for one in whole.get(line, (line,))))
        for cell in cells
    )


def _spread(places: Sequence[float]) -> float:
    return max(places) - min(places)


def _moved(line: Line, around: Box, *, at_top: bool) -> Line:
    """The line as wide as its cell's lines, in their middle or on top of them."""
    y0 = around.y0 if at_top else around.center[1] - line.height / 2
    return msgspec.structs.replace(line, box=Box(around.x0, y0, around.x1, y0 + line.height))


def _cells_without_grid(
    lines: Sequence[Line], rules: Sequence[Rule], borders: Sequence[float]
) -> tuple[CellLines, ...]:
    columns = _columns_of_body(lines, rules, borders)
    lines = [part for line in lines for part in _parted_at_columns(line, columns, lines)]
    levels = find_levels([_placed(line, columns) for line in lines])
    end = _header_end(levels, rules)
    head = read_head(levels, columns, rules, end)
    if head is not None:
        return (*head.cells, *_body(levels[head.levels :], columns, rules, HEAD_ROWS, _top(levels[head.levels])))
    top = end or (_top(levels[1]) if len(levels) > 1 else math.inf)
    return tuple(_body(levels, columns, rules, 0, top))


def _body(
    levels: Sequence[Sequence[Placed]],
    columns: Sequence[tuple[float, float]],
    rules: Sequence[Rule],
    first: int,
    top: float,
) -> list[CellLines]:
    """The cells of rows that are numbered from ``first``; below ``top`` they may be grouped under names."""
    rows = find_rows(levels, columns, rules)
    cells = [
        CellLines(
            row=number + first, column=column, lines=tuple(item.line for item in stack), column_span=stack[0].reach
        )
        for number, row in enumerate(rows)
        for column, stack in _by_column(row)
    ]
    heads = sum(min(item.middle for item in row) < top for row in rows)
    named = with_groups([cell for cell in cells if cell.row >= heads + first], columns, rules)
    return [*(cell for cell in cells if cell.row < heads + first), *named]


def _top(level: Sequence[Placed]) -> float:
    return min(item.middle for item in level)


def _placed(line: Line, columns: Sequence[tuple[float, float]]) -> Placed:
    column = column_of(line, columns)
    return Placed(line, column, _reach(line, column, columns))


def _by_column(row: Sequence[Placed]) -> list[tuple[int, list[Placed]]]:
    stacks: dict[int, list[Placed]] = {}
    for item in row:
        stacks.setdefault(item.column, []).append(item)
    return sorted(stacks.items())


def _header_end(levels: Sequence[Sequence[Placed]], rules: Sequence[Rule]) -> float | None:
    """The rule under the headings: the first over the whole table below its first level; None without one."""
    first, last = _top(levels[0]), _top(levels[-1])
    return next((rule.level for rule in rules if rule.is_whole and first < rule.level < last), None)


def _columns_of_body(
    lines: Sequence[Line], rules: Sequence[Rule], borders: Sequence[float]
) -> list[tuple[float, float]]:
    """The columns of the rows below the headings, where there are enough, and of headings that stand over none."""
    levels = find_levels([Placed(line, 0) for line in lines])
    end = _header_end(levels, rules)
    ruled = [item.line for item in levels[0] if any(_is_ruled_under(item.line, rule) for rule in rules)]
    lines = [line for line in lines if line not in ruled] or lines
    body = [item.line for level in levels[HEAD_LEVELS:] for item in level]
    if end is not None:
        body = [line for line in lines if line.box.center[1] > end]
    if len(find_levels([Placed(line, 0) for line in body])) < MIN_BODY:
        return _columns(lines, lines, borders)
    columns = _columns(body, lines, borders)
    # From the lowest up: headings over their own column tell its width to those over several.
    for line in sorted(lines, key=lambda one: -one.box.center[1]):
        if line in body:
            continue
        over = [at for at, (x0, x1) in enumerate(columns) if overlap(line.box.x0, line.box.x1, x0, x1) > 0]
        if not over and not _is_over_white(line, columns):
            columns.append((line.box.x0, line.box.x1))
        elif len(over) == 1:
            x0, x1 = columns[over[0]]
            columns[over[0]] = (min(x0, line.box.x0), max(x1, line.box.x1))
    return sorted(columns)


def _is_ruled_under(line: Line, rule: Rule) -> bool:
    """Whether a heading's rule runs beyond both its ends: it stands over several columns."""
    is_near = 0 < rule.level - line.box.center[1] < UNDER * line.height
    return (
        is_near and not rule.is_whole and rule.left + line.height < line.box.x0 < line.box.x1 < rule.right - line.height
    )


def _is_over_white(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a heading stands over the narrow white between two columns, in the middle of both."""
    before = max((x1 for _, x1 in columns if x1 <= line.box.x0), default=None)
    behind = min((x0 for x0, _ in columns if x0 >= line.box.x1), default=None)
    if before is None or behind is None:
        return False
    return max(line.box.x0 - before, behind - line.box.x1) < BETWEEN * line.height


def _columns(lines: Sequence[Line], around: Sequence[Line], borders: Sequence[float]) -> list[tuple[float, float]]:
    """The x ranges of columns, parted at ``borders`` too.

    Lines that bridge several others, as all ``around`` tell, don't count.
    """
    height = statistics.median(line.height for line in lines)
    columns: list[list[Line]] = []
    for line in sorted(_not_bridging(lines, height, around), key=lambda item: item.box.x0):
        if columns and _goes_on(columns[-1], line, lines, height, borders):
            columns[-1].append(line)
        else:
            columns.append([line])
    columns = _without_torn(columns, around)
    return [
        (column[0].box.x0, max(line.box.x1 for line in column))
        for at, column in enumerate(columns)
        if not _is_between(columns, at, lines)
    ]


def _without_torn(columns: Sequence[list[Line]], around: Sequence[Line]) -> list[list[Line]]:
    """The columns, but one of nothing else than the rest of lines torn at marks is of the column before it."""
    whole: list[list[Line]] = []
    for column in columns:
        start, end = column[0].box.x0, max(line.box.x1 for line in column)
        if whole and all(_is_torn_off(line, around) for line in around if start <= line.box.x0 < end):
            whole[-1].extend(column)
        else:
            whole.append(column)
    return whole


def _is_torn_off(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line goes on close behind another's mark."""
    return any(
        other.text[-1:] in TEARING and 0 < line.box.x0 - other.box.x1 < line.height and _beside(line, other)
        for other in lines
    )


def _is_between(columns: Sequence[Sequence[Line]], at: int, lines: Sequence[Line]) -> bool:
    """Whether all that makes a column is a heading over the white between two others, which have none in its row."""
    top = min(lines, key=lambda line: line.box.center[1])
    beside = [columns[other] for other in (at - 1, at + 1) if 0 <= other < len(columns)]
    return (
        len(beside) == 2
        and all(_beside(line, top) for line in columns[at])
        and not any(_beside(line, top) for column in beside for line in column)
    )


def _goes_on(
    column: Sequence[Line], line: Line, lines: Sequence[Line], height: float, borders: Sequence[float]
) -> bool:
    """Whether ``line``, the next one to the right, is of the column too: no white parts them.

    However narrow, white does that has lines side by side on both its sides in several rows.
    """
    end = max(member.box.x1 for member in column)
    white = line.box.x0 - end
    if white >= COLUMN_GAP * height or white <= -TOUCHING * height:
        return white < 0
    if any(end - TOUCHING * height < border < line.box.x0 + TOUCHING * height for border in borders):
        return False
    behind = [other for other in lines if other.box.x0 > end - TOUCHING * height]
    return sum(any(_beside(member, other) for other in behind) for member in column) < SEVERAL


def _not_bridging(lines: Sequence[Line], height: float, around: Sequence[Line]) -> list[Line]:
    """The lines that don't stand over several columns: none runs over white that parts more rows than run over it.

    ``around`` are all lines of the table.
    """
    rows = [[item.line for item in level] for level in find_levels([Placed(line, 0) for line in around])]
    pairs = [pair for row in rows for pair in _parted_pairs(row, height)]
    kept = [line for line in lines if not any(_bridges(line, pair, around, pairs) for pair in pairs)]
    return kept or list(lines)


def _parted_pairs(row: Sequence[Line], height: float) -> list[tuple[Line, Line]]:
    """The neighbours in a row that white wide enough to part columns stands between."""
    ordered = sorted(row, key=lambda line: line.box.x0)
    return [(left, right) for left, right in pairwise(ordered) if right.box.x0 - left.box.x1 > COLUMN_GAP * height]


def _bridges(line: Line, pair: tuple[Line, Line], lines: Sequence[Line], pairs: Sequence[tuple[Line, Line]]) -> bool:
    if not _covers(line, pair):
        return False
    over = [other for other in lines if _covers(other, pair)]
    parted = [other for other in pairs if _are_of_columns(other, pair)]
    return sum(not any(_fills(other, one) for one in over) for other in parted) > len(over)


def _fills(pair: tuple[Line, Line], line: Line) -> bool:
    """Whether two pieces begin and end as a whole line does: then they are justified words of its column."""
    near = ALIGNED * line.height
    are_words = (pair[0].text[-1:] + pair[1].text[:1]).isascii()
    return are_words and abs(pair[0].box.x0 - line.box.x0) < near and abs(pair[1].box.x1 - line.box.x1) < near


def _are_of_columns(pair: tuple[Line, Line], other: tuple[Line, Line]) -> bool:
    """Whether two cells stand over or under two others, one for one."""
    return all(overlap(a.box.x0, a.box.x1, b.box.x0, b.box.x1) > 0 for a, b in zip(pair, other, strict=True))


def _covers(line: Line, pair: tuple[Line, Line]) -> bool:
    """Whether a line runs over the white between two others."""
    return line.box.x0 < pair[0].box.x1 and line.box.x1 > pair[1].box.x0


def _beside(line: Line, other: Line) -> bool:
    return abs(line.box.center[1] - other.box.center[1]) < SIDE_BY_SIDE * min(line.height, other.height)


def column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    """The first column that holds a good part of the line."""
    shares = [overlap(line.box.x0, line.box.x1, x0, x1) for x0, x1 in columns]
    best = max(shares)
    if best <= 0:
        return min(range(len(columns)), key=lambda index: abs(columns[index][0] - line.box.x0))
    return next(index for index, share in enumerate(shares) if share > 0.5 * best)


def _reach(line: Line, column: int, columns: Sequence[tuple[float, float]]) -> int:
    held = sum(
        overlap(line.box.x0, line.box.x1, left, right) > 0.3 * (right - left) for left, right in columns[column:]
    )
    return max(1, held)


def _parted_at_columns(line: Line, columns: Sequence[tuple[float, float]], lines: Sequence[Line]) -> list[Line]:
    """A line that a detector drew over two columns, cut in the white between them."""
    for (start, x1), (x0, end) in pairwise(columns):
        if not (line.box.x0 < x1 and line.box.x1 > x0):
            continue
        cut = next((at for at in range(1, len(line.text)) if _is_cut(line, at, x1, x0)), None)
        if cut is None and _fills_both(line, (start, end), lines):
            cut = _nearest_space(line, (x1 + x0) / 2)
        if cut:
            rest = slice_line(line, cut, len(line.text))
            return [slice_line(line, 0, cut), *_parted_at_columns(rest, columns, lines)]
    return [line]


def _fills_both(line: Line, ends: tuple[float, float], lines: Sequence[Line]) -> bool:
    """Whether a line begins with one column and ends with the next, beside other cells: no heading does."""
    begins = abs(line.box.x0 - ends[0]) < 0.6 * line.height
    fills = line.box.x1 > ends[1] - 2 * line.height
    return begins and fills and any(_stands_beside(line, other) for other in lines)


def _stands_beside(line: Line, other: Line) -> bool:
    """Whether another cell stands left or right of a line, as high or half a line off."""
    shared = overlap(line.box.y0, line.box.y1, other.box.y0, other.box.y1)
    return shared > 0.3 * line.height and overlap(line.box.x0, line.box.x1, other.box.x0, other.box.x1) <= 0


def _nearest_space(line: Line, x: float) -> int | None:
    """The character that begins nearest to a place, no farther than one character."""
    near = [(abs((line.rights[at - 1] + line.lefts[at]) / 2 - x), at) for at in range(1, len(line.text))]
    distance, at = min(near, default=(line.height, 0))
    return at if distance < line.height else None


def _is_cut(line: Line, at: int, left: float, right: float) -> bool:
    """Whether white before a character parts what stands left and right of a column border."""
    if line.text[at].isspace() or not left < line.lefts[at] < right + line.height:
        return False
    if line.text[at - 1].isspace() and line.lefts[at] > left + 0.5 * (right - left):
        return True
    ink = max(line.rights[before] for before in range(at) if before == 0 or not line.text[before].isspace())
    return line.lefts[at] - ink > COLUMN_GAP * line.height


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of one cell, row by row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box.center[1]):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box.x0)]
