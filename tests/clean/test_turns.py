"""Quarter turns and black borders."""

from __future__ import annotations

import numpy as np
import pytest

from recover.model.geometry import Box, Transform
from recover.model.raster import Raster
from recover.stages.clean.light import whiten_borders
from recover.stages.clean.straighten import choose_turn, is_standing, make_upright, turn


def printed_page() -> np.ndarray:
    """White paper with dark bars for lines."""
    page = np.full((600, 420), 245, np.uint8)
    for y in range(80, 520, 30):
        page[y : y + 12, 60:360] = 40
    return page


def raster(pixels: np.ndarray) -> Raster:
    return Raster(pixels=pixels, to_page=Transform(a=0.5, e=0.5))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_raster_leads_back_to_the_page(degrees: int) -> None:
    pixels = printed_page()
    pixels[10:14, 20:24] = 0
    turned = turn(raster(pixels), degrees)
    assert turned.pixels.shape == (pixels.shape if degrees == 180 else pixels.T.shape)
    rows, columns = np.nonzero(turned.pixels == 0)
    x, y = turned.to_page.point(columns.mean() + 0.5, rows.mean() + 0.5)
    assert (x, y) == pytest.approx((11, 6))


def test_a_turn_is_believed_only_when_lines_read_better() -> None:
    page = raster(printed_page())
    assert choose_turn(page, 90, lambda seen: float(seen.width > seen.height)) == 90
    assert choose_turn(page, 90, lambda seen: float(seen.width < seen.height)) == 0
    assert choose_turn(page, 0, lambda _: pytest.fail("nothing to compare")) == 0


def test_standing_print_is_recognised() -> None:
    lying = [Box(0, 20 * at, 300, 20 * at + 12) for at in range(8)]
    standing = [Box(20 * at, 0, 20 * at + 12, 300) for at in range(8)]
    assert is_standing(standing)
    assert not is_standing(lying)


def test_black_borders_become_white_and_print_stays() -> None:
    page = printed_page()
    page[:, :25] = 10
    page[-20:] = 15
    cleaned = whiten_borders(page)
    assert cleaned is not None
    assert cleaned[:, :25].min() == 255
    assert np.array_equal(cleaned[80:500, 60:360], page[80:500, 60:360])


def test_a_page_without_borders_is_left_alone() -> None:
    page = printed_page()
    assert whiten_borders(page) is None
    page[:60, 100:200] = 10  # a picture that touches the edge
    assert whiten_borders(page) is None


def test_steps_are_recorded() -> None:
    page = printed_page()
    page[:, -25:] = 10
    _, condition = make_upright(raster(page))
    assert condition.steps[0] == "borders removed"
