"""The two pictures of a page that are read: the one its wear asks for, and the other for a second look."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np

from recover.model.geometry import Box
from recover.model.raster import Pixels, Raster
from recover.stages.clean.noise import noise_level

# Noise above which the whole page is restored: light wear measures 0.5, heavy wear 1.5, clean scans 0.
NOISY = 1.0
# What the restorer sees around a line.
AROUND_PX = 24

Restorer = Callable[[Pixels], Pixels]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """``first`` is what lines are found in and read from; ``again`` cuts a line out of the other picture."""

    first: Raster
    again: Callable[[Box], Pixels]
    is_restored: bool = False


def take_pictures(straight: Raster, restore: Restorer, *, is_picture: bool = True) -> Pictures:
    """A worn page is restored and its scan kept for the second look; of a good one only doubtful lines are restored."""
    if is_picture and noise_level(straight.pixels) >= NOISY:
        restored = Raster(pixels=restore(straight.pixels), to_page=straight.to_page)
        return Pictures(first=restored, again=straight.crop, is_restored=True)
    return Pictures(first=straight, again=lambda box: _restored_crop(straight, box, restore))


def _restored_crop(straight: Raster, box: Box, restore: Restorer) -> Pixels:
    line = straight.crop(box)
    if line.size == 0:
        return line
    wide = straight.crop(Box(box.x0 - AROUND_PX, box.y0 - AROUND_PX, box.x1 + AROUND_PX, box.y1 + AROUND_PX))
    left = int(max(0, box.x0)) - max(0, int(box.x0 - AROUND_PX))
    top = int(max(0, box.y0)) - max(0, int(box.y0 - AROUND_PX))
    height, width = line.shape
    return np.ascontiguousarray(restore(wide)[top : top + height, left : left + width])
