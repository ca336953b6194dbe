"""How far a page leans and how far its lines are bent, as by a book's spine."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from numpy.polynomial import Polynomial

from recover.model.geometry import Transform
from recover.model.raster import Pixels, Raster

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


# How far the lines of a page are bent, as by a book's spine or a page that didn't lie flat, and the page made flat.

# Windows over the width, each as wide as this share of it; every second one overlaps two others.
WINDOWS, WINDOW_SHARE = 13, 1 / 6
# A window needs so many dark points to tell a slope; so many windows tell a bend.
BEND_MIN_POINTS, MIN_WINDOWS = 400, 6
MAX_SLOPE_DEGREES = 6.0
# The degree of the smoothed slopes, and how often the rest is measured again.
DEGREE, ROUNDS = 4, 2
# A bend is undone from so much on, in parts of the page's longer side (a line's height is about 1.4 %), and only if
# the rows of the windows become so much sharper.
LEAST, GAIN = 0.0022, 1.08
# No print is expected so near to the page's edges, in parts of its width.
MARGIN = 0.1


def measure_bend(pixels: Pixels) -> Polynomial | None:
    """How far below its level place the print stands, in pixels, as a polynomial of x; None for straight lines."""
    return bend_of(page_ink(pixels))


def bend_of(page: PageInk) -> Polynomial | None:
    """The same for a page's dark pixels, in pixels of the page."""
    ink = page.points
    if len(ink) < BEND_MIN_POINTS:
        return None
    bend = Polynomial([0.0])
    for _ in range(ROUNDS):
        more = _slopes_fitted(_flat(ink, bend))
        if more is None:
            return None
        bend = bend + more.integ().convert()
    # What windows are too narrow to see: how the whole leans.
    bend = bend + Polynomial([0.0, np.tan(np.radians(lean_of(_flat(ink, bend))))])
    if not _is_worth(bend, ink, page.side):
        return None
    # From the thinned page's inside to the page's own pixels.
    return (bend(Polynomial([-page.inset * 1.0, page.scale])) / page.scale).convert()


def _flat(ink: Ink, course: Polynomial) -> Ink:
    """The points moved up by what their course hangs down."""
    return np.stack([ink[:, 0], ink[:, 1] - course(ink[:, 0])], axis=1).astype(np.float32)


def _slopes_fitted(ink: Ink) -> Polynomial | None:
    """The slopes of all windows that show one, smoothed."""
    low, high = float(ink[:, 0].min()), float(ink[:, 0].max())
    half = (high - low) * WINDOW_SHARE / 2
    places, slopes, weights = [], [], []
    for center in np.linspace(low + half, high - half, WINDOWS):
        window = ink[np.abs(ink[:, 0] - center) <= half]
        if len(window) >= BEND_MIN_POINTS:
            coarse = sharpest(window, np.arange(-MAX_SLOPE_DEGREES, MAX_SLOPE_DEGREES + 0.01, 0.5))
            degrees = sharpest(window, coarse + np.arange(-0.5, 0.51, 0.1))
            places.append(center)
            slopes.append(np.tan(np.radians(degrees)))
            weights.append(np.sqrt(len(window)))
    if len(places) < MIN_WINDOWS:
        return None
    return Polynomial.fit(places, slopes, DEGREE, w=weights)


def _is_worth(bend: Polynomial, ink: Ink, side: float) -> bool:
    """Whether lines leave their straight course visibly, and undoing it makes the windows' rows sharper."""
    xs = np.linspace(float(ink[:, 0].min()), float(ink[:, 0].max()), 60)
    course = bend(xs)
    straight = Polynomial.fit(xs, course, 1).convert()
    if float(np.abs(course - straight(xs)).max()) < LEAST * side:
        return False
    level = Polynomial([0.0, np.tan(np.radians(lean_of(ink)))])
    return _rows(ink, bend) > GAIN * max(_rows(ink, straight), _rows(ink, level))


def _rows(ink: Ink, course: Polynomial) -> float:
    """How sharp the rows of the windows are once the course is taken off."""
    flat = _flat(ink, course)
    edges = np.linspace(float(flat[:, 0].min()), float(flat[:, 0].max()), round(1 / WINDOW_SHARE) + 1)
    parts = (flat[(flat[:, 0] >= left) & (flat[:, 0] < right)] for left, right in itertools.pairwise(edges))
    return sum(sharpness(part, 0.0) for part in parts if len(part))


def mean_slope(bend: Polynomial, width: int) -> float:
    """Degrees by which the lines fall from the page's left edge to its right, as if they were straight."""
    xs = np.linspace(MARGIN * width, (1 - MARGIN) * width, 60)
    return float(np.degrees(np.arctan(Polynomial.fit(xs, bend(xs), 1).deriv()(0.0))))


def unbend(raster: Raster, bend: Polynomial) -> Raster:
    """The page with every column of pixels moved up by what it hangs down."""
    height, width = raster.pixels.shape
    down = bend(np.arange(width)).astype(np.float32)
    rows = np.arange(height, dtype=np.float32)
    across: npt.NDArray[np.float32] = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width)).copy()
    pixels = cv2.remap(
        raster.pixels,
        across,
        rows[:, None] + down[None, :],
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    back = Transform(bend=tuple(float(value) for value in bend.coef))
    return Raster(pixels=np.asarray(pixels, np.uint8), to_page=back.then(raster.to_page))
