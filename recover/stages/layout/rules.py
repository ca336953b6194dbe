"""Printed rules inside a float: the straight strokes that part a table's rows and columns."""

from __future__ import annotations

import cv2
import numpy as np

from recover.model.geometry import Box
from recover.model.raster import Pixels

# A stroke counts as a rule from these lengths on, in line heights: longer than any character's.
HORIZONTAL, VERTICAL = 4.0, 1.3
# Strokes thicker than this, in line heights, are bars or pictures.
THICKEST = 0.45


def find_rules(pixels: Pixels, line_height: float) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Horizontal and vertical rules as boxes in pixels of ``pixels``; ``line_height`` in pixels."""
    if pixels.size == 0 or line_height <= 0:
        return (), ()
    block = max(15, int(line_height * 2) | 1)
    dark = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    # Wear breaks thin strokes: what is missing by a pixel or two is bridged first.
    across = _strokes(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8)), HORIZONTAL, 0, line_height)
    down = _strokes(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8)), VERTICAL, 1, line_height)
    return across, down


def _strokes(dark: Pixels, length: float, axis: int, line_height: float) -> tuple[Box, ...]:
    size = max(8, int(length * line_height))
    kernel = np.ones((1, size) if axis == 0 else (size, 1), np.uint8)
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    boxes = []
    for x, y, width, height, _ in stats[1:count]:
        if (height if axis == 0 else width) <= max(3.0, THICKEST * line_height):
            boxes.append(Box(float(x), float(y), float(x + width), float(y + height)))
    return tuple(boxes)
