"""Bent lines are measured and made flat, straight ones are left alone, and every place leads back to the page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.geometry import Box, Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.bend import measure_bend
from recover.stages.clean.straighten import make_upright

HEIGHT, WIDTH, LINE = 1400, 1000, 26


def printed() -> Pixels:
    """Two columns of words, their rows not level with each other."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    words = "stem cells of the spinal cord survive"
    for left, first in ((80, 100), (520, 109)):
        for top in range(first, HEIGHT - 80, LINE):
            cv2.putText(page, words, (left, top), cv2.FONT_HERSHEY_SIMPLEX, 0.62, 0, 1, cv2.LINE_AA)
    return page


def bent(page: Pixels, down: np.ndarray) -> Pixels:
    """The page with each column of pixels moved down."""
    across = np.broadcast_to(np.arange(WIDTH, dtype=np.float32), page.shape).copy()
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None] - down.astype(np.float32)[None, :]
    return np.asarray(cv2.remap(page, across, rows, cv2.INTER_CUBIC, borderValue=255), np.uint8)


def arc(depth: float) -> np.ndarray:
    return depth * np.sin(np.pi * np.arange(WIDTH) / WIDTH)


def spine(depth: float) -> np.ndarray:
    return depth * np.exp(-np.arange(WIDTH) / (0.15 * WIDTH))


@pytest.mark.parametrize("lean", [0.0, 0.004, -0.01])
def test_straight_lines_have_no_bend(lean: float) -> None:
    assert measure_bend(bent(printed(), lean * np.arange(WIDTH))) is None


def test_an_empty_page_has_none() -> None:
    assert measure_bend(np.full((HEIGHT, WIDTH), 255, np.uint8)) is None


@pytest.mark.parametrize("down", [arc(14), arc(-22), spine(18), arc(12) + 0.01 * np.arange(WIDTH)])
def test_a_bend_is_found_to_a_few_pixels(down: np.ndarray) -> None:
    found = measure_bend(bent(printed(), down))
    assert found is not None
    inside = np.arange(100, 850)
    off = found(inside) - down[inside]
    assert np.ptp(off) < 0.25 * LINE


@pytest.mark.parametrize("down", [arc(18), arc(-12) + 0.012 * np.arange(WIDTH)])
def test_a_bent_page_becomes_flat_and_its_places_lead_back(down: np.ndarray) -> None:
    flat, condition = make_upright(Raster(pixels=bent(printed(), down), to_page=Transform(a=0.5, e=0.5)))
    assert "unbent" in condition.steps
    dark = flat.pixels < 128
    rows = dark[:, 100:480].sum(axis=1)
    assert (rows == 0).sum() > 0.25 * rows.size, "white must part the lines of a column again"
    for x, y in ((120, 300), (400, 700), (880, 1200)):
        top = 100 + LINE * round((y - 100) / LINE)
        back = flat.to_page.inverse().point(x * 0.5, (top + down[x]) * 0.5)
        assert flat.to_page.point(*back) == pytest.approx((x * 0.5, (top + down[x]) * 0.5), abs=1e-6)


small = st.floats(-0.05, 0.05)


@given(st.floats(0.2, 5), small, small, st.tuples(st.floats(-9, 9), small, st.floats(-1e-4, 1e-4)))
def test_maps_with_bends_compose_and_invert(scale: float, b: float, d: float, bend: tuple[float, ...]) -> None:
    place = Transform(bend=bend).then(Transform(a=1, b=b, c=3, d=d, e=1, f=-2)).then(Transform(a=scale, e=scale))
    whole = Transform(a=1 / scale, c=1, e=1 / scale, f=2).then(place)
    x, y = 40.0, 70.0
    step = Transform(a=1 / scale, c=1, e=1 / scale, f=2).point(x, y)
    assert whole.point(x, y) == pytest.approx(place.point(*step), abs=1e-6)
    assert whole.inverse().point(*whole.point(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_a_bent_line_is_enclosed_where_it_hangs_lowest() -> None:
    box = Transform(bend=(0.0, 0.4, -0.004)).box(Box(0, 0, 100, 10))
    assert (box.y0, box.y1) == pytest.approx((0.0, 20.0))


def test_a_bend_behind_a_turn_is_refused() -> None:
    with pytest.raises(ValueError, match="bend"):
        Transform(b=0.1).then(Transform(bend=(0.0, 0.1)))
