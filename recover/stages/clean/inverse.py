"""White print on black turned into black print on white, for a page or for one line."""

from __future__ import annotations

import cv2
import numpy as np

from recover.model.raster import Pixels

# Print covers a fifth of a line at most: where the middle grey is this dark, the paper is.
DARK = 110
# The page is looked at in a picture this small.
SMALL_PX = 200


def dark_on_light(line: Pixels) -> Pixels:
    """A line's picture with dark print."""
    return _negative(line) if line.size and float(np.median(line)) < DARK else line


def page_dark_on_light(page: Pixels) -> Pixels | None:
    """The page with dark print; None where it has that already."""
    scale = min(1.0, SMALL_PX / max(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _negative(page) if float(np.median(small)) < DARK else None


def _negative(pixels: Pixels) -> Pixels:
    return np.asarray(255 - pixels, np.uint8)
