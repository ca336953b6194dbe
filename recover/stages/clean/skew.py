"""How far a page leans: the angle at which its print falls into the sharpest rows."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels

# Lines of a page this high are still 8 pixels apart, and a page is searched in 50 ms.
SEARCH_HEIGHT_PX = 1200
MAX_DEGREES = 6.0
MIN_POINTS, MAX_POINTS = 200, 60_000
WHITE = 255

Ink = npt.NDArray[np.float32]


class PageInk(NamedTuple):
    """X and y of dark pixels, thinned; the scale and margin they were taken with, the page's longer side so scaled."""

    points: Ink
    scale: float
    inset: int
    side: float


def measure_skew(pixels: Pixels) -> float:
    """Degrees by which lines fall to the right (negative: rise), within ±6; 0 for a page without print."""
    return lean_of(page_ink(pixels).points)


def lean_of(ink: Ink) -> float:
    """The same for dark points."""
    if len(ink) < MIN_POINTS:
        return 0.0
    coarse = sharpest(ink, np.arange(-MAX_DEGREES, MAX_DEGREES + 0.01, 0.25))
    middle = sharpest(ink, coarse + np.arange(-0.25, 0.26, 0.05))
    return sharpest(ink, middle + np.arange(-0.04, 0.041, 0.01))


def page_ink(pixels: Pixels) -> PageInk:
    """The dark pixels inside the page's margins, thinned to a fixed number."""
    scale = min(1.0, SEARCH_HEIGHT_PX / max(pixels.shape))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    inset_y, inset_x = small.shape[0] // 30, small.shape[1] // 30
    inner = small[inset_y : small.shape[0] - inset_y, inset_x : small.shape[1] - inset_x]
    if inner.size == 0:
        return PageInk(np.empty((0, 2), np.float32), scale, inset_x, max(pixels.shape) * scale)
    dark = cv2.adaptiveThreshold(inner, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    ys, xs = np.nonzero(_without_large_shapes(dark))
    step = max(1, len(xs) // MAX_POINTS)
    points = np.stack([xs[::step], ys[::step]], axis=1).astype(np.float32)
    return PageInk(points, scale, inset_x, max(pixels.shape) * scale)


def _without_large_shapes(dark: Pixels) -> Pixels:
    """Drop pictures and frames: connected shapes far larger than type."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    limit = max(dark.shape) // 12
    large = (stats[:, cv2.CC_STAT_HEIGHT] > limit) | (
        (stats[:, cv2.CC_STAT_WIDTH] > limit) & (stats[:, cv2.CC_STAT_HEIGHT] > limit // 8)
    )
    large[0] = True
    return np.where(large[labels], 0, dark).astype(np.uint8) if count > 1 else dark


def sharpest(ink: Ink, degrees: npt.NDArray[np.float64]) -> float:
    """The one of several angles that makes the sharpest rows."""
    scores = [sharpness(ink, float(angle)) for angle in degrees]
    return float(degrees[int(np.argmax(scores))])


def sharpness(ink: Ink, degrees: float) -> float:
    """How much ink one row has more than the next, squared and summed, when lines fall by ``degrees``."""
    rows = ink[:, 1] - ink[:, 0] * np.tan(np.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())
