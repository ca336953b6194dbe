"""Wear at random: what scanners, copiers and JPEG do, each over a wide range, then what the cleaning undoes of it."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.restoration.lines import LineBox, typeset
from samples.degrade import Gray

Floats = NDArray[np.float32]
WHITE = 255
# The share of patches scanned at so few dots that they must be enlarged, and how far.
LOW_SHARE, LOW = 0.3, (1.25, 2.2)


def worn_patch(chance: random.Random, height: int, width: int) -> tuple[Gray, Gray, tuple[LineBox, ...]]:
    """A worn patch, the clean one it was made from, and the lines that lie in it whole."""
    edge = max(16, width // 20)
    clean, boxes = typeset(chance, height + 2 * edge, width + 2 * edge)
    worn = _enlarged_scan(chance, clean) if chance.random() < LOW_SHARE else _straight_scan(chance, clean, 1.0)
    inside = np.s_[edge : edge + height, edge : edge + width]
    moved = (LineBox(box.top - edge, box.bottom - edge) for box in boxes)
    whole = tuple(box for box in moved if box.top > 0 and box.bottom < height)
    return np.ascontiguousarray(_evened(chance, worn)[inside]), np.ascontiguousarray(clean[inside]), whole


def _enlarged_scan(chance: random.Random, clean: Gray) -> Gray:
    height, width = clean.shape
    factor = chance.uniform(*LOW)
    small = cv2.resize(clean, (round(width / factor), round(height / factor)), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(_straight_scan(chance, small, 0.6), (width, height), interpolation=cv2.INTER_CUBIC), np.uint8
    )


def _straight_scan(chance: random.Random, clean: Gray, strength: float) -> Gray:
    """Scanned askew and turned back, not quite right."""
    degrees = chance.uniform(-2, 2) if chance.random() < 0.8 else 0.0
    worn = _copied(chance, _blurred(chance, _turned(clean, degrees, WHITE), strength))
    return _turned(worn, -degrees + chance.gauss(0, 0.04), int(np.median(worn))) if degrees else worn


def _turned(image: Gray, degrees: float, paper: int) -> Gray:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper), np.uint8
    )


def _blurred(chance: random.Random, image: Gray, strength: float) -> Floats:
    if chance.random() < 0.15:  # ink that spread, or didn't take
        spread = cv2.erode if chance.random() < 0.5 else cv2.dilate
        image = np.asarray(spread(image, np.ones((2, 2), np.uint8)), np.uint8)
    ink = image.astype(np.float32)
    sigma = chance.uniform(0, 1.9) * strength
    if sigma <= 0.2:
        return ink
    return np.asarray(
        cv2.GaussianBlur(ink, (0, 0), sigma, sigmaY=sigma * chance.choice([1, 1, 1, 0.6, 1.4])), np.float32
    )


def _copied(chance: random.Random, ink: Floats) -> Gray:
    """Faded, shaded, noisy, speckled, now and then black and white, and compressed."""
    dice = np.random.default_rng(chance.getrandbits(32))
    faded = WHITE - (WHITE - ink) * chance.uniform(0.45, 1)
    coarse = dice.random((2, 2), dtype=np.float32)
    shade = cv2.resize(coarse, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_CUBIC)
    noisy = faded * (chance.uniform(0.7, 1) + chance.uniform(0, 0.08) * shade) + _noise(chance, dice, ink)
    image = np.clip(noisy, 0, WHITE).astype(np.uint8)
    _speckle(chance, image)
    if chance.random() < 0.05:
        image = np.where(image > chance.randint(110, 200), WHITE, 0).astype(np.uint8)
    quality = chance.randint(25, chance.choice([60, 95]))
    return np.asarray(
        cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE),
        np.uint8,
    )


def _noise(chance: random.Random, dice: np.random.Generator, ink: Floats) -> Floats:
    noise = dice.normal(0, 1, ink.shape).astype(np.float32)
    if chance.random() < 0.2:  # grains larger than a pixel
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), chance.uniform(0.4, 1.0)), np.float32)
        noise /= noise.std()
    if chance.random() < 0.2:  # light's own noise: less of it in the dark
        noise *= np.sqrt(np.maximum(ink, 20) / WHITE)
    return noise * np.float32(chance.choice([chance.uniform(0, 24), chance.uniform(8, 22)]))


def _speckle(chance: random.Random, image: Gray) -> None:
    per_megapixel = chance.choice([0, 60, 120, 250])
    for _ in range(int(per_megapixel * image.size / 1e6 + chance.random())):
        place = (chance.randrange(image.shape[1]), chance.randrange(image.shape[0]))
        cv2.circle(image, place, chance.randint(1, 2), chance.choice([40, 40, 255, 0, 120]), -1)


def _evened(chance: random.Random, worn: Gray) -> Gray:
    """What flattening makes of it, where a page is flattened."""
    if chance.random() > 0.6:
        return worn
    paper = max(40.0, float(np.percentile(cv2.GaussianBlur(worn, (0, 0), 3), 90)))
    return np.clip(worn.astype(np.float32) * (245 / paper), 0, WHITE).astype(np.uint8)
