"""Tables that the layout network did not see: a caption, and below it rows parted by white into columns."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import enclose, overlap
from recover.model.page import Region, part_at_white
from recover.stages.flow.captions import is_set_apart, starts_table_caption
from recover.stages.flow.unseen import Unseen

# In type sizes: a table is no farther from its caption, its rows are no farther apart; white that parts columns.
NEAR, ROW_STEP, COLUMN_WHITE = 3.0, 2.6, 1.2
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
    is_near = -line.size < box.y0 - line.box.y1 < 2 * NEAR * line.size
    return is_near and overlap(box.x0, box.x1, line.box.x0, line.box.x1) > 0


def _below(at: int, lines: Sequence[FlowLine]) -> Unseen | None:
    """The rows under a caption, from the first that white parts to the last."""
    start = at + 1
    while (
        start < len(lines)
        and not _parts(lines[start])
        and lines[start].box.y0 - lines[at].box.y1 < NEAR * lines[at].size
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
