"""Characters are measured without the rules and borders that their line's box reaches into."""

from __future__ import annotations

import numpy as np
import pytest

from recover.model.raster import Pixels
from recover.stages.ocr.ink import ink_mask, measure_ink

HEIGHT = 30


def line(*lefts: int, width: int) -> Pixels:
    """Characters 18 pixels wide, of an upright and two level strokes."""
    pixels = np.full((HEIGHT, width), 255, np.uint8)
    for left in lefts:
        pixels[7:25, left + 7 : left + 11] = 0
        pixels[7:10, left : left + 18] = pixels[21:25, left : left + 18] = 0
    return pixels


def edges(pixels: Pixels, text: str, *lefts: int) -> list[tuple[float, float]]:
    ink = measure_ink(pixels, [left + 9 for left in lefts], text)
    return list(zip(ink.lefts, ink.rights, strict=True))


@pytest.mark.parametrize("rows", [slice(0, 3), slice(26, 30), slice(24, 27)])
def test_a_rule_above_below_or_touching_the_characters_is_none_of_them(rows: slice) -> None:
    lefts = (4, 28, 90, 114)
    pixels = line(*lefts, width=140)
    pixels[rows] = 0
    assert edges(pixels, "编号密度", *lefts) == [(left, left + 18) for left in lefts]


@pytest.mark.parametrize("rows", [slice(0, 2), slice(27, 30)])
def test_so_is_one_from_end_to_end_of_a_short_box(rows: slice) -> None:
    pixels = line(6, 30, width=54)
    pixels[rows] = 0
    assert edges(pixels, "密度", 6, 30) == [(6, 24), (30, 48)]


@pytest.mark.parametrize("border", [slice(70, 73), slice(76, 78)])
def test_a_border_of_the_cell_is_none_of_the_last_character(border: slice) -> None:
    pixels = line(4, 28, 48, width=80)
    pixels[:, border] = 0
    assert edges(pixels, "含水率", 4, 28, 48)[-1] == (48, 66)
    assert edges(pixels[:, ::-1].copy(), "含水率", 14, 34, 58)[0] == (14, 32)


def test_dashes_and_strokes_of_characters_stay() -> None:
    dash = np.full((HEIGHT, 60), 255, np.uint8)
    dash[14:16] = 0
    assert ink_mask(dash)[14:16].all()
    # A stroke as high as the box, with no white behind it; one that is not as high.
    joined, lower = line(4, 28, width=50), line(4, 28, width=50)
    joined[:, 4:7] = lower[4:27, 1:3] = 0
    assert ink_mask(joined)[:, 4:7].all()
    assert ink_mask(lower)[4:27, 1:3].all()
