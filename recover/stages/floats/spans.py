"""Cells of tables without a grid: headings over columns or in two languages, and names that stand for several rows."""

from __future__ import annotations

import re
import statistics
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han
from recover.model.geometry import enclose, overlap
from recover.model.page import Line
from recover.stages.floats.cell_lines import Rule
from recover.stages.floats.grid import CellLines
from recover.stages.floats.table_rows import Placed, find_levels

# A heading's middle is this near to the middle of its columns, as a share of their width.
CENTRED = 0.2
# Headings this near, in line heights, are level. A name is at a row that is so near, less than half of what parts rows
# set solid; its middle is this near to that of its rows, in steps.
LEVEL, AT_ROW, MIDDLE = 0.5, 0.4, 0.35
# Lines that begin so near to a column's start, in line heights, begin with it.
BEGINS = 0.3
# A rule under a heading over columns is no farther below it than this, in line heights.
UNDER = 1.6
# Without a rule under the headings, they take no more levels than this.
HEAD_LEVELS = 3

Range = tuple[float, float]
Rows = Sequence[Sequence[Placed]]


class Head(msgspec.Struct, frozen=True):
    """Headings in two rows: their cells, and how many levels of lines they take."""

    cells: tuple[CellLines, ...]
    levels: int


def read_head(levels: Rows, columns: Sequence[Range], rules: Sequence[Rule], end: float | None) -> Head | None:
    """Headings of which some stand over several columns; None where none does. ``end`` is the rule under them all."""
    count = _count_above(levels, end) if end is not None else min(HEAD_LEVELS, len(levels) - 1)
    items = [item for level in levels[:count] for item in level]
    if count < 2:
        return None
    over = {item: group for item in levels[0] if len(group := _columns_under(item, items, columns, rules)) > 1}
    if not _are_apart(list(over.values())):
        # One that begins with the last of its columns may be a heading of that column alone, wrapped.
        over = {item: group for item, group in over.items() if not _begins_with(item, columns[group[-1]])}
    if not over or not _are_apart(list(over.values())):
        return None
    under = {column for group in over.values() for column in group}
    below = [item for item in items if item.column in under and item not in over]
    if end is None:
        count = 1 + next(at for at, level in enumerate(levels) if any(item in below for item in level))
        items = [item for level in levels[:count] for item in level]
        below = [item for item in below if item in items]
    beside = [item for item in items if item not in over and item not in below]
    if any(item.column in under for item in beside):
        return None
    cells = [
        *(
            CellLines(row=0, column=group[0], lines=(item.line,), column_span=len(group))
            for item, group in over.items()
        ),
        *(CellLines(row=1, column=column, lines=lines) for column, lines in _stacks(below)),
        *(CellLines(row=0, column=column, lines=lines, row_span=2) for column, lines in _stacks(beside)),
    ]
    return Head(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), count)


def _begins_with(item: Placed, column: Range) -> bool:
    return abs(item.line.box.x0 - column[0]) < BEGINS * item.line.height


def _count_above(levels: Rows, end: float) -> int:
    return sum(statistics.median(item.middle for item in level) < end for level in levels)


def _stacks(items: Sequence[Placed]) -> list[tuple[int, tuple[Line, ...]]]:
    stacks: dict[int, list[Placed]] = {}
    for item in sorted(items, key=lambda one: one.middle):
        stacks.setdefault(item.column, []).append(item)
    return [(column, tuple(item.line for item in stack)) for column, stack in sorted(stacks.items())]


def _are_apart(groups: Sequence[Sequence[int]]) -> bool:
    columns = [column for group in groups for column in group]
    return len(columns) == len(set(columns))


def _columns_under(item: Placed, items: Sequence[Placed], columns: Sequence[Range], rules: Sequence[Rule]) -> list[int]:
    """The columns that a heading stands over: those its rule runs over, else those with headings that it centres."""
    box = item.line.box
    for rule in rules:
        is_under = 0 < rule.level - item.middle < UNDER * box.height and rule.left < box.center[0] < rule.right
        if is_under and not rule.is_whole:
            return [column for column, place in enumerate(columns) if rule.covers(place)]
    below = [other for other in items if other.middle > item.middle + LEVEL * box.height and other.reach == 1]
    beside = {
        column
        for other in items
        if other is not item and other not in below
        for column in range(other.column, other.column + other.reach)
    }
    runs = [run for level in find_levels(below) for run in _runs({other.column for other in level} - beside)]
    fitting = [run for run in runs if _is_over(item, run, columns, items)]
    return max(fitting, key=len, default=[])


def _runs(columns: Collection[int]) -> list[list[int]]:
    """All runs of two neighbours or more."""
    return [
        list(range(start, end + 1))
        for start in sorted(columns)
        for end in sorted(columns)
        if end > start and set(range(start, end + 1)) <= set(columns)
    ]


def _is_over(item: Placed, run: Sequence[int], columns: Sequence[Range], items: Sequence[Placed]) -> bool:
    """Whether a heading is centred over columns, and nothing else stands over them."""
    start, end = columns[run[0]][0], columns[run[-1]][1]
    # Where cells begin together, the last column reaches to the next one, whatever its cells hold.
    reach = columns[run[-1] + 1][0] if run[-1] + 1 < len(columns) else end + (end - columns[run[-1]][0])
    middle = item.line.box.center[0]
    others = [
        other for other in items if other is not item and abs(other.middle - item.middle) < LEVEL * item.line.height
    ]
    is_alone = not any(start < other.line.box.center[0] < end for other in others)
    off = min(abs(middle - (start + right) / 2) / (right - start) for right in (end, reach))
    return is_alone and off < CENTRED


# Headings in two languages: so many have their English under them, and of all in Chinese this share; no farther than
# this, in heights. Without a rule under the heads, the first row is so much farther from them, or no more than this
# share of the rows is in English.
FEWEST_TWINS, MOST_TWINS, NEAR_TWIN, ROW_STEP, FEW_ENGLISH = 2, 0.6, 1.7, 1.1, 0.2
_WORD = re.compile(r"[A-Za-z]{3}")
_UNIT = re.compile(r"[（(\[［].{1,24}[)）\]］]")


def english_under(lines: Sequence[Line], end: float | None) -> dict[Line, tuple[Line, ...]]:
    """The English or units under each heading, where most have some; ``end`` is the rule under the heads."""
    levels = find_levels([Placed(line, 0) for line in lines])
    heads = [item.line for level in levels for item in level if end is not None and item.middle < end]
    if units := _units_under(heads):
        return units
    heads = heads or _heads_to_english(levels)
    twins: dict[Line, tuple[Line, ...]] = {}
    for line in (line for line in heads if any(map(is_han, line.text))):
        if not any(line in below for below in twins.values()):
            twins[line] = _twins(line, heads)
    told = [line for line, below in twins.items() if below]
    words = sum(_count_english(twins[line]) > 0 for line in told)
    if len(told) < max(FEWEST_TWINS, MOST_TWINS * len(twins)) or 2 * words < len(told):
        return {}
    found = {line: twins[line] for line in told}
    if end is not None or _are_closer_than_rows(found, lines):
        return found
    rest = [line for line in lines if line not in found and not any(line in below for below in found.values())]
    return found if words == len(told) and _count_english(rest) < FEW_ENGLISH * len(rest) else {}


def _units_under(heads: Sequence[Line]) -> dict[Line, tuple[Line, ...]]:
    """The units in brackets under headings between the same rules, each under one of its own: 通气时间 / (h/d)."""
    units = [line for line in heads if _UNIT.fullmatch(line.text.strip())]
    others = [line for line in heads if line not in units]
    owners = {unit: [line for line in others if _is_right_under(unit, line, line)] for unit in units}
    if len(units) < FEWEST_TWINS or any(len(lines) != 1 for lines in owners.values()):
        return {}
    found: dict[Line, tuple[Line, ...]] = {lines[0]: (unit,) for unit, lines in owners.items()}
    return found if len(found) == len(units) else {}


def _is_right_under(below: Line, head: Line, last: Line) -> bool:
    """Whether a line is close below the last line of a heading, and stands over no other column than the heading."""
    step = below.box.center[1] - last.box.center[1]
    return LEVEL * head.height < step < NEAR_TWIN * head.height and _stand_together(head, below)


def _count_english(lines: Sequence[Line]) -> int:
    """How many lines have words in English and none in Chinese."""
    return sum(bool(_WORD.search(line.text)) and not any(map(is_han, line.text)) for line in lines)


def _heads_to_english(levels: Rows) -> list[Line]:
    """The lines of the first levels, down to the last of them that is mostly in English."""
    first = [[item.line for item in level] for level in levels[: 2 * HEAD_LEVELS]]
    ends = [at for at, level in enumerate(first, 1) if 2 * _count_english(level) > len(level)]
    return [line for level in first[: ends[-1]] for line in level] if ends else []


def _are_closer_than_rows(twins: Mapping[Line, Sequence[Line]], lines: Sequence[Line]) -> bool:
    """Whether headings in two languages are set closer than the rows below them."""
    own = [below[0].box.center[1] - line.box.center[1] for line, below in twins.items()]
    end = max(below[-1].box.center[1] for below in twins.values())
    height = statistics.median(line.height for line in twins)
    rows = [line.box.center[1] - end for line in lines if line.box.center[1] > end + LEVEL * height]
    return bool(rows) and min(rows) > ROW_STEP * statistics.median(own)


def _twins(line: Line, heads: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without Chinese below a heading, each close to the one above it; between may be the heading's rest."""
    found: list[Line] = []
    last = line
    for below in sorted(heads, key=lambda one: one.box.center[1]):
        if _is_right_under(below, line, last):
            is_chinese = any(map(is_han, below.text))
            if is_chinese and (last is not line or not _is_rest(line, below, heads)):
                break
            found.append(below)
            last = below
    return tuple(found) if any(not any(map(is_han, one.text)) for one in found) else ()


def _is_rest(above: Line, below: Line, heads: Sequence[Line]) -> bool:
    """Whether a line is what a heading had no room for: those beside it stand under headings of their own as well."""
    beside = [line for line in heads if line is not below and _are_level(line, below)]
    upper = [line for line in heads if line is not above and _are_level(line, above)]
    own = [any(overlap(line.box.x0, line.box.x1, one.box.x0, one.box.x1) > 0 for one in upper) for line in beside]
    return below.box.width < above.box.width and bool(own) and all(own)


def _are_level(line: Line, other: Line) -> bool:
    return abs(line.box.center[1] - other.box.center[1]) < LEVEL * other.height


def _stand_together(above: Line, below: Line) -> bool:
    """Whether one line begins with the other or has its middle over it, and so stands over no other column."""
    near = LEVEL * above.height
    begins = abs(above.box.x0 - below.box.x0) < near
    return begins or abs(above.box.center[0] - below.box.center[0]) < near


def with_groups(cells: Sequence[CellLines], columns: Sequence[Range], rules: Sequence[Rule]) -> list[CellLines]:
    """Names of groups of rows, in the first columns, with all their rows."""
    if not cells:
        return []
    grouped = _grouped(list(cells), columns, rules)
    for column in range(1, len(columns) - 1):
        grouped = _between(grouped, column)
    return _renumbered(grouped, min(cell.row for cell in cells))


def _renumbered(cells: Sequence[CellLines], first: int) -> list[CellLines]:
    """A name between two rows had a row to itself: it is none."""
    rows = sorted({cell.row for cell in cells})
    kept = {row: number for number, row in enumerate(rows, first)}
    changed = [
        msgspec.structs.replace(
            cell, row=kept[cell.row], row_span=sum(cell.row <= row < cell.row + cell.row_span for row in rows)
        )
        for cell in cells
    ]
    return sorted(changed, key=lambda cell: (cell.row, cell.column))


def _middle(cell: CellLines) -> float:
    return enclose(line.box for line in cell.lines).center[1]


def _top(cell: CellLines) -> float:
    return min(line.box.center[1] for line in cell.lines)


def _bottom(cell: CellLines) -> float:
    return max(line.box.center[1] for line in cell.lines)


class _Row(msgspec.Struct, frozen=True):
    """A row's number, the middle of its first line and that of the row."""

    number: int
    top: float
    middle: float
    bottom: float


def _rows_behind(cells: Sequence[CellLines], column: int) -> list[_Row]:
    """The rows that have cells behind a column."""
    rows: dict[int, list[CellLines]] = {}
    for cell in cells:
        if cell.column > column:
            rows.setdefault(cell.row, []).append(cell)
    found = []
    for number, row in sorted(rows.items()):
        top, bottom = min(map(_top, row)), max(map(_bottom, row))
        found.append(_Row(number, top, (top + bottom) / 2, bottom))
    return found


def _grouped(cells: list[CellLines], columns: Sequence[Range], rules: Sequence[Rule]) -> list[CellLines]:
    names = [cell for cell in cells if cell.column == 0 and cell.column_span == 1]
    rows = _rows_behind(cells, 0)
    if len(columns) < 2 or not names or len(names) >= len(rows):
        return cells
    runs = _by_rules(names, rows, rules, columns[0]) or _from_the_top(names, rows) or _in_the_middle(names, rows)
    moved = {
        name: msgspec.structs.replace(name, row=run[0].number, row_span=run[-1].number - run[0].number + 1)
        for name, run in zip(names, runs, strict=False)
    }
    return [moved.get(cell, cell) for cell in cells]


def _by_rules(
    names: Sequence[CellLines], rows: Sequence[_Row], rules: Sequence[Rule], place: Range
) -> list[list[_Row]]:
    """The rows between rules that run under the names too, where others don't; nothing where such rules don't tell."""
    levels = [rule.level for rule in rules if rule.covers(place)]
    others = [rule.level for rule in rules if not rule.covers(place) and rows[0].top < rule.level < rows[-1].bottom]
    if not others:
        return []
    bands: dict[int, list[_Row]] = {}
    for row in rows:
        bands.setdefault(sum(level < row.middle for level in levels), []).append(row)
    named = [sum(level < _middle(name) for level in levels) for name in names]
    return [bands[band] for band in named] if named == sorted(bands) else []


def _from_the_top(names: Sequence[CellLines], rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows from each name's to the next name's; nothing where one is level with no row, or the first has none."""
    starts = [next((at for at, row in enumerate(rows) if _is_level(name, row)), None) for name in names]
    found = [start for start in starts if start is not None]
    if len(found) < len(names) or found[0] != 0 or found != sorted(set(found)):
        return []
    return [list(rows[start:end]) for start, end in zip(found, [*found[1:], len(rows)], strict=True)]


def _is_level(name: CellLines, row: _Row) -> bool:
    near = AT_ROW * min(line.height for line in name.lines)
    return abs(_top(name) - row.top) < near or abs(_middle(name) - row.middle) < near


def _in_the_middle(names: Sequence[CellLines], rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of each name, one run behind the other to the last, each name in the middle; nothing if one is not."""
    step = (rows[-1].middle - rows[0].middle) / max(1, len(rows) - 1)
    runs: list[list[_Row]] = []
    at = 0
    for name in names:
        ends = range(at + 1, len(rows) + 1)
        nearest = min(ends, key=lambda end: abs(_run_middle(rows[at:end]) - _middle(name)), default=None)
        if nearest is None or abs(_run_middle(rows[at:nearest]) - _middle(name)) > MIDDLE * step:
            return []
        runs.append(list(rows[at:nearest]))
        at = nearest
    return runs if at == len(rows) else []


def _run_middle(rows: Sequence[_Row]) -> float:
    return (rows[0].top + rows[-1].bottom) / 2


def _between(cells: list[CellLines], column: int) -> list[CellLines]:
    """Cells of a column that stand between two rows, which leave it empty there, with both."""
    rows = _rows_behind(cells, column)
    taken = {row for cell in cells if cell.column == column for row in range(cell.row, cell.row + cell.row_span)}
    moved = {}
    for cell in cells:
        pair = _pair_around(cell, rows) if cell.column == column and cell.row_span == 1 else None
        if pair and not {row.number for row in pair} & (taken - {cell.row}):
            span = pair[1].number - pair[0].number + 1
            moved[cell] = msgspec.structs.replace(cell, row=pair[0].number, row_span=span)
    return [moved.get(cell, cell) for cell in cells]


def _pair_around(cell: CellLines, rows: Sequence[_Row]) -> tuple[_Row, _Row] | None:
    """The two rows that a cell stands in the middle of, level with none."""
    if any(_is_level(cell, row) for row in rows):
        return None
    for above, below in pairwise(rows):
        step = below.middle - above.middle
        if abs(_middle(cell) - _run_middle([above, below])) < MIDDLE / 2 * step:
            return above, below
    return None
