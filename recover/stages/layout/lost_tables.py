"""Tables that the layout network missed: rows of cells under a caption that has no table.

The network passes over narrow and borderless tables, and those right behind another one. Their captions are read all
the same; below one, lines that stand side by side with white strips between them from the first row to the last are
the cells of its table.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import pairwise, takewhile

import msgspec

from recover.model.geometry import Box, enclose, overlap
from recover.model.page import TEARING, Line, part_at_white
from recover.stages.layout.floats import Float, has_flush_lines

_CAPTION = re.compile(
    r"(?:续?表|Tab(?:le|\.)?)\s*[A-Z]?\d{1,2}(?:[-.．]\d{1,2})?(?![\d.．]|\s?[)）,，、。])", re.IGNORECASE
)
_CONTINUED = re.compile(r"^\s*续|[(（]\s*(?:续|cont)", re.IGNORECASE)
# A sentence, and so none.
_SENTENCE = re.compile(r"[。；;]|[,，].*[,，]|^表\s?\d+(?:中|显示|为|是|列出|给出|可见|表明|和|与|、)")
# Distances in type sizes: between a caption and its table or a further line of itself, between two rows, from the
# column's edge to a line of text in it; how wide the lines are that show that edge, more than so many of them flush.
NEAR, APART, EDGE, WIDE, FLUSH = 2.6, 2.4, 3.0, 12.0, 2
# So many rows have cells side by side; with the further lines of cells they are this share; a strip is so wide. Where
# the white in a line is wider than this, the line holds several cells: no space and no mark leaves so much.
FEWEST, SHARE, STRIP, CELL_WHITE = 3, 0.7, 0.45, 1.0
# A line is a table's where so much of it lies within the cells around it.
LIES_IN = 0.8
# Lines nearer than this, middle to middle, stand half a line off: cells in the middle of a row of several lines.
HALF = 0.85
# Cells of one column begin this near to each other, in type sizes.
BEGINS = 0.3
# The rest of a table on the next page may have one row, under its heads.
FEWEST_CONTINUED = 2
# White above what follows a table, which its rows don't have.
BELOW = 0.6
# A row may run over a strip, a heading over columns, and of many this share: coarse scans have boxes too wide at their
# ends, by this much. The table reaches so far over its lines: to its rules.
OVER, PADDING, RIM = 0.25, 0.2, 0.6

Range = tuple[float, float]


class FoundTable(msgspec.Struct, frozen=True):
    """The caption's lines, the cells' lines, and the box of the cells."""

    captions: tuple[int, ...]
    lines: tuple[int, ...]
    box: Box


def find_lost_tables(
    lines: Sequence[Line],
    taken: Iterable[int],
    floats: Sequence[Box],
    size: float,
    titles: Container[int] = (),
    rules: Callable[[], Sequence[Box]] = tuple,
) -> tuple[FoundTable, ...]:
    """Tables among the lines that stand in no float; ``floats`` and ``size`` in points, as the lines are.

    No table goes on below one of ``titles``, indexes of lines, that stands alone. ``rules`` finds the rules across the
    page, which are asked for where the white tells no table.
    """
    used = set(taken)
    found: list[FoundTable] = []
    for at in sorted(range(len(lines)), key=lambda index: lines[index].box.y0):
        if at in used or not is_caption(lines[at].text):
            continue
        free = [index for index, line in enumerate(lines) if index not in used and line.text.strip()]
        table = _table_under(at, lines, free, floats, max(1.0, size), titles)
        table = table or _table_of_rules(at, lines, free, floats, rules(), max(1.0, size))
        if table is not None:
            used.update((*table.captions, *table.lines))
            found.append(table)
    return tuple(found)


# A table has so many rules of one length at least, and so many cells.
FEWEST_RULES, FEWEST_CELLS = 3, 6


def _table_of_rules(
    at: int, lines: Sequence[Line], free: Sequence[int], floats: Sequence[Box], rules: Sequence[Box], size: float
) -> FoundTable | None:
    """What stands between rules of one length below a caption, down to the last before text or another caption."""
    caption = lines[at].box
    near = [
        rule
        for rule in rules
        if rule.x0 < caption.center[0] < rule.x1 and -size < rule.center[1] - caption.y1 < NEAR * size
    ]
    if not near:
        return None
    first = max(near, key=lambda rule: rule.width)
    alike = [one for one in rules if max(abs(one.x0 - first.x0), abs(one.x1 - first.x1)) < size and one.y0 >= first.y0]
    inside = [index for index in free if first.x0 < lines[index].box.center[0] < first.x1]
    reached = [first]
    for rule in sorted(alike, key=lambda one: one.y0)[1:]:
        between = [i for i in inside if reached[-1].center[1] < lines[i].box.center[1] < rule.center[1]]
        flush = sum(_is_text(lines[index].box, (first.x0, first.x1), size) for index in between)
        if flush > FLUSH or any(is_caption(lines[index].text) for index in between):
            break
        reached.append(rule)
    box = Box(first.x0, first.y0 - RIM * size, first.x1, reached[-1].y1 + RIM * size)
    cells = tuple(i for i in inside if first.center[1] < lines[i].box.center[1] < reached[-1].center[1])
    captions = (at, *(i for i in inside if i != at and caption.y1 < lines[i].box.center[1] < first.center[1]))
    is_free = not any(
        overlap(box.x0, box.x1, one.x0, one.x1) > 0 < overlap(box.y0, box.y1, one.y0, one.y1) for one in floats
    )
    if len(reached) < FEWEST_RULES or len(cells) < FEWEST_CELLS or not is_free:
        return None
    return FoundTable(captions, cells, box)


# A table's lines are kept, but for this share of them, when it is drawn anew by the white in it.
LEFT_OUT = 0.1


def find_grown_tables(
    lines: Sequence[Line],
    tables: Sequence[Float],
    taken: Iterable[int],
    floats: Sequence[Box],
    size: float,
    titles: Container[int] = (),
) -> dict[int, FoundTable]:
    """Tables without rules of which the network saw only a part, or a figure, by their place in ``tables``, whole.

    ``taken`` are the lines of other floats, whose boxes are ``floats``; boxes and ``size`` are in points.
    """
    used = set(taken)
    own = {index for table in tables for index in table.lines}
    captions = [at for at, line in enumerate(lines) if at not in used and is_caption(line.text)]
    found: dict[int, FoundTable] = {}
    for number, table in enumerate(tables):
        others = {index for index in own if index not in table.lines}
        free = [at for at, line in enumerate(lines) if at not in used and at not in others and line.text.strip()]
        boxes = [*floats, *(other.box for other in tables if other is not table)]
        under = (_table_under(at, lines, free, boxes, max(1.0, size), titles) for at in captions)
        whole = next((one for one in under if one and _is_more_of(one, table, lines)), None)
        if whole:
            found[number] = whole
    return found


def _is_more_of(whole: FoundTable, table: Float, lines: Sequence[Line]) -> bool:
    rest = [index for index in table.lines if index not in whole.lines and index not in whole.captions]
    bottom = max(lines[index].box.center[1] for index in whole.lines)
    # A note under the table is none of it.
    lost = [index for index in rest if lines[index].box.center[1] < bottom or not _is_note(index, rest, lines)]
    is_more = table.kind == "figure" or len(whole.lines) > len(table.lines)
    return len(lost) <= LEFT_OUT * len(table.lines) and is_more


def _is_note(at: int, rest: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether a line stands alone in its row."""
    return not any(index != at and _are_level(lines[at].box, lines[index].box) for index in rest)


def is_caption(text: str) -> bool:
    """Whether a line is a table's caption, and no sentence that begins like one."""
    text = text.strip()
    return bool(_CAPTION.match(text)) and not _SENTENCE.search(text)


def _table_under(
    at: int,
    lines: Sequence[Line],
    free: Sequence[int],
    floats: Sequence[Box],
    size: float,
    titles: Container[int],
) -> FoundTable | None:
    """The table in the caption's column, or over the page where the caption stands in its middle."""
    column = _column(at, lines, free, size)
    page = min(lines[index].box.x0 for index in free), max(lines[index].box.x1 for index in free)
    is_centred = abs(lines[at].box.center[0] - sum(page) / 2) < size
    within = [page, column] if is_centred and page != column else [column]
    found = (_table_within(at, edges, lines, free, floats, size=size, titles=titles) for edges in within)
    return next((table for table in found if table), None)


def _table_within(
    at: int,
    edges: Range,
    lines: Sequence[Line],
    free: Sequence[int],
    floats: Sequence[Box],
    *,
    size: float,
    titles: Container[int],
) -> FoundTable | None:
    left, right = edges
    below = [
        index
        for index in free
        if lines[index].box.center[1] > lines[at].box.y1 and left - size < lines[index].box.center[0] < right + size
    ]
    levels = levels_of(sorted(below, key=lambda index: lines[index].box.center[1]), lines)
    captions, levels = captions_of(at, levels, lines, size)
    levels = list(takewhile(lambda level: len(level) > 1 or level[0] not in titles, levels))
    bottom = max(lines[index].box.y1 for index in captions)
    if any(overlap(left, right, one.x0, one.x1) > 0 and -size < one.y0 - bottom < NEAR * size for one in floats):
        return None
    fewest = FEWEST_CONTINUED if _CONTINUED.search(lines[at].text) else FEWEST
    rows = _best_table(_rows(levels, lines, bottom, (left, right), size), lines, size, fewest)
    cells = [index for row in rows for index in row]
    if not cells:
        return None
    box = enclose(lines[index].box for index in cells)
    # Cells of the first column may stand a little outside the column that the text shows.
    cells += [i for i in free if i not in cells and lines[i].box.intersection(box) > LIES_IN * lines[i].box.area]
    rim = RIM * size
    whole = Box(min(left, box.x0 - rim), box.y0 - rim, max(right, box.x1 + rim), box.y1 + rim)
    return FoundTable(captions, tuple(cells), whole)


def _column(at: int, lines: Sequence[Line], free: Sequence[int], size: float) -> Range:
    """The edges of the caption's column, as the nearest wide lines of text show them; the page's without any."""
    caption = lines[at].box
    wide = [
        box
        for index in free
        if (box := lines[index].box).width > WIDE * size
        and box.x0 < caption.center[0] < box.x1
        and sum(_are_flush(box, lines[other].box, size) for other in free) > FLUSH
    ]
    boxes = sorted(wide, key=lambda box: abs(box.center[1] - caption.center[1]))[:4]
    boxes = boxes or [lines[index].box for index in free]
    return min(box.x0 for box in boxes), max(box.x1 for box in boxes)


def _are_flush(one: Box, other: Box, size: float) -> bool:
    """Whether two lines begin together, but for an indent, and end together; a line and itself are."""
    return abs(one.x0 - other.x0) < EDGE * size and abs(one.x1 - other.x1) < size


def _are_level(one: Box, other: Box) -> bool:
    return abs(one.center[1] - other.center[1]) < 0.4 * min(one.height, other.height)


def levels_of(ordered: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """The lines of each row; ``ordered`` are their indexes from the top."""
    levels: list[list[int]] = []
    for index in ordered:
        if levels and _are_level(lines[levels[-1][0]].box, lines[index].box):
            levels[-1].append(index)
        else:
            levels.append([index])
    return levels


def captions_of(
    at: int, levels: list[list[int]], lines: Sequence[Line], size: float
) -> tuple[tuple[int, ...], list[list[int]]]:
    """The caption's lines, with a second one in the other language, and the levels below them."""
    if levels and len(levels[0]) == 1:
        second = lines[levels[0][0]]
        if is_caption(second.text) and second.box.y0 - lines[at].box.y1 < size:
            return (at, levels[0][0]), levels[1:]
    return (at,), levels


def _rows(
    levels: Sequence[Sequence[int]], lines: Sequence[Line], bottom: float, edges: Range, size: float
) -> list[list[int]]:
    """The levels of the table: down to a line of text, a caption, or wide white."""
    rows: list[list[int]] = []
    for level in levels:
        top = min(lines[index].box.y0 for index in level)
        cells = cells_of(level, lines, size)
        is_full = len(cells) == 1 and _is_text(cells[0], edges, size)
        if top - bottom > APART * size or (is_full and not _is_row_of(lines[level[0]], rows, lines, size)):
            break
        if any(is_caption(lines[index].text) for index in level):
            break
        rows.append(list(level))
        bottom = max(lines[index].box.y1 for index in level)
    starts = [lines[index].box.x0 for row in rows if len(cells_of(row, lines, size)) > 1 for index in row]
    first = min(starts, default=0.0)
    edge = first + EDGE * size
    while rows and _is_alone(rows[-1], lines, size) and (lines[rows[-1][0]].box.x0 < edge or len(rows) < 2):
        rows.pop()
    return rows


def _is_row_of(line: Line, rows: Sequence[Sequence[int]], lines: Sequence[Line], size: float) -> bool:
    """Whether a line over the whole column has cells, close together, that begin as cells of the rows above do."""
    starts = [start for row in rows for index in row for start in _starts(lines[index], size)]
    inner = _starts(line, size)[1:]
    return bool(inner) and all(any(abs(x - start) < BEGINS * size for start in starts) for x in inner)


def _starts(line: Line, size: float) -> list[float]:
    """Where the pieces of a line begin, but for those behind a mark, whose cell is half white."""
    pieces = part_at_white(line, STRIP * size)
    behind = [piece.box.x0 for before, piece in pairwise(pieces) if before.text.rstrip()[-1:] not in TEARING]
    return [pieces[0].box.x0, *behind]


def cells_of(row: Sequence[int], lines: Sequence[Line], size: float) -> list[Box]:
    """The boxes of a row's cells; a line that a detector tore at its marks is one."""
    pieces = [piece for index in row for piece in part_at_white(lines[index], CELL_WHITE * size)]
    pieces.sort(key=lambda piece: piece.box.x0)
    cells: list[Box] = [piece.box for piece in pieces[:1]]
    for before, piece in pairwise(pieces):
        if before.text[-1:] in TEARING and piece.box.x0 - before.box.x1 < CELL_WHITE * size:
            cells[-1] = enclose([cells[-1], piece.box])
        else:
            cells.append(piece.box)
    return cells


def _is_alone(row: Sequence[int], lines: Sequence[Line], size: float) -> bool:
    return len(cells_of(row, lines, size)) == 1


def _best_table(rows: Sequence[list[int]], lines: Sequence[Line], size: float, fewest: int) -> Sequence[list[int]]:
    """The rows from the top with the most that white strips part, up to white that parts them from what follows."""
    ends = [*(at for at in range(1, len(rows)) if _white_over(rows[at - 1 : at + 1], lines, size)), len(rows)]
    tables = [rows[:end] for end in ends if _is_table(rows[:end], lines, size, fewest)]
    return max(tables, key=lambda table: sum(map(bool, _partings(table, lines, size))), default=[])


def _white_over(pair: Sequence[Sequence[int]], lines: Sequence[Line], size: float) -> bool:
    above, below = pair
    return min(lines[i].box.y0 for i in below) - max(lines[i].box.y1 for i in above) > BELOW * size


def _is_text(line: Box, edges: Range, size: float) -> bool:
    """Whether a line that stands alone fills its column as text does."""
    return line.x0 < edges[0] + EDGE * size and line.x1 > edges[1] - EDGE * size


def _is_table(rows: Sequence[Sequence[int]], lines: Sequence[Line], size: float, fewest: int) -> bool:
    partings = _partings(rows, lines, size)
    strips = {strip for parting in partings for strip in parting}
    further = [
        row
        for row, parting in zip(rows, partings, strict=True)
        if not parting and len(row) == 1 and any(lines[row[0]].box.x0 > (strip[0] + strip[1]) / 2 for strip in strips)
    ]
    parted = sum(bool(parting) for parting in partings)
    cells = [lines[index].box for row in rows for index in row]
    is_mostly_cells = parted + len(further) >= SHARE * len(rows)
    return parted >= fewest and is_mostly_cells and not _are_columns(cells, rows, lines)


def _partings(rows: Sequence[Sequence[int]], lines: Sequence[Line], size: float) -> list[list[Range]]:
    """The strips that part each row."""
    pieces = [[_core(piece.box, size) for i in row for piece in part_at_white(lines[i], STRIP * size)] for row in rows]
    strips = _strips(pieces, (STRIP + 2 * PADDING) * size)
    middles = [statistics.median(lines[i].box.center[1] for i in row) for row in rows]
    beside = [
        [piece for at, row in enumerate(pieces) if abs(middles[at] - middle) < HALF * size for piece in row]
        for middle in middles
    ]
    return [[strip for strip in strips if _parts(strip, row)] for row in beside]


def _core(box: Box, size: float) -> Box:
    """The box without what it may be too wide at its ends."""
    inset = min(PADDING * size, 0.25 * box.width)
    return Box(box.x0 + inset, box.y0, box.x1 - inset, box.y1)


def _strips(rows: Sequence[Sequence[Box]], width: float) -> list[Range]:
    """White from top to bottom between the outermost cells, wide enough, which few rows run over."""
    edges = sorted({x for row in rows for box in row for x in (box.x0, box.x1)})
    strips: list[Range] = []
    for start, end in pairwise(edges):
        over = sum(any(overlap(start, end, box.x0, box.x1) > 0 for box in row) for row in rows)
        if over > max(1.0, OVER * len(rows)):
            continue
        if strips and strips[-1][1] == start:
            strips[-1] = (strips[-1][0], end)
        else:
            strips.append((start, end))
    return [(start, end) for start, end in strips if end - start >= width]


def _parts(strip: Range, row: Sequence[Box]) -> bool:
    middle = (strip[0] + strip[1]) / 2
    return any(box.x1 <= middle for box in row) and any(box.x0 >= middle for box in row)


def _are_columns(cells: Sequence[Box], rows: Sequence[Sequence[int]], lines: Sequence[Line]) -> bool:
    """Whether the lines are two columns of text, one beside the other."""
    if not has_flush_lines(cells):
        return False
    return statistics.median(sum(lines[index].box.width for index in row) for row in rows) > 0.85 * (
        max(box.x1 for box in cells) - min(box.x0 for box in cells)
    )
