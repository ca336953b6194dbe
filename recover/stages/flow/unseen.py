"""Figures that the layout network did not see: a caption, and above it scattered words or white."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box, overlap
from recover.model.page import Region
from recover.stages.flow.captions import is_set_apart, starts_figure_caption

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
