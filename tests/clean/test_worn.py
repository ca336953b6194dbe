"""Worn pages are restored, good ones read as they are."""

from __future__ import annotations

import numpy as np

from recover.model.geometry import Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.light import clear_print, noise_level


def raster(noise: float) -> Raster:
    page = np.full((300, 400), 230, np.float32)
    page[100:110] = 60
    page += np.random.default_rng(1).normal(0, noise, page.shape)
    return Raster(pixels=np.clip(page, 0, 255).astype(np.uint8), to_page=Transform(e=7))


def inverted(pixels: Pixels) -> Pixels:
    """A restorer whose work is easily told."""
    return 255 - pixels


def test_a_good_page_is_read_as_it_is() -> None:
    page = raster(0.5)
    assert clear_print(page, inverted) == (page, ())


def test_a_worn_page_is_restored_in_its_place() -> None:
    page = raster(16)
    clear, steps = clear_print(page, inverted)
    assert np.array_equal(clear.pixels, 255 - page.pixels)
    assert clear.to_page == page.to_page
    assert steps == ("restored",)


def test_drawn_type_is_never_restored() -> None:
    page = raster(16)
    assert clear_print(page, inverted, is_picture=False) == (page, ())


def test_noise_is_measured_beside_print() -> None:
    levels = [noise_level(raster(noise).pixels) for noise in (0, 4, 8, 16)]
    assert levels == sorted(levels)
    assert levels[0] == 0
