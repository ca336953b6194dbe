"""Vertical text beside horizontal text is told from titles and from the labels of a chart's axis."""

from __future__ import annotations

from recover.model.geometry import Box
from recover.stages.order import standing_blocks, standing_titles

EM = 10.0


def column(x: float, high: float, y: float = 0.0, wide: float = 11.0) -> Box:
    return Box(x, y, x + wide, y + high)


def test_columns_are_read_from_the_right_with_their_pieces() -> None:
    boxes = [column(0, 130), column(20, 150), column(41, 10), column(40, 140, y=12), column(21, 8, y=150)]
    assert standing_blocks(boxes, EM) == [(2, 3, 1, 4, 0)]
    assert standing_titles(boxes, EM) == []


def test_labels_of_an_axis_and_a_single_title_are_none() -> None:
    labels = [column(at * 20, 50 + 3 * at) for at in range(6)]
    assert standing_blocks([*labels, column(300, 180, wide=16)], EM) == []
    assert standing_titles([*labels, column(300, 180, wide=16)], EM) == [6]


def test_columns_far_apart_are_labels_of_two_charts() -> None:
    assert standing_blocks([column(0, 120), column(200, 120)], EM) == []
