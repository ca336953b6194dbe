"""A raised ring that ends a line and that its reader passed over is read alone; nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from one_reader import OneReader

from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.stages.ocr.raised import with_lost_rings

HEIGHT, CELL = 32, 30


def line(text: str) -> Reading:
    count = len(text)
    centers = tuple(CELL * (at + 0.5) for at in range(count))
    return Reading(
        text=text,
        centers=centers,
        confidences=(1.0,) * count,
        alternatives=((),) * count,
        spaces=(0.0,) * count,
        marks=(("", 0.0),) * (count + 1),
    )


def drawn(count: int, *, top: int | None = None, size: int = 18, paper: int = 255, grey: int = 0) -> Pixels:
    """Characters in their cells, and a ring of a size behind them."""
    pixels = np.full((HEIGHT, CELL * (count + 2)), paper, np.uint8)
    for at in range(count):
        cv2.rectangle(pixels, (CELL * at + 3, 4), (CELL * at + 26, 28), 0, 3)
    if top is not None:
        radius = size // 2
        cv2.circle(pixels, (CELL * count + 6 + radius, top + radius), radius, grey, 1)
        cv2.rectangle(pixels, (CELL * count + 3 + radius, top + 5), (CELL * count + 8 + radius, top + size - 5), 0, -1)
    return pixels


@pytest.mark.parametrize(("top", "size", "grey"), [(1, 18, 0), (4, 16, 0), (2, 20, 90)])
def test_a_raised_ring_is_read_alone(top: int, size: int, grey: int) -> None:
    reader = OneReader("⑥")
    (found,) = with_lost_rings([line("考查。")], [drawn(3, top=top, size=size, grey=grey)], reader)
    assert found.text == "考查。⑥"
    assert found.centers[-1] == pytest.approx(3 * CELL + 6 + size / 2, abs=2)
    assert found.confidences[-1] == pytest.approx(0.97)
    assert [len(values) for values in (found.alternatives, found.spaces, found.marks)] == [4, 4, 5]
    (shown,) = reader.shown
    assert shown.shape[1] < 3 * CELL


@pytest.mark.parametrize(
    ("top", "size"),
    [(None, 18), (14, 16), (1, 29), (2, 8)],
    ids=["nothing", "on the line", "as large as the type", "a speck"],
)
def test_other_ink_is_not_looked_at(top: int | None, size: int) -> None:
    reader = OneReader("⑥")
    reading = line("考查。")
    assert with_lost_rings([reading], [drawn(3, top=top, size=size)], reader) == [reading]
    assert not reader.shown


@pytest.mark.parametrize(("text", "confidence"), [("6", 0.99), ("⑥", 0.6), ("⑥⑦", 0.99), ("", 0.0)])
def test_what_reads_as_no_ring_is_left(text: str, confidence: float) -> None:
    reading = line("考查。")
    assert with_lost_rings([reading], [drawn(3, top=2)], OneReader(text, confidence)) == [reading]


def test_a_ring_that_was_read_is_not_read_again() -> None:
    reading = line("考查。⑥")
    assert with_lost_rings([reading], [drawn(3, top=2)], OneReader("⑥")) == [reading]
    empty = Reading()
    assert with_lost_rings([empty, line("word")], [drawn(1, top=2), drawn(4, top=2)], OneReader("⑥")) == [
        empty,
        line("word"),
    ]
