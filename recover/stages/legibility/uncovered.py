"""Print inside a line that no character of the text layer covers: a mark, say, that the font maps to nothing."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from recover.model.geometry import Box
from recover.model.raster import Pixels

# Outlines reach a little over their cells; anti-aliased edges too. In line heights.
OVERHANG = 0.08
# The smallest mark of print, and the thickest rule or underline and its least length, in line heights.
LEAST_MARK, RULE, LONG = 0.1, 0.15, 1.5
# What hangs in from the neighbouring lines lies with its middle in the outermost part of the picture.
RIM = 0.08


def has_uncovered_print(ink: Pixels, cells: Sequence[Box]) -> bool:
    """Whether a line has ``ink`` (1 where it is dark) outside of ``cells``, its layer's characters in pixels."""
    height, width = ink.shape
    if not height or not width:
        return False
    mask = ink.copy()
    slack = OVERHANG * height
    for cell in cells:
        mask[:, max(0, int(cell.x0 - slack)) : max(0, int(np.ceil(cell.x1 + slack)))] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return any(_is_mark(stats[label], height, width) for label in range(1, count))


def _is_mark(stats: np.ndarray, height: int, width: int) -> bool:
    left, top, across, down, _ = (int(value) for value in stats)
    middle = (top + down / 2) / height
    is_cut = left == 0 or left + across >= width
    is_rule = min(across, down) < RULE * height and max(across, down) > LONG * height
    return max(across, down) >= LEAST_MARK * height and RIM < middle < 1 - RIM and not is_cut and not is_rule
