"""The edges between which every line is set: its column's, or those of a block set in on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from recover.model.flow import FlowLine

# The share of a column's lines that may stick out of it: less than the lines that begin paragraphs or entries.
OUTLIERS = 0.12
# A block is set in by more than this on both sides; its lines meet its edges this closely. In type sizes.
SET_IN, NEAR = 1.0, 0.5
# Narrower lines are headings, as wide as each other by chance; first lines are set in by no more than this.
WIDE, INDENT = 12.0, 3.0
MIN_LINES = 3

Edges = tuple[float, float]


def with_edges(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """Lines that know the edges they are set between."""
    edges = {column: _column([line for line in lines if line.column == column]) for column in _columns(lines)}
    placed = [msgspec.structs.replace(line, left=edges[line.column][0], right=edges[line.column][1]) for line in lines]
    for start, end, block in _blocks(placed):
        placed[start:end] = [msgspec.structs.replace(line, left=block[0], right=block[1]) for line in placed[start:end]]
    return placed


def _columns(lines: Sequence[FlowLine]) -> set[int]:
    return {line.column for line in lines}


def _column(members: Sequence[FlowLine]) -> Edges:
    """The outermost of a column's wide lines."""
    widest = max(line.box.width for line in members)
    wide = [line for line in members if line.box.width > 0.5 * widest]
    return _outermost([line.box.x0 for line in wide]), -_outermost([-line.box.x1 for line in wide])


def _outermost(places: Sequence[float]) -> float:
    """Where a column begins: its outermost lines but for a few, which specks in the margin draw out."""
    ordered = sorted(places)
    return ordered[int(OUTLIERS * len(ordered))]


def _blocks(lines: Sequence[FlowLine]) -> list[tuple[int, int, Edges]]:
    """Runs of lines between two edges inside of their column's: abstracts, quotations."""
    found: list[tuple[int, int, Edges]] = []
    for at, (above, line) in enumerate(pairwise(lines)):
        if (not found or at >= found[-1][1]) and _opens_block(above, line):
            edges = (min(above.box.x0, line.box.x0), max(above.box.x1, line.box.x1))
            floor = found[-1][1] if found else 0
            start, end = at, at + 2
            while start > floor and _lies_between(lines[start - 1], edges, above):
                start -= 1
            while end < len(lines) and _lies_between(lines[end], edges, above):
                end += 1
            if end - start >= MIN_LINES:
                found.append((start, end, edges))
    return found


def _opens_block(above: FlowLine, line: FlowLine) -> bool:
    """Whether two lines one below the other end at the same edge and are set in on both sides."""
    same = above.column == line.column and above.page == line.page
    ends = abs(above.box.x1 - line.box.x1) < NEAR * line.size
    begins = abs(above.box.x0 - line.box.x0) < NEAR * line.size
    is_wide = min(above.box.width, line.box.width) > WIDE * line.size
    return same and is_wide and ends and begins and min(above.indent, line.indent, above.rest, line.rest) > SET_IN


def _lies_between(line: FlowLine, edges: Edges, member: FlowLine) -> bool:
    near = NEAR * member.size
    if line.column != member.column or line.page != member.page or line.box.x1 > edges[1] + near:
        return False
    inset = line.box.x0 - edges[0]
    begins_paragraph = near < inset < INDENT * member.size and abs(line.box.x1 - edges[1]) < near
    return abs(inset) < near or begins_paragraph
