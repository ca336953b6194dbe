"""Columns that end and begin at different heights, with a float between that hangs over both gutters."""

from __future__ import annotations

from recover.model.geometry import Box
from recover.stages.order import order_columns

EM = 10.0


def column(x0: float, x1: float, top: float, count: int) -> list[Box]:
    return [Box(x0, top + 14 * row, x1, top + 14 * row + 10) for row in range(count)]


def test_a_column_that_begins_beside_a_float_is_read_with_the_columns_below() -> None:
    upper_left, upper_right = column(40, 190, 40, 12), column(210, 360, 40, 12)
    figure = [Box(40, 220, 262, 330)]
    lower_left, lower_right = column(110, 240, 340, 14), column(262, 360, 226, 22)
    true_order = [*upper_left, *upper_right, *figure, *lower_left, *lower_right]
    columns = order_columns(true_order, EM)
    assert [index for found in columns for index in found] == list(range(len(true_order)))
