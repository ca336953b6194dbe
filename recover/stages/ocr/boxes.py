"""Line boxes as a detector gives them, made fit for reading: cut at gutters, without doubles or specks."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box, overlap
from recover.model.raster import Pixels
from recover.stages.ocr.ink import Mask

# Smaller than this both ways, in line heights, is dirt, or a stop that parts no columns.
DOT = 0.3
# A line's ends are looked for in its middle: what hangs in from its neighbours is not its own.
MIDDLE = 0.15
# Ink at the very edge of a box, this narrow and with so much white behind it, is the rim of a neighbour, in heights.
RIM, WHITE = 0.5, 0.8

# A stop stands this near behind a character, and is larger than a speck, in line heights.
STOP, SPECK = 0.6, 0.15
# White left behind the stop, in pixels.
RIM_PX = 2

Columns = npt.NDArray[np.intp]


def bare_ink(pixels: Pixels, line_height: float, smallest: float = DOT) -> Mask:
    """1 where there is ink of shapes larger than ``smallest``, in line heights; ``line_height`` in pixels."""
    (ink,) = bare_inks(pixels, line_height, (smallest,))
    return ink


def bare_inks(pixels: Pixels, line_height: float, smallest: Sequence[float] = (DOT, SPECK)) -> tuple[Mask, ...]:
    """The same for several sizes of the smallest shape, of which the page is searched once."""
    dark = cv2.adaptiveThreshold(pixels, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    sizes[0] = np.iinfo(np.int32).max  # what is no ink stays none
    return tuple(dark * (sizes > size * line_height).astype(np.uint8)[labels] for size in smallest)


def reach_stops(boxes: Sequence[Box], ink: Mask) -> tuple[Box, ...]:
    """``boxes`` (pixels) drawn out to the small mark behind their last character, which detectors leave out.

    ``ink`` is the page's, without what is smaller than SPECK.
    """
    starts = [(other.x0, other.y0, other.y1) for other in boxes]
    reached = []
    for box in boxes:
        # Boxes of lines one below the other overlap too.
        ends = [
            x
            for x, y0, y1 in starts
            if x > box.center[0] and overlap(box.y0, box.y1, y0, y1) > 0.5 * min(box.height, y1 - y0)
        ]
        reached.append(_reaching(box, min([box.x1 + STOP * box.height, *ends]), ink))
    return tuple(reached)


def _reaching(box: Box, limit: float, ink: Mask) -> Box:
    band = ink[max(0, int(box.y0)) : int(np.ceil(box.y1)), int(box.x1) : int(limit)]
    inked = np.flatnonzero(band.any(axis=0)) if band.size else np.empty(0, np.intp)
    if not inked.size:
        return box
    breaks = np.flatnonzero(np.diff(inked) > 1)
    end = inked[breaks[0]] if breaks.size else inked[-1]
    if end == band.shape[1] - 1:
        # No white behind it: a rule, or what stands beside the line.
        return box
    return Box(box.x0, box.y0, float(int(box.x1) + int(end) + 1 + RIM_PX), box.y1)


# Of one line are boxes whose middles are so level and that both cover so little, in heights of the lower one: the parts
# of a formula cover more. The white between two characters is looked for so far around.
LEVEL, BOTH, AROUND = 0.25, 0.6, 0.5
# Rules take up less of a line's height than this.
RULED = 0.25


def part_overlaps(boxes: Sequence[Box], ink: Mask) -> tuple[Box, ...]:
    """``boxes`` (pixels) of which no two on a level cover the same character, which would be read twice.

    They are cut at the widest white there, or left where there is none. ``ink`` is the page's, stops and all.
    """
    parted = list(boxes)
    order = sorted(range(len(boxes)), key=lambda index: boxes[index].x0)
    for place, left in enumerate(order):
        for right in order[place + 1 :]:
            a, b = parted[left], parted[right]
            if not b.x0 < a.x1 < b.x1:
                continue
            low = min(a.height, b.height)
            if a.x1 < b.x0 + BOTH * low and abs(a.center[1] - b.center[1]) < LEVEL * low:
                cut = _white_between(a, b, ink)
                if cut is not None:
                    parted[left], parted[right] = Box(a.x0, a.y0, cut, a.y1), Box(cut, b.y0, b.x1, b.y1)
    return tuple(parted)


def _white_between(left: Box, right: Box, ink: Mask) -> float | None:
    """The middle of the widest white that parts two boxes, in pixels of the page."""
    around = AROUND * min(left.height, right.height)
    start, end = max(left.x0, right.x0 - around), min(right.x1, left.x1 + around)
    band = ink[int(max(left.y0, right.y0)) : int(np.ceil(min(left.y1, right.y1))), int(start) : int(np.ceil(end))]
    if not band.size:
        return None
    # A rule above or below both is ink in every column.
    inked = band.sum(axis=0, dtype=np.intp)
    if inked.min() > RULED * band.shape[0]:
        return None
    white = np.flatnonzero(inked == inked.min())
    runs = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1)
    widest = max(runs, key=len)
    return float(int(start) + (widest[0] + widest[-1] + 1) / 2)


def bound(boxes: Sequence[Box], ink: Mask) -> tuple[Box, ...]:
    """``boxes`` (pixels) drawn in sideways to the ink in them: a detector's box may hang over into a gutter.

    A box without ink takes no room: it shrinks to its middle.
    """
    return tuple(_bound(box, ink) for box in boxes)


def _bound(box: Box, ink: Mask) -> Box:
    inset = MIDDLE * box.height
    left = max(0, int(box.x0))
    band = ink[max(0, int(box.y0 + inset)) : int(np.ceil(box.y1 - inset)), left : int(np.ceil(box.x1))]
    inked = np.flatnonzero(band.any(axis=0)) if band.size else np.empty(0, np.intp)
    if not inked.size:
        middle = box.center[0]
        return Box(middle, box.y0, middle, box.y1)
    first, last = _own_ends(inked, band.shape[1], box.height)
    return Box(max(box.x0, float(left + first)), box.y0, min(box.x1, float(left + last + 1)), box.y1)


def _own_ends(inked: Columns, width: int, height: float) -> tuple[int, int]:
    """The first and last inked column, without the rims of neighbours' characters that the box cuts through."""
    gaps = np.flatnonzero(np.diff(inked) > WHITE * height)
    first, last = 0, inked.size - 1
    if gaps.size and inked[0] == 0 and inked[gaps[0]] < RIM * height:
        first = int(gaps[0]) + 1
    if gaps.size and inked[-1] == width - 1 and width - inked[gaps[-1] + 1] <= RIM * height:
        last = int(gaps[-1])
    return (int(inked[first]), int(inked[last])) if first <= last else (int(inked[0]), int(inked[-1]))


# Lines that a detector drew across two columns, cut apart where white runs down through their neighbours.

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
    # Asked for every two boxes of a page, of which most stand apart: the plain comparison comes first.
    if box.y1 <= other.y0 or other.y1 <= box.y0:
        return False
    return box.intersection(other) > INSIDE * box.area
