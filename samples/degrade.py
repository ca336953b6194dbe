"""What a scanner and a copier do to a clean page: skew, blur, faded ink, uneven light, noise, dirt."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

_PAPER = 255


class Wear(msgspec.Struct, frozen=True, kw_only=True):
    """``contrast`` 1 keeps the ink; ``shading`` is the light lost in the darkest place; ``jpeg`` spans qualities."""

    skew_deg: float = 0.0
    blur_px: float = 0.0
    contrast: float = 1.0
    noise: float = 0.0
    shading: float = 0.0
    speckles_per_megapixel: float = 0.0
    jpeg: tuple[int, int] = (90, 90)


WEARS = {
    "clean": Wear(),
    "light": Wear(skew_deg=0.8, blur_px=0.6, noise=6, jpeg=(60, 66)),
    "heavy": Wear(
        skew_deg=1.3, blur_px=1.3, contrast=0.65, noise=16, shading=0.2, speckles_per_megapixel=120, jpeg=(35, 35)
    ),
}


class WornPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as scanned, with the angle it was turned by (counter-clockwise, about its centre)."""

    image: Gray
    turned_deg: float
    jpeg_quality: int


def degrade(page: Gray, wear: Wear, seed: int) -> WornPage:
    """The same seed gives the same page; the page leans left or right by the full skew."""
    rng = np.random.default_rng(seed)
    turned = wear.skew_deg * float(rng.choice((-1, 1)))
    ink: NDArray[np.float64] = _turn(page, turned).astype(np.float64)
    if wear.blur_px:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), wear.blur_px), np.float64)
    ink = (_PAPER - (_PAPER - ink) * wear.contrast) * _light(ink.shape, wear.shading, rng)
    ink += rng.normal(0, wear.noise, ink.shape)
    image = _speckle(np.clip(ink, 0, 255).astype(np.uint8), wear.speckles_per_megapixel, rng)
    low, high = wear.jpeg
    return WornPage(image=image, turned_deg=turned, jpeg_quality=int(rng.integers(low, high + 1)))


def _turn(page: Gray, degrees: float) -> Gray:
    if not degrees:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_PAPER)
    return np.asarray(turned, np.uint8)


def _light(shape: tuple[int, ...], loss: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A smooth field from 1 down to ``1 - loss``, from a few random values over the page."""
    coarse = rng.random((3, 3))
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    field = (field - field.min()) / (field.max() - field.min())
    return np.asarray(1 - loss * field, np.float64)


def _speckle(image: Gray, per_megapixel: float, rng: np.random.Generator) -> Gray:
    count = int(per_megapixel * image.size / 1e6)
    ys, xs = rng.integers(0, image.shape[0], count), rng.integers(0, image.shape[1], count)
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        cv2.circle(image, (x, y), int(rng.integers(1, 3)), int(rng.choice((40, 255), p=(0.7, 0.3))), -1)
    return image
