"""Coloured stamps over print are taken off; coloured figures beside it, and coloured words in it, stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recover.model.raster import Pixels
from recover.stages.clean.stamps import Stamped, clear_stamps

RED, BLUE = (200, 40, 45), (40, 60, 200)


def page() -> Pixels:
    """Rows of black strokes as wide as the page."""
    picture = np.full((1400, 1000, 3), 255, np.uint8)
    for y in range(100, 1300, 32):
        for x in range(80, 920, 20):
            picture[y : y + 18, x : x + 4] = picture[y + 8 : y + 11, x : x + 16] = 20
    return picture


def cleared(picture: Pixels) -> Stamped | None:
    return clear_stamps(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8), picture)


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_stamp_goes_and_the_print_under_it_stays(colour: tuple[int, int, int]) -> None:
    clean, stamped = page(), page()
    cv2.circle(stamped, (520, 700), 110, colour, 8)
    cv2.line(stamped, (450, 700), (590, 700), colour, 10)
    stamped = np.minimum(stamped, clean)
    found = cleared(stamped)
    assert found is not None
    assert len(found.stamps) == 1
    grey = cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY)
    assert float(np.mean(np.abs(found.page.astype(int) - grey.astype(int)) > 90)) < 0.002


def test_a_coloured_figure_beside_text_stays() -> None:
    picture = page()
    picture[500:820, 400:760] = 255
    cv2.circle(picture, (580, 660), 120, BLUE, 6)
    cv2.line(picture, (420, 800), (740, 800), (0, 0, 0), 3)
    assert cleared(picture) is None


def test_coloured_words_and_plain_pages_stay() -> None:
    picture = page()
    part = picture[484:502, 200:330]
    part[part.max(axis=2) < 100] = RED
    assert cleared(picture) is None
    assert cleared(page()) is None
