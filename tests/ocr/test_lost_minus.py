"""Raised minuses that the reader passed over are told from their ink; nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.stages.ocr.raised import with_lost_minuses

HEIGHT, FOOT, FIGURE = 40, 30, 20


def drawn(*parts: tuple[str, int]) -> tuple[Pixels, list[float]]:
    """Boxes for print: ``n`` a figure on the line, ``r`` a raised one, ``-`` a raised minus, ``h`` one on the line."""
    pixels = np.full((HEIGHT, 200), 255, np.uint8)
    centers = []
    for kind, x in parts:
        left, top, right, bottom = {
            "n": (x, FOOT - FIGURE, x + 11, FOOT - 1),
            "r": (x, FOOT - FIGURE - 3, x + 7, FOOT - 11),
            "-": (x, FOOT - 16, x + 5, FOOT - 15),
            "h": (x, FOOT - 8, x + 5, FOOT - 7),
        }[kind]
        cv2.rectangle(pixels, (left, top), (right, bottom), 0, -1)
        if kind in "nr":
            centers.append((left + right) / 2)
    return pixels, centers


def read(text: str, centers: list[float]) -> Reading:
    count = len(text)
    return Reading(text=text, centers=tuple(centers), confidences=(1.0,) * count, alternatives=((),) * count)


def test_a_minus_before_a_raised_figure() -> None:
    pixels, centers = drawn(("n", 10), ("n", 26), ("-", 42), ("r", 51))
    reading = with_lost_minuses(read("106", centers), pixels)
    assert reading.text == "10-6"
    assert len(reading.centers) == len(reading.confidences) == len(reading.alternatives) == 4
    assert reading.alternatives[2][0][0] == ""


def test_a_charge_behind_a_letter() -> None:
    pixels, centers = drawn(("n", 10), ("n", 26), ("-", 42), ("n", 80))
    assert with_lost_minuses(read("Cl与", centers), pixels).text == "Cl-与"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((("n", 10), ("n", 26), ("h", 42), ("n", 51)), "103"),
        ((("n", 10), ("n", 26), ("-", 42), ("n", 51)), "103"),
        ((("n", 10), ("n", 26), ("-", 42), ("r", 51)), "1与6"),
        ((("n", 10), ("n", 26), ("r", 42)), "106"),
    ],
)
def test_nothing_is_made_up(parts: tuple[tuple[str, int], ...], text: str) -> None:
    """A hyphen on the line, one before a figure on the line, one behind Chinese, and none at all."""
    pixels, centers = drawn(*parts)
    assert with_lost_minuses(read(text, centers), pixels).text == text
