"""Line boxes as a detector gives them, made fit for reading: no doubles, no specks, not too tight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.model.geometry import Box, overlap

# A box that lies in another one with this share of its area says nothing new.
INSIDE = 0.75
# Detectors mark specks and rules; print that people read is at least this high, in type sizes.
MIN_HEIGHT_EM = 0.35


def type_size(boxes: Sequence[Box]) -> float:
    """The usual line height, long lines counting more; 0 without boxes."""
    if not boxes:
        return 0.0
    heights = np.array([box.height for box in boxes])
    weights = np.array([box.width for box in boxes])
    order = np.argsort(heights)
    cumulated = np.cumsum(weights[order])
    return float(heights[order][int(np.searchsorted(cumulated, cumulated[-1] / 2))])


def tidy(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """``boxes`` without doubles and specks, from the top."""
    size = type_size(boxes)
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda item: -item.area):
        if box.height >= MIN_HEIGHT_EM * size and not any(_inside(box, other) for other in kept):
            kept.append(box)
    return tuple(sorted(kept, key=lambda item: (item.y0, item.x0)))


def _inside(box: Box, other: Box) -> bool:
    shared = overlap(box.x0, box.x1, other.x0, other.x1) * overlap(box.y0, box.y1, other.y0, other.y1)
    return shared > INSIDE * box.area
