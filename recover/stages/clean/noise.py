"""How noisy a page is."""

from __future__ import annotations

import cv2
import numpy as np

from recover.model.raster import Pixels


def noise_level(pixels: Pixels) -> float:
    """The standard deviation of noise in grey levels (Immerkær's method, robust to print by its median)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    step = max(1, pixels.shape[0] // 1200)
    response = cv2.filter2D(pixels.astype(np.float32), cv2.CV_32F, kernel)[::step, ::step]
    return float(np.median(np.abs(response)) / 0.6745 / 6)
