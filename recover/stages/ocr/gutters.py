"""Lines that a detector drew across two columns, cut apart where white runs down through their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.model.geometry import Box, overlap
from recover.stages.ocr.ink import Mask

# White inside a line counts from this width on, in line heights; words and sentences are closer.
MIN_GAP = 0.7
# White must run on above and below the line, altogether this many line heights.
MIN_RUN = 6.0
# Only a line with this many heights of text on either side of a gap can be two lines; behind it so little is enough
# where so many lines begin as it does, this nearly: a number of the next column's list.
MIN_SIDE, LEAST_BEHIND = 2.5, 0.6
ALIKE, NEAR = 2, 0.4


def split_at_gutters(boxes: Sequence[Box], ink: Mask) -> tuple[Box, ...]:
    """``boxes`` (pixels) with those that bridge a gutter replaced by their parts; ``ink`` is the page's, bare."""
    return tuple(part for box in boxes for part in _split(box, boxes, ink))


def _split(box: Box, boxes: Sequence[Box], ink: Mask) -> list[Box]:
    for start, end in _gaps(box, ink):
        if _is_gutter(box, start, end, boxes, ink):
            left, right = Box(box.x0, box.y0, start + 1, box.y1), Box(end - 1, box.y0, box.x1, box.y1)
            return [left, *_split(right, boxes, ink)]
    return [box]


def _gaps(box: Box, ink: Mask) -> list[tuple[int, int]]:
    """White stretches inside a line, in pixels of the page."""
    margin = box.height * 0.15
    band = ink[int(box.y0 + margin) : int(np.ceil(box.y1 - margin)), int(box.x0) : int(np.ceil(box.x1))]
    if band.size == 0:
        return []
    inked = np.flatnonzero(band.any(axis=0))
    if inked.size < 2:
        return []
    wide = np.flatnonzero(np.diff(inked) > MIN_GAP * box.height)
    gaps = [(int(box.x0) + int(inked[i]) + 1, int(box.x0) + int(inked[i + 1])) for i in wide]
    return [(a, b) for a, b in gaps if a - box.x0 > MIN_SIDE * box.height and box.x1 - b > LEAST_BEHIND * box.height]


def _is_gutter(box: Box, start: int, end: int, boxes: Sequence[Box], ink: Mask) -> bool:
    inset = max(1, (end - start) // 5)
    clean = np.logical_not(ink[:, start + inset : end - inset].any(axis=1))
    top, bottom = int(box.y0), int(np.ceil(box.y1)) - 1
    while top > 0 and clean[top - 1]:
        top -= 1
    while bottom < len(clean) - 1 and clean[bottom + 1]:
        bottom += 1
    if bottom - top < MIN_RUN * box.height:
        return False
    middle = (start + end) / 2
    beside = [other for other in boxes if overlap(other.y0, other.y1, top, bottom) > 0.5 * other.height]
    left = sum(other.x1 <= middle for other in beside)
    right = sum(other.x0 >= middle for other in beside)
    is_long = box.x1 - end > MIN_SIDE * box.height
    return left >= 2 and right >= 2 and (is_long or _lines_begin(end, box.height, beside) >= ALIKE)


def _lines_begin(x: float, height: float, boxes: Sequence[Box]) -> int:
    """How many lines of text begin there."""
    return sum(abs(other.x0 - x) < NEAR * height and other.width > MIN_SIDE * height for other in boxes)
