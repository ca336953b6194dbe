"""Figures and tables that the layout network did not see, told by their captions and what stands beside these."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Region, part_at_white
from recover.stages.flow.captions import is_set_apart, starts_figure_caption, starts_table_caption

# In type sizes: a figure's float is no farther from its caption; white higher than this over one was a drawing.
NEAR, HIGH = 3.0, 4.0
# A line of a paragraph begins at its column's edge, or set in by two characters and fills it.
FLUSH, INDENT, FULL = 0.6, 2.0, 0.75


class Unseen(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, and the indexes of the lines that stand in it."""

    figure: FloatRegion
    lines: tuple[int, ...]


def find_unseen(lines: Sequence[FlowLine], floats: Sequence[FloatRegion]) -> tuple[Unseen, ...]:
    """Figures for the captions that have none."""
    found = (_above(at, lines) for at in range(len(lines)) if _lacks_figure(lines[at], floats))
    return tuple(item for item in found if item is not None)


def _lacks_figure(line: FlowLine, floats: Sequence[FloatRegion]) -> bool:
    if not starts_figure_caption(line.text) or not (line.kind == "figure-caption" or is_set_apart(line)):
        return False
    return not any(item.page == line.page and _is_near(line, item.region.box) for item in floats)


def _is_near(line: FlowLine, box: Box) -> bool:
    white = max(line.box.y0 - box.y1, box.y0 - line.box.y1)
    return white < NEAR * line.size and overlap(box.x0, box.x1, line.box.x0, line.box.x1) > 0


def _above(at: int, lines: Sequence[FlowLine]) -> Unseen | None:
    """The lines over a caption up to the text, and the room they stand in."""
    caption = lines[at]
    first = at
    while first and _may_stand_in(lines[first - 1], caption):
        first -= 1
    over = lines[first - 1] if first else None
    top = (
        over.box.y1
        if over is not None and _is_beside(over, caption)
        else min(line.box.y0 for line in lines[first : at + 1])
    )
    if first == at and caption.box.y0 - top < HIGH * caption.size:
        return None
    box = Box(caption.left, top, caption.right, caption.box.y0)
    inside = tuple(line.line for line in lines[first:at])
    region = Region(id=f"{caption.line.id}-figure", kind="figure", box=box, lines=inside)
    figure = FloatRegion(region=region, page=caption.page, position=first, to_page=caption.to_page)
    return Unseen(figure=figure, lines=tuple(range(first, at)))


def _is_beside(line: FlowLine, caption: FlowLine) -> bool:
    return line.page == caption.page and line.column == caption.column and line.box.y1 <= caption.box.y0


def _may_stand_in(line: FlowLine, caption: FlowLine) -> bool:
    """Whether a line can be part of the drawing over ``caption``."""
    if not _is_beside(line, caption) or line.kind not in ("text", "figure-caption") or starts_figure_caption(line.text):
        return False
    fills = line.box.width > FULL * (line.right - line.left)
    begins = abs(line.indent) < FLUSH or (abs(line.indent - INDENT) < FLUSH and fills)
    return not begins and not fills


# Tables that the layout network did not see: a caption, and below it rows parted by white into columns.

# In type sizes: a table is no farther from its caption, its rows are no farther apart; white that parts columns.
UNRULED_NEAR, ROW_STEP, COLUMN_WHITE = 3.0, 2.6, 1.2
MIN_ROWS = 3


def find_unruled(lines: Sequence[FlowLine], floats: Sequence[FloatRegion]) -> tuple[Unseen, ...]:
    """Tables for the captions that have none."""
    found = (_below(at, lines) for at in range(len(lines)) if _lacks_table(lines[at], floats))
    return tuple(item for item in found if item is not None)


def _lacks_table(line: FlowLine, floats: Sequence[FloatRegion]) -> bool:
    if not starts_table_caption(line.text) or not (line.kind == "table-caption" or is_set_apart(line)):
        return False
    return not any(item.page == line.page and _is_under(line, item) for item in floats)


def _is_under(line: FlowLine, item: FloatRegion) -> bool:
    box = item.region.box
    is_near = -line.size < box.y0 - line.box.y1 < 2 * UNRULED_NEAR * line.size
    return is_near and overlap(box.x0, box.x1, line.box.x0, line.box.x1) > 0


def _below(at: int, lines: Sequence[FlowLine]) -> Unseen | None:
    """The rows under a caption, from the first that white parts to the last."""
    start = at + 1
    while (
        start < len(lines)
        and not _parts(lines[start])
        and lines[start].box.y0 - lines[at].box.y1 < UNRULED_NEAR * lines[at].size
    ):
        start += 1
    end = start
    while end < len(lines) and (end == start or _goes_on(lines[end - 1], lines[end])) and _is_row(end, lines):
        end += 1
    rows = [line for line in lines[start:end] if _parts(line)]
    if len(rows) < MIN_ROWS or lines[start].page != lines[at].page:
        return None
    first = lines[start]
    inside = tuple(line.line for line in lines[start:end])
    box = enclose(line.box for line in inside)
    region = Region(id=f"{lines[at].line.id}-table", kind="table", box=box, lines=inside)
    table = FloatRegion(region=region, page=first.page, position=start, to_page=first.to_page)
    return Unseen(figure=table, lines=tuple(range(start, end)))


def _goes_on(above: FlowLine, line: FlowLine) -> bool:
    step = line.box.center[1] - above.box.center[1]
    return line.column == above.column and line.page == above.page and 0 < step < ROW_STEP * line.size


def _is_row(at: int, lines: Sequence[FlowLine]) -> bool:
    """Whether white parts a line, or it is a cell's further line between such rows."""
    if _parts(lines[at]):
        return True
    is_short = lines[at].box.width < 0.5 * (lines[at].right - lines[at].left)
    return is_short and at + 1 < len(lines) and _goes_on(lines[at], lines[at + 1]) and _parts(lines[at + 1])


def _parts(line: FlowLine) -> bool:
    """Whether white parts the line into cells."""
    return len(part_at_white(line.line, COLUMN_WHITE * line.size)) > 1
