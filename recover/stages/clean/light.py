"""Light and dark: uneven light, black borders, white print on black, and worn pages told from good ones."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels, Raster

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


# Black borders that a copier leaves where the page ends: made white, so that they are neither print nor slant.

# Borders are broad; a picture this small shows them and no print.
BORDERS_SMALL_PX = 400
# Of 255: a copier's black, and the paper that must lie beside it.
BLACK, PAPER = 90, 150
# A border runs along most of an edge and reaches in by less than this share of the page.
MIN_RUN, MAX_DEPTH = 0.5, 0.15
WHITE = 255


def whiten_borders(pixels: Pixels) -> Pixels | None:
    """The page without its black borders; None when it has none."""
    scale = min(1.0, BORDERS_SMALL_PX / max(pixels.shape))
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


# White print on black turned into black print on white, for a page or for one line.

# Print covers a fifth of a line at most: where the middle grey is this dark, the paper is.
DARK = 110
# The page is looked at in a picture this small.
INVERSE_SMALL_PX = 200


def dark_on_light(line: Pixels) -> Pixels:
    """A line's picture with dark print."""
    return _negative(line) if line.size and float(np.median(line)) < DARK else line


def page_dark_on_light(page: Pixels) -> Pixels | None:
    """The page with dark print; None where it has that already."""
    scale = min(1.0, INVERSE_SMALL_PX / max(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _negative(page) if float(np.median(small)) < DARK else None


def _negative(pixels: Pixels) -> Pixels:
    return np.asarray(255 - pixels, np.uint8)


# Worn pages told from good ones: only they gain by being restored, good ones lose their finest strokes.

# Noise above which a page is worn: light wear measures 0.5, heavy wear 1.5, clean scans 0.
NOISY = 1.0
STEP = "restored"


def clear_print(
    straight: Raster, restore: Callable[[Pixels], Pixels], *, is_picture: bool = True
) -> tuple[Raster, tuple[str, ...]]:
    """The picture to read from, and what was done: a worn scan (``is_picture``) restored, any other page as it is."""
    if not is_picture or noise_level(straight.pixels) < NOISY:
        return straight, ()
    return Raster(pixels=restore(straight.pixels), to_page=straight.to_page), (STEP,)


def noise_level(pixels: Pixels) -> float:
    """The standard deviation of noise in grey levels (Immerkær's method, robust to print by its median)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    step = max(1, pixels.shape[0] // 1200)
    response = cv2.filter2D(pixels.astype(np.float32), cv2.CV_32F, kernel)[::step, ::step]
    return float(np.median(np.abs(response)) / 0.6745 / 6)
