"""Tables that the layout network drew wrongly: a figure that is one, two drawn as one, a paragraph that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

import msgspec

from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Line
from recover.stages.layout.floats import Float
from recover.stages.layout.lost_tables import FEWEST_CELLS, NEAR, captions_of, cells_of, is_caption, levels_of
from recover.text.numbering import SAYS_NOTE

_FIGURE = re.compile(r"(?:图|圖|Fig(?:ure|\.)?)\s*[A-Z]?\d", re.IGNORECASE)

# So many of a figure's lines stand beside another one, where it is a table with a tint.
BESIDE = 0.5


def is_called_table(figure: Box, inside: Sequence[Line], outside: Sequence[Line], size: float) -> bool:
    """Whether what the network took for a figure has a table's caption next to it, none of a figure, and rows of cells.

    The caption may stand in it, on top. Tints make figures of tables; a picture's labels stand in no rows.
    """
    reach = NEAR * size
    near = [
        line.text.strip()
        for line in outside
        if figure.y0 - reach < line.box.center[1] < figure.y1 + reach
        and overlap(line.box.x0, line.box.x1, figure.x0, figure.x1) > 0
    ]
    near += [line.text.strip() for line in sorted(inside, key=lambda one: one.box.y0)[:1]]
    if not any(map(is_caption, near)) or any(map(_FIGURE.match, near)):
        return False
    cells = [line for line in inside if line.text.strip()]
    rows = sum(any(_is_beside(line.box, other.box) for other in cells if other is not line) for line in cells)
    return len(cells) >= FEWEST_CELLS and rows > BESIDE * len(cells)


def _is_beside(line: Box, other: Box) -> bool:
    shared = overlap(line.y0, line.y1, other.y0, other.y1)
    return shared > 0.5 * min(line.height, other.height) and overlap(line.x0, line.x1, other.x0, other.x1) <= 0


# A table that is drawn together with the next one has so many rows of cells at least, on either side of its caption.
ROWS_EACH = 2


def parted_at_captions(table: Float, lines: Sequence[Line]) -> tuple[tuple[Float, ...], tuple[int, ...]]:
    """Tables that the network drew as one, parted at the captions that stand between their rows, and those captions.

    The table is in points; its lines are indexes of ``lines``.
    """
    rows = levels_of(sorted(table.lines, key=lambda index: lines[index].box.center[1]), lines)
    for at, row in enumerate(rows):
        line = lines[row[0]]
        if len(row) > 1 or not is_caption(line.text) or not _are_rows(rows[:at]):
            continue
        caption, below = captions_of(row[0], rows[at + 1 :], lines, line.height)
        if _are_rows(takewhile(lambda level: len(level) > 1 or not is_caption(lines[level[0]].text), below)):
            end = max(lines[index].box.y1 for index in caption)
            rest, captions = parted_at_captions(_part(table, below, end, table.box.y1), lines)
            return (_part(table, rows[:at], table.box.y0, line.box.y0), *rest), (*caption, *captions)
    return (table,), ()


def _part(table: Float, rows: Sequence[Sequence[int]], top: float, bottom: float) -> Float:
    box = msgspec.structs.replace(table.box, y0=top, y1=bottom)
    return msgspec.structs.replace(table, box=box, lines=tuple(index for row in rows for index in row))


def _are_rows(levels: Iterable[Sequence[int]]) -> bool:
    return sum(len(level) > 1 for level in levels) >= ROWS_EACH


def is_paragraph(table: Float, lines: Sequence[Line], outside: Sequence[Line], size: float) -> bool:
    """Whether no two cells stand side by side in a supposed table, and no caption stands over it.

    The table is in points; ``outside`` are the lines that stand in no float.
    """
    reach = NEAR * size
    is_called = any(
        table.box.y0 - reach < line.box.center[1] < table.box.y0 + reach
        and overlap(line.box.x0, line.box.x1, table.box.x0, table.box.x1) > 0
        and is_caption(line.text)
        for line in outside
    )
    rows = levels_of(sorted(table.lines, key=lambda index: lines[index].box.center[1]), lines)
    return not is_called and all(len(cells_of(row, lines, size)) < 2 for row in rows)


# A note stands no farther below its table than this, in its heights.
BELOW = 1.5


def with_note(table: Float, lines: Sequence[Line], outside: Sequence[int]) -> Float:
    """The table with the note at the margin below it, where it is narrower than its column and nothing stands beside.

    Else the note would stand in a column left of the table, and be read before it. The table is in points, ``outside``
    are indexes of the lines that stand in no float.
    """
    left = [index for index in outside if lines[index].box.x1 <= table.box.x0 + lines[index].height]
    beside = [index for index in left if table.box.y0 < lines[index].box.y0 < lines[index].box.y1 < table.box.y1]
    under = [
        index
        for index in left
        if SAYS_NOTE.match(lines[index].text)
        and -0.5 < (lines[index].box.y0 - table.box.y1) / lines[index].height < BELOW
    ]
    if beside or len(under) != 1:
        return table
    box = enclose([table.box, lines[under[0]].box])
    return msgspec.structs.replace(table, box=box, lines=(*table.lines, under[0]))
