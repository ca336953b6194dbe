"""What every reader of lines keeps, whatever stands behind it: the seam the pipeline trusts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import get_args

import cv2
import numpy as np
import pytest
from fixed_engine import FixedEngine

from recover.engines.openvino_core import Cpu
from recover.engines.readers import LineReader, engine_module
from recover.model.page import LETTERS, READERS
from recover.model.raster import Pixels
from recover.model.records import Engine


def _fixed() -> LineReader:
    return FixedEngine(["stem cells", "", "x", "10 mg"])


def _opened(name: Engine) -> LineReader:
    return engine_module(name).open_reader(Cpu(1))


# Tesseract may be missing, and then its tests say so.
MARKS = {"tesseract": pytest.mark.tesseract}
MAKERS = [
    pytest.param(_fixed, id="fixed"),
    *(
        pytest.param(functools.partial(_opened, name), id=name, marks=MARKS.get(name, pytest.mark.engine))
        for name in get_args(Engine)
    ),
]


@pytest.fixture(scope="module", params=MAKERS)
def reader(request: pytest.FixtureRequest) -> LineReader:
    make: Callable[[], LineReader] = request.param
    return make()


def line(text: str, height: int = 40) -> Pixels:
    pixels = np.full((height, 30 + 20 * len(text)), 255, np.uint8)
    cv2.putText(pixels, text, (10, int(0.72 * height)), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2, cv2.LINE_AA)
    return pixels


IMAGES = [line("stem cells"), np.full((40, 200), 255, np.uint8), np.full((1, 1), 255, np.uint8), line("10 mg")]


def test_one_reading_an_image_in_order_and_whole(reader: LineReader) -> None:
    readings = reader.read(IMAGES)
    assert len(readings) == len(IMAGES)
    for image, reading in zip(IMAGES, readings, strict=True):
        count = len(reading.text)
        assert len(reading.centers) == len(reading.confidences) == count
        assert len(reading.alternatives) in {0, count}
        assert all(0 <= value <= 1 for value in reading.confidences)
        assert all(0 <= x <= image.shape[1] for x in reading.centers)
        assert list(reading.centers) == sorted(reading.centers)
        assert "\n" not in reading.text


def test_plain_print_is_read(reader: LineReader) -> None:
    if isinstance(reader, FixedEngine):
        reader = _fixed()
    assert "cell" in reader.read(IMAGES[:1])[0].text.replace(" ", "")


def test_nothing_to_read_is_nothing_read(reader: LineReader) -> None:
    assert reader.read([]) == ()


def test_it_signs_with_a_letter_of_its_own(reader: LineReader) -> None:
    assert READERS[LETTERS[reader.name]] == reader.name


def test_every_engine_says_what_it_needs() -> None:
    for name in get_args(Engine):
        checks = tuple(engine_module(name).checks())
        assert all(check.works or check.remedy for check in checks), name
