"""The page as the layout network likes it: it was trained on clean pages and sees one big figure in a noisy one."""

from __future__ import annotations

import cv2
import numpy as np

from recover.model.raster import Pixels

# Noise above which the page is cleaned for the network: light wear measures 0.5, heavy wear 1.5, clean scans 0.
NOISY = 1.0
BLUR_PX_AT_A4 = 1.2
A4_WIDTH_PX = 1654


def layout_view(pixels: Pixels) -> Pixels:
    """The same page, evened out, smoothed and stretched to black on white where it is noisy."""
    if noise_level(pixels) < NOISY:
        return pixels
    sigma = BLUR_PX_AT_A4 * max(0.5, pixels.shape[1] / A4_WIDTH_PX)
    smooth = cv2.GaussianBlur(_flat(pixels), (0, 0), sigma)
    black, paper = np.percentile(smooth, 1), np.percentile(smooth, 60) - 15
    stretched = (smooth.astype(np.float32) - black) * (255.0 / max(1.0, paper - black))
    clean: Pixels = np.clip(stretched, 0, 255).astype(np.uint8)
    return clean


def noise_level(pixels: Pixels) -> float:
    """The standard deviation of noise in grey levels (Immerkær's method, robust to print by its median)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    step = max(1, pixels.shape[0] // 1200)
    response = cv2.filter2D(pixels.astype(np.float32), cv2.CV_32F, kernel)[::step, ::step]
    return float(np.median(np.abs(response)) / 0.6745 / 6)


def _flat(pixels: Pixels) -> Pixels:
    height, width = pixels.shape
    small = cv2.resize(pixels, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 31), (width, height)).astype(np.float32)
    flat: Pixels = np.clip(pixels.astype(np.float32) * 255 / np.maximum(paper, 1), 0, 255).astype(np.uint8)
    return flat
