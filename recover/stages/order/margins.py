"""Marks in the margin (page references, line numbers) that stand beside the text without being part of it."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.geometry import Box, overlap
from recover.stages.order.columns import MIN_COLUMN_EM

# A page has few of them; many narrow boxes in a column are hanging numbers.
MAX_MARKS = 3
MIN_TEXT_LINES = 8


def margin_marks(boxes: Sequence[Box], em: float) -> frozenset[int]:
    """Indexes of narrow boxes that stand alone outside of the text's left or right edge."""
    wide = [box for box in boxes if box.width > 2 * MIN_COLUMN_EM * em]
    if len(wide) < MIN_TEXT_LINES:
        return frozenset()
    left, right = min(box.x0 for box in wide), max(box.x1 for box in wide)
    marks = [
        index
        for index, box in enumerate(boxes)
        if box.width < MIN_COLUMN_EM * em and (box.x1 < left or box.x0 > right) and _stands_beside(box, wide)
    ]
    return frozenset(marks) if len(marks) <= MAX_MARKS else frozenset()


def _stands_beside(box: Box, lines: Sequence[Box]) -> bool:
    return any(overlap(box.y0, box.y1, line.y0, line.y1) > 0 for line in lines)
