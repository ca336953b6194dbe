"""Patches of ink outside of what was read: characters are found, dirt, rules and bullets are not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recover.model.geometry import Box, Transform
from recover.model.page import PageReading, Reading
from recover.model.raster import Pixels, Raster
from recover.stages.unread import find_patches, with_unread

SIZE = 30.0
LINE = Box(100, 100, 500, 134)


def page(*words: tuple[int, int, str]) -> Pixels:
    """A white page with words at their places (x, y)."""
    picture = Image.new("L", (800, 1000), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(SIZE)
    for x, y, text in words:
        draw.text((x, y), text, font=font, fill=0)
    return np.array(picture)


def test_print_outside_of_the_lines_is_found() -> None:
    pixels = page((100, 100, "read in a line"), (300, 700, "lost words"))
    (patch,) = find_patches(pixels, [LINE], SIZE)
    assert patch.count >= 5
    assert patch.box.y0 == pytest.approx(705, abs=15)
    assert patch.box.x0 == pytest.approx(300, abs=15)


def test_what_was_read_is_no_patch() -> None:
    assert not find_patches(page((100, 100, "read in a line")), [LINE], SIZE)
    assert not find_patches(page(), [], SIZE)


def test_dirt_rules_and_bullets_are_no_patches() -> None:
    pixels = page()
    pixels[500:503, 50:750] = 0
    pixels[300:800, 780:784] = 0
    pixels[600:608, 60:68] = 0
    for x in range(100, 600, 20):
        pixels[650:653, x : x + 3] = 0
    yy, xx = np.mgrid[:1000, :800]
    pixels[(yy - 400) ** 2 + (xx - 60) ** 2 < 10**2] = 0
    assert not find_patches(pixels, [], SIZE)


def reader(text: str, confidence: float) -> object:
    def read(images: Sequence[Pixels]) -> list[Reading]:
        confidences = (confidence,) * len(text)
        return [Reading(text=text, centers=(0.0,) * len(text), confidences=confidences) for _ in images]

    return read


def reading(pixels: Pixels, text: str, confidence: float) -> PageReading:
    half = Transform(a=0.5, e=0.5)
    blank = PageReading(index=0, width=400, height=500, dpi=144)
    return with_unread(blank, Raster(pixels=pixels, to_page=half), reader(text, confidence))  # type: ignore[arg-type]


def test_unread_print_is_told_with_its_place_and_what_a_reader_sees() -> None:
    found = reading(page((300, 700, "lost words")), "lost words", 0.95).rejected
    assert [(item.what, item.text) for item in found] == [("unread", "lost words")]
    assert found[0].box.x0 == pytest.approx(150, abs=8)


def test_ornaments_that_no_reader_reads_are_not_told() -> None:
    assert not reading(page((300, 700, "lost words")), "l0", 0.3).rejected


def test_a_dash_that_a_reader_takes_for_a_one_is_not_told() -> None:
    assert not reading(page((300, 700, "lost words")), "1", 0.99).rejected


def test_a_stack_of_characters_is_told_unread_and_the_broken_edge_of_a_page_is_not() -> None:
    column, edge = page(*((300, 400 + 34 * at, "W") for at in range(6))), page()
    for y in range(200, 700, 40):
        edge[y : y + 30, 790:796] = 60
    assert [(item.text, item.what) for item in reading(column, "ll", 0.3).rejected] == [("", "unread")]
    assert not reading(edge, "ll", 0.3).rejected
