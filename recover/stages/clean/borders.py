"""Black borders that a copier leaves where the page ends: made white, so that they are neither print nor slant."""

from __future__ import annotations

import cv2
import numpy as np

from recover.model.raster import Pixels

# Borders are broad; a picture this small shows them and no print.
SMALL_PX = 400
# Of 255: a copier's black, and the paper that must lie beside it.
BLACK, PAPER = 90, 150
# A border runs along most of an edge and reaches in by less than this share of the page.
MIN_RUN, MAX_DEPTH = 0.5, 0.15
WHITE = 255


def whiten_borders(pixels: Pixels) -> Pixels | None:
    """The page without its black borders; None when it has none."""
    scale = min(1.0, SMALL_PX / max(pixels.shape))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if float(np.median(small)) < PAPER:
        return None  # dark paper or a negative: nothing here is a border
    border = _border(small)
    if not border.any():
        return None
    grown = cv2.dilate(border, np.ones((5, 5), np.uint8))
    height, width = pixels.shape
    mask = cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 0, np.uint8(WHITE), pixels)


def _border(small: Pixels) -> Pixels:
    """1 where a black strip lies along an edge."""
    found = np.zeros(small.shape, np.uint8)
    for turns in range(4):
        # Each edge in its turn becomes the first row; corners belong to two edges, each looked at by itself.
        found |= np.rot90(_along_top(np.rot90(small, turns)), -turns)
    return found


def _along_top(small: Pixels) -> Pixels:
    """1 where columns are black from the top edge down, if most columns are and none for long."""
    dark = small < BLACK
    depth = np.where(dark.all(axis=0), small.shape[0], dark.argmin(axis=0))
    limit = MAX_DEPTH * small.shape[0]
    is_strip = (depth > 0) & (depth < limit)
    if is_strip.mean() <= MIN_RUN:
        return np.zeros(small.shape, np.uint8)
    # Where another border comes down from the corner, this one is as deep as beside it.
    usual = int(np.median(depth[is_strip]))
    depth = np.where(is_strip, depth, np.where(depth >= limit, usual, 0))
    return (np.arange(small.shape[0])[:, np.newaxis] < depth[np.newaxis]).astype(np.uint8)
