"""Watermarks and white print on black."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recover.model.raster import Pixels
from recover.stages.clean.light import dark_on_light, page_dark_on_light
from recover.stages.clean.watermark import clear_watermark, level_mark

TONE = 175


def page(*, marked: bool) -> Pixels:
    image = Image.new("L", (1240, 1754), 250)
    if marked:
        mark = Image.new("L", (1500, 220), 250)
        ImageDraw.Draw(mark).text((40, 20), "SPECIMEN", fill=TONE, font=ImageFont.load_default(170))
        image.paste(mark.rotate(35, expand=True, fillcolor=250), (0, 300))
    drawing = ImageDraw.Draw(image)
    for row in range(40):
        drawing.text(
            (120, 150 + 36 * row), "the quick brown fox jumps over it " * 2, fill=25, font=ImageFont.load_default(22)
        )
    return np.asarray(image, np.uint8)


def test_a_watermark_goes_and_the_print_on_it_stays() -> None:
    marked, plain = page(marked=True), page(marked=False)
    cleared = clear_watermark(marked)
    assert cleared is not None
    assert abs(cleared.watermark.tone - TONE) < 10
    assert (np.abs(marked.astype(int) - TONE) < 10).sum() > 20_000
    left = (np.abs(cleared.page.astype(int) - TONE) < 10).sum() - (np.abs(plain.astype(int) - TONE) < 10).sum()
    assert left < 2_000
    assert ((cleared.page < 120) != (plain < 120)).sum() < 0.1 * (plain < 120).sum()


def test_a_page_without_a_watermark_stays_as_it_is() -> None:
    assert clear_watermark(page(marked=False)) is None


def test_white_on_black_is_turned_round() -> None:
    plain = page(marked=False)
    turned = page_dark_on_light(np.asarray(255 - plain, np.uint8))
    assert turned is not None
    assert np.array_equal(turned, plain)
    assert page_dark_on_light(plain) is None
    assert np.array_equal(dark_on_light(np.asarray(255 - plain[150:186], np.uint8)), plain[150:186])


def test_of_small_words_all_over_the_page_one_is_shown_level() -> None:
    tiles = Image.new("L", (1800, 2400), 250)
    for y in range(0, 2400, 260):
        for x in range(0, 1800, 380):
            ImageDraw.Draw(tiles).text((x, y), "Draft only", fill=TONE, font=ImageFont.load_default(46))
    mark = np.asarray(tiles.rotate(25, fillcolor=250).crop((280, 320, 1520, 2074)), np.uint8)
    cleared = clear_watermark(np.minimum(page(marked=False), mark))
    assert cleared is not None
    assert cleared.watermark.box.height > 1500
    height, width = level_mark(cleared).shape
    assert height < 100
    assert width < 320


@pytest.mark.parametrize("height", [26, 44])
def test_grey_words_that_nothing_is_printed_over_are_text(height: int) -> None:
    image = Image.fromarray(page(marked=False))
    drawing = ImageDraw.Draw(image)
    for row in range(3):
        drawing.rectangle((0, 250 + 400 * row, 1240, 330 + 400 * row), fill=250)
        drawing.text((120, 260 + 400 * row), "A grey heading", fill=TONE, font=ImageFont.load_default(height))
    assert clear_watermark(np.asarray(image, np.uint8)) is None
