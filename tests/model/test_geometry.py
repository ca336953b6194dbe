"""Laws of boxes and of the maps between a raster and its page."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.geometry import Box, Transform, enclose, overlap

NUMBER = st.floats(-2000, 2000)
BOX = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), NUMBER, NUMBER, st.floats(0, 2000), st.floats(0, 2000))


def turned(scale: float, degrees: float, x: float, y: float) -> Transform:
    cos, sin = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    return Transform(cos, -sin, x, sin, cos, y)


# What happens to a page: enlarged, turned by quarters or by a degree, moved.
MAP = st.builds(turned, st.floats(0.05, 20), st.floats(-360, 360), NUMBER, NUMBER)


@given(MAP, NUMBER, NUMBER)
def test_a_map_and_its_inverse_lead_back(there: Transform, x: float, y: float) -> None:
    assert there.inverse().point(*there.point(x, y)) == pytest.approx((x, y), abs=1e-5)
    assert there.then(there.inverse()).point(x, y) == pytest.approx((x, y), abs=1e-5)


@given(MAP, MAP, NUMBER, NUMBER)
def test_then_applies_the_first_first(first: Transform, second: Transform, x: float, y: float) -> None:
    assert first.then(second).point(x, y) == pytest.approx(second.point(*first.point(x, y)), rel=1e-6, abs=1e-4)


@given(MAP, MAP, MAP, NUMBER, NUMBER)
def test_chains_need_no_brackets(a: Transform, b: Transform, c: Transform, x: float, y: float) -> None:
    assert a.then(b).then(c).point(x, y) == pytest.approx(a.then(b.then(c)).point(x, y), rel=1e-6, abs=1e-3)


@given(BOX, NUMBER, NUMBER)
def test_doing_nothing_changes_nothing(box: Box, x: float, y: float) -> None:
    assert Transform().point(x, y) == (x, y)
    assert Transform().box(box) == box
    assert Transform().inverse().point(x, y) == (x, y)


@given(MAP, BOX, st.floats(0, 1), st.floats(0, 1))
def test_the_image_of_a_box_holds_the_images_of_its_points(there: Transform, box: Box, u: float, v: float) -> None:
    x, y = there.point(box.x0 + u * box.width, box.y0 + v * box.height)
    image = there.box(box)
    assert image.x0 - 1e-6 <= x <= image.x1 + 1e-6
    assert image.y0 - 1e-6 <= y <= image.y1 + 1e-6


def test_a_map_that_flattens_has_no_inverse() -> None:
    with pytest.raises(ZeroDivisionError):
        Transform(a=0, e=1).inverse()


@given(BOX, BOX)
def test_intersections_are_symmetric_and_no_larger_than_either(one: Box, other: Box) -> None:
    shared = one.intersection(other)
    assert shared == other.intersection(one)
    assert 0 <= shared <= min(one.area, other.area) + 1e-6


@given(BOX)
def test_a_box_shares_all_of_itself(box: Box) -> None:
    assert box.intersection(box) == pytest.approx(box.area)


@given(st.tuples(NUMBER, NUMBER, NUMBER).map(sorted))
def test_touching_is_not_sharing(edges: list[float]) -> None:
    start, middle, end = edges
    assert overlap(start, middle, middle, end) == 0


@given(st.lists(BOX, min_size=1, max_size=6))
def test_enclosing_keeps_every_box_and_nothing_more(boxes: list[Box]) -> None:
    whole = enclose(boxes)
    assert all(whole.intersection(box) == pytest.approx(box.area) for box in boxes)
    assert {whole.x0, whole.y0, whole.x1, whole.y1} <= {
        edge for box in boxes for edge in (box.x0, box.y0, box.x1, box.y1)
    }


def test_nothing_has_no_enclosure() -> None:
    with pytest.raises(ValueError, match=r".+"):
        enclose(())
