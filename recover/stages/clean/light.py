"""Uneven light: measured as the spread of the paper's brightness, divided out where it is worth it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels

# The paper is looked at in a picture this small: shadows are broad, print has vanished.
SMALL_PX = 160
# Grey levels between the paper's dark and bright parts above which flattening pays.
UNEVEN = 24.0


def paper(pixels: Pixels) -> npt.NDArray[np.float32]:
    """The paper's brightness, small: print removed by closing, the rest smoothed."""
    scale = SMALL_PX / max(pixels.shape)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), 6), np.float32)


def unevenness(pixels: Pixels) -> float:
    """Grey levels between the 5th and the 95th hundredth of the paper's brightness."""
    low, high = np.percentile(paper(pixels), (5, 95))
    return float(high - low)


def flatten(pixels: Pixels) -> Pixels:
    """The page on evenly white paper, its contrast kept."""
    height, width = pixels.shape
    background = cv2.resize(paper(pixels), (width, height), interpolation=cv2.INTER_CUBIC)
    even = np.clip(pixels.astype(np.float32) * (245.0 / np.maximum(background, 40.0)), 0, 255)
    return np.asarray(even, np.uint8)
