"""Sizes that a page may have, and none."""

import math

import pytest

from recover.model.geometry import shape_fault


@pytest.mark.parametrize("size", [(595, 842), (14_400, 3000), (9921, 7016), (200, 10_000), (50, 50)])
def test_pages_of_print_may_be(size: tuple[float, float]) -> None:
    assert shape_fault(*size) == ""


@pytest.mark.parametrize("size", [(3_000_000, 20), (14_400, 14_400), (0, 842), (-5, 5), (math.nan, 5), (math.inf, 5)])
def test_others_may_not(size: tuple[float, float]) -> None:
    assert "page" in shape_fault(*size)
