"""A line's box is drawn out to the stop that ends it, and to nothing else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recover.model.geometry import Box
from recover.model.raster import Pixels
from recover.stages.ocr.boxes import SPECK, bare_ink, part_overlaps, reach_stops

LINE = Box(20, 20, 100, 50)


def page() -> Pixels:
    """Characters up to the line's end."""
    image = np.full((80, 200), 255, np.uint8)
    for left in range(22, 98, 26):
        cv2.rectangle(image, (left, 24), (left + 20, 46), 0, 3)
    return image


def reached(image: Pixels, *others: Box) -> float:
    return reach_stops([LINE, *others], bare_ink(image, 30, SPECK))[0].x1


def test_a_stop_behind_the_last_character_is_reached() -> None:
    image = page()
    cv2.circle(image, (108, 42), 4, 0, 2)
    assert 112 <= reached(image) <= 118


@pytest.mark.parametrize("below", [Box(80, 47, 140, 77), Box(64, 44, 90, 70)])
def test_a_line_below_that_begins_before_the_stop_hides_it_not(below: Box) -> None:
    """Its box reaches a little into this one's."""
    image = page()
    cv2.circle(image, (108, 42), 4, 0, 2)
    assert 112 <= reached(image, below) <= 118


@pytest.mark.parametrize("top", [22, 47])
def test_a_rule_that_runs_on_is_none(top: int) -> None:
    image = page()
    cv2.line(image, (0, top), (200, top), 0, 2)
    assert reached(image) == LINE.x1


def test_dust_is_none_and_neither_is_the_next_line() -> None:
    image = page()
    cv2.circle(image, (108, 42), 1, 0, -1)
    assert reached(image) == LINE.x1
    neighbour = page()
    cv2.rectangle(neighbour, (112, 24), (132, 46), 0, 3)
    assert reached(neighbour, Box(110, 20, 180, 50)) == LINE.x1


def test_white_stays_white() -> None:
    assert reached(page()) == LINE.x1


def shapes(*lefts: int) -> Pixels:
    image = np.full((80, 240), 255, np.uint8)
    for left in lefts:
        cv2.rectangle(image, (left, 24), (left + 20, 46), 0, 3)
    return image


@pytest.mark.parametrize("rule", [None, 20])
def test_boxes_that_overlap_part_at_the_white_between_characters(rule: int | None) -> None:
    image = shapes(22, 50, 90, 118)
    if rule:
        cv2.line(image, (0, rule), (240, rule), 0, 1)
    left, right = part_overlaps([Box(20, 18, 92, 50), Box(86, 18, 150, 50)], bare_ink(image, 30, SPECK))
    assert left.x1 == right.x0
    assert 74 < left.x1 < 88


def test_boxes_of_two_lines_or_without_white_between_stay() -> None:
    ink = bare_ink(shapes(22, 50, 90, 118), 30, SPECK)
    above, below = Box(20, 0, 92, 30), Box(86, 26, 150, 60)
    assert part_overlaps([above, below], ink) == (above, below)
    solid = np.ones_like(ink)
    one, other = Box(20, 18, 92, 50), Box(86, 18, 150, 50)
    assert part_overlaps([one, other], solid) == (one, other)
