"""Lines of text with built-up formulas in them: fractions, sums and limits, whose parts stand above each other.

A detector boxes their parts singly, so that neither their row nor its order is seen before they are read. Here the
pieces of such a row are gathered again, as one line of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from recover.model.geometry import Box, overlap
from recover.model.page import Line, RegionKind, merge_lines
from recover.stages.layout.formulas import SHARED, is_mathematics
from recover.stages.layout.regions import row_gap

# Distances in type sizes: pieces of a row stand no farther apart; the middles of stacked ones no nearer.
BESIDE, STEP = 1.2, 0.5
# Stacked pieces share this much of the narrower one's width.
STACKED = 0.5


def find_built_up(
    lines: Sequence[Line], kinds: Sequence[RegionKind], taken: Iterable[int], size: float
) -> tuple[tuple[int, ...], ...]:
    """Rows of text with parts of formulas above each other, each in reading order; ``size`` is the type's in points."""
    free = set(range(len(lines))) - set(taken)
    kept = sorted(at for at in free if kinds[at] in ("text", "title", "equation") and lines[at].text.strip())
    maths = {at for at in kept if is_mathematics(lines[at].text)}
    rows = _joined(kept, maths, lines, size)
    return tuple(
        _in_order(row, maths, lines) for row in rows if set(row) - maths and _is_stacked(row, maths, lines, size)
    )


def as_lines(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> list[Line]:
    """The page's lines with each row made one, at its first piece; the other pieces are left empty."""
    joined = list(lines)
    for first, *rest in rows:
        whole = lines[first]
        for at in rest:
            beside = lines[at].box.x0 > whole.box.x1
            whole = merge_lines(whole, lines[at], row_gap(whole, lines[at]) if beside else " ")
            joined[at] = msgspec.structs.replace(
                lines[at], text="", lefts=(), rights=(), confidences=(), readers="", weights=(), tops=(), bottoms=(),
                styles="", doubts=(), insertions=(),
            )  # fmt: skip
        joined[first] = whole
    return joined


def _joined(kept: Sequence[int], maths: set[int], lines: Sequence[Line], size: float) -> list[list[int]]:
    """Pieces gathered to rows: one of mathematics with whatever stands beside it, or above and below it in its row."""
    rows: list[list[int]] = []
    for at in kept:
        near = [row for row in rows if any(_touch(at, other, maths, lines, size) for other in row)]
        rows = [row for row in rows if row not in near]
        rows.append([at, *(other for row in near for other in row)])
    return [row for row in rows if len(row) > 1]


def _touch(one: int, other: int, maths: set[int], lines: Sequence[Line], size: float) -> bool:
    if one not in maths and other not in maths:
        return False
    box, its = lines[one].box, lines[other].box
    level = overlap(box.y0, box.y1, its.y0, its.y1) > SHARED * min(box.height, its.height)
    return level and max(box.x0, its.x0) - min(box.x1, its.x1) < BESIDE * size


def _is_stacked(row: Sequence[int], maths: set[int], lines: Sequence[Line], size: float) -> bool:
    return any(_is_above(lines[one].box, lines[other].box, size) for one in row if one in maths for other in row)


def _is_above(one: Box, other: Box, size: float) -> bool:
    return _share(one, other) > STACKED and abs(one.center[1] - other.center[1]) > STEP * size


def _share(one: Box, other: Box) -> float:
    return overlap(one.x0, one.x1, other.x0, other.x1) / max(1.0, min(one.width, other.width))


def _in_order(row: Sequence[int], maths: set[int], lines: Sequence[Line]) -> tuple[int, ...]:
    """From the left; what stands above each other from the top, but behind the text it stands over."""
    stacks: list[list[int]] = []
    for at in sorted(row, key=lambda one: lines[one].box.x0):
        if stacks and any(_share(lines[at].box, lines[other].box) > STACKED for other in stacks[-1]):
            stacks[-1].append(at)
        else:
            stacks.append([at])
    return tuple(
        at for stack in stacks for at in sorted(stack, key=lambda one: (one in maths, lines[one].box.center[1]))
    )
