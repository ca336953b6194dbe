"""A mesh leads to another plane and back, also joined with other maps."""

from __future__ import annotations

import pytest

from recover.model.geometry import Mesh, Transform

COLUMNS, ROWS, STEP = 12, 9, 10.0


def bowl() -> Mesh:
    knots = [(STEP * column, STEP * row) for row in range(ROWS) for column in range(COLUMNS)]
    xs = tuple(5 + x + 0.1 * y for x, y in knots)
    ys = tuple(7 + y + 0.002 * (x - 50) ** 2 - 0.05 * x for x, y in knots)
    return Mesh(COLUMNS, STEP, STEP, xs, ys)


@pytest.mark.parametrize("place", [(0.0, 0.0), (33.0, 41.5), (99.0, 70.0), (109.0, 79.0)])
def test_a_place_is_found_again(place: tuple[float, float]) -> None:
    assert bowl().back(*bowl().point(*place)) == pytest.approx(place, abs=0.01)


def test_knots_lie_where_they_are_said_to() -> None:
    assert bowl().point(20.0, 30.0) == pytest.approx((28.0, 7 + 30 + 1.8 - 1.0))


@pytest.mark.parametrize("place", [(10.0, 20.0), (40.0, 25.0)])
def test_maps_join_before_and_after_a_mesh(place: tuple[float, float]) -> None:
    before, through = Transform(a=2, e=2, c=1), Transform(mesh=bowl())
    after = Transform(a=0, b=1, d=-1, e=0, f=80)
    joined = before.then(through).then(after)
    assert joined.point(*place) == pytest.approx(after.point(*through.point(*before.point(*place))))
    assert joined.inverse().point(*joined.point(*place)) == pytest.approx(place, abs=0.01)


def test_a_mesh_and_its_own_way_back_cancel() -> None:
    there = Transform(a=2, e=2, mesh=bowl())
    assert Transform(c=4).then(there).then(there.inverse()) == Transform(c=4)


def test_a_bend_cannot_follow_a_mesh() -> None:
    with pytest.raises(ValueError, match="follow a mesh"):
        Transform(mesh=bowl()).then(Transform(bend=(0.0, 0.1)))
