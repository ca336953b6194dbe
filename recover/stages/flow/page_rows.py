"""A page's lines as rows from its edges inward: what running heads are looked for among."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from typing import Literal

import msgspec

from recover.model.geometry import Box, enclose
from recover.model.page import Line, PageReading, RegionKind

Side = Literal["head", "foot"]
# Lines of one row have their middles this near, in line heights.
ROW = 0.5
# Rows no farther from each other than this, in line heights, show a page's usual step from row to row.
TEXT_STEP = 3.0


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a row, with the kind of its region and its letters, all digits alike."""

    line: Line
    kind: RegionKind
    key: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Lines side by side from left to right; ``place`` is how far down the page they stand, from 0 to 1.

    ``gap`` is the step to the next row inward over the page's usual one; endless where there is none.
    """

    page: int
    side: Side
    members: tuple[Member, ...]
    place: float
    gap: float

    @property
    def key(self) -> str:
        return "".join(member.key for member in self.members)

    @property
    def text(self) -> str:
        return " ".join(member.line.text for member in self.members)

    @property
    def height(self) -> float:
        return max(member.line.height for member in self.members)


def edge_rows(page: PageReading, side: Side, depth: int) -> tuple[Row, ...]:
    """The page's first rows from an edge inward, up to one that holds a part of a figure or table."""
    groups = _groups(page)
    if side == "foot":
        groups.reverse()
    boxes = [enclose(member.line.box for member in group) for group in groups]
    step = _usual_step(boxes)
    rows: list[Row] = []
    for at, (group, box) in enumerate(zip(groups, boxes, strict=True)):
        if at == depth or any(member.kind in ("figure", "table") for member in group):
            break
        gap = abs(boxes[at + 1].center[1] - box.center[1]) / step if at + 1 < len(boxes) and step else float("inf")
        place = box.center[1] / max(1.0, page.height)
        rows.append(Row(page=page.index, side=side, members=tuple(group), place=place, gap=gap))
    return tuple(rows)


def _groups(page: PageReading) -> list[list[Member]]:
    """The page's rows from the top, marks in the margin left out."""
    members = [
        Member(line=line, kind=region.kind, key=line_key(line.text))
        for region in page.regions
        for line in region.lines
        if line.text.strip() and region.kind != "margin"
    ]
    rows: list[list[Member]] = []
    for member in sorted(members, key=lambda one: one.line.box.center[1]):
        if rows and _is_level(member.line.box, rows[-1][-1].line.box):
            rows[-1].append(member)
        else:
            rows.append([member])
    return [sorted(row, key=lambda one: one.line.box.x0) for row in rows]


def _is_level(box: Box, other: Box) -> bool:
    return abs(box.center[1] - other.center[1]) <= ROW * min(box.height, other.height)


def _usual_step(boxes: Sequence[Box]) -> float:
    """The usual distance from row to row of the page's text; 0 where no two rows are near each other."""
    steps = [
        abs(below.center[1] - above.center[1])
        for above, below in itertools.pairwise(boxes)
        if abs(below.center[1] - above.center[1]) < TEXT_STEP * above.height
    ]
    return statistics.median(steps) if steps else 0.0


def line_key(text: str) -> str:
    """What a line is known again by: its letters without spaces and case, its numbers all alike."""
    return re.sub(r"\d+", "0", "".join(text.split())).lower()
