"""What every reader of lines keeps, whatever stands behind it: the seam the pipeline trusts."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from fixed_engine import FixedEngine

from recover.engines.readers import LineReader
from recover.model.page import READERS
from recover.model.raster import Pixels
from recover.settings import Settings


def _fixed() -> LineReader:
    return FixedEngine(["stem cells", "", "x", "10 mg"])


def _ppocr() -> LineReader:
    from recover.engines.readers import open_readers

    return open_readers(Settings(engine="ppocr", threads=1)).reader


def _tesseract() -> LineReader:
    from recover.engines.readers import open_readers

    return open_readers(Settings(engine="tesseract", threads=1)).reader


MAKERS = [
    pytest.param(_fixed, id="fixed"),
    pytest.param(_ppocr, id="ppocr", marks=pytest.mark.engine),
    pytest.param(_tesseract, id="tesseract", marks=pytest.mark.tesseract),
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
    assert reader.letter in READERS
    assert reader.name
