"""The page's ink without its smallest shapes: what parts columns and bounds lines, whatever dirt lies between."""

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
    dark = cv2.adaptiveThreshold(pixels, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    is_small = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) <= smallest * line_height
    is_small[0] = False
    return np.where(is_small[labels], 0, dark).astype(np.uint8)


def reach_stops(boxes: Sequence[Box], pixels: Pixels, line_height: float) -> tuple[Box, ...]:
    """``boxes`` (pixels) drawn out to the small mark behind their last character, which detectors leave out."""
    ink = bare_ink(pixels, line_height, SPECK)
    starts = [(other.x0, other.y0, other.y1) for other in boxes]
    reached = []
    for box in boxes:
        ends = [x for x, y0, y1 in starts if x > box.center[0] and overlap(box.y0, box.y1, y0, y1) > 0]
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
