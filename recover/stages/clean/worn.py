"""Worn pages told from good ones: only they gain by being restored, good ones lose their finest strokes."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from recover.model.raster import Pixels, Raster

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
