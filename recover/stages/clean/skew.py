"""How far a page leans: the angle at which its print falls into the sharpest rows."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels

# Lines of a page this high are still 8 pixels apart, and a page is searched in 50 ms.
SEARCH_HEIGHT_PX = 1200
MAX_DEGREES = 6.0
MAX_POINTS = 60_000


def measure_skew(pixels: Pixels) -> float:
    """Degrees by which lines fall to the right (negative: rise), within ±6; 0 for a page without print."""
    ink = _ink_points(pixels)
    if len(ink) < 200:
        return 0.0
    coarse = _sharpest(ink, np.arange(-MAX_DEGREES, MAX_DEGREES + 0.01, 0.25))
    middle = _sharpest(ink, coarse + np.arange(-0.25, 0.26, 0.05))
    return _sharpest(ink, middle + np.arange(-0.04, 0.041, 0.01))


def _ink_points(pixels: Pixels) -> npt.NDArray[np.float32]:
    """X and y of dark pixels inside the page's margins, thinned to a fixed number."""
    scale = min(1.0, SEARCH_HEIGHT_PX / max(pixels.shape))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    inset_y, inset_x = small.shape[0] // 30, small.shape[1] // 30
    inner = small[inset_y : small.shape[0] - inset_y, inset_x : small.shape[1] - inset_x]
    if inner.size == 0:
        return np.empty((0, 2), np.float32)
    dark = cv2.adaptiveThreshold(inner, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    ys, xs = np.nonzero(_without_large_shapes(dark))
    step = max(1, len(xs) // MAX_POINTS)
    return np.stack([xs[::step], ys[::step]], axis=1).astype(np.float32)


def _without_large_shapes(dark: Pixels) -> Pixels:
    """Drop pictures and frames: connected shapes far larger than type."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    limit = max(dark.shape) // 12
    large = (stats[:, cv2.CC_STAT_HEIGHT] > limit) | (
        (stats[:, cv2.CC_STAT_WIDTH] > limit) & (stats[:, cv2.CC_STAT_HEIGHT] > limit // 8)
    )
    large[0] = True
    return np.where(large[labels], 0, dark).astype(np.uint8) if count > 1 else dark


def _sharpest(ink: npt.NDArray[np.float32], degrees: npt.NDArray[np.float64]) -> float:
    scores = [_sharpness(ink, float(angle)) for angle in degrees]
    return float(degrees[int(np.argmax(scores))])


def _sharpness(ink: npt.NDArray[np.float32], degrees: float) -> float:
    rows = ink[:, 1] - ink[:, 0] * np.tan(np.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())
