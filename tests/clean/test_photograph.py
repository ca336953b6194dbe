"""Photographed books are parted and levelled by their lines; scans are left alone; print on the desk stays out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recover.engines.ppocr import PpocrLineFinder, PpocrReader
from recover.model.geometry import Box, Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.photograph import flat_pages, is_tangled

WORDS = (
    "the harbour was rebuilt after the storm",
    "seven villages kept their own records",
    "salt was carried inland on mule tracks",
    "a bridge of granite spans the river here",
)
WIDTH, HEIGHT, DESK = 1700, 1500, 120


def page(first: int) -> Pixels:
    image = Image.new("L", (900, 1200), 245)
    drawing, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    for row in range(16):
        text = f"{first + row} {WORDS[(first + row) % len(WORDS)]}"
        drawing.text((90, 110 + 62 * row), text, fill=30, font=font)
    return np.asarray(image, np.uint8)


def photograph(tilt: float, drop: float) -> Pixels:
    """Two pages on a desk that has print of its own; the pages fall towards the gutter by ``drop``."""
    picture = np.full((HEIGHT, WIDTH), DESK, np.uint8)
    cv2.putText(picture, "KEYBOARD", (1250, 50), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 240, 4, cv2.LINE_AA)
    left = [(40, 200 - tilt), (840, 200 + tilt), (820, 1400 + tilt), (20, 1400)]
    right = [(850, 200 + tilt), (1650, 200 - tilt), (1670, 1400), (830, 1400 + tilt)]
    for first, corners, is_left in ((10, left, True), (50, right, False)):
        flat = page(first)
        high, wide = flat.shape
        way = np.linspace(0, 1, wide) if is_left else np.linspace(1, 0, wide)
        rows = np.arange(high)[:, None] - drop * way[None, :] ** 3
        across = np.broadcast_to(np.arange(wide, dtype=np.float32), flat.shape).copy()
        bent = cv2.remap(flat, across, rows.astype(np.float32), cv2.INTER_LINEAR, borderValue=245)
        seen = cv2.getPerspectiveTransform(
            np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32), np.array(corners, np.float32)
        )
        shape = cv2.warpPerspective(np.full_like(bent, 255), seen, (WIDTH, HEIGHT))
        picture = np.where(shape > 127, cv2.warpPerspective(bent, seen, (WIDTH, HEIGHT)), picture)
    return np.asarray(picture, np.uint8)


def raster(pixels: Pixels) -> Raster:
    return Raster(pixels=pixels, to_page=Transform(a=0.5, e=0.5))


def boxes(pixels: Pixels) -> list[Box]:
    return [Box(*line[:4]) for line in PpocrLineFinder().find(pixels)]


@pytest.fixture(scope="module")
def seen() -> Raster:
    return raster(photograph(110, 60))


@pytest.fixture(scope="module")
def flat(seen: Raster) -> Raster:
    found = flat_pages(seen, PpocrLineFinder().courses(seen.pixels))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def texts(flat: Raster) -> list[tuple[str, Box]]:
    lines = boxes(flat.pixels)
    readings = PpocrReader().read([flat.crop(line) for line in lines])
    return [("".join(reading.text), line) for reading, line in zip(readings, lines, strict=True)]


def test_lines_that_slope_are_tangled_and_level_ones_are_not(seen: Raster, flat: Raster) -> None:
    assert is_tangled(boxes(seen.pixels))
    assert not is_tangled(boxes(flat.pixels))


def test_all_lines_of_both_pages_are_read(texts: list[tuple[str, Box]]) -> None:
    read = {"".join(text.split()) for text, _ in texts}
    wanted = {f"{n + k} {WORDS[(n + k) % 4]}".replace(" ", "") for n in (10, 50) for k in range(16)}
    assert len(wanted & read) >= 0.9 * len(wanted)


def test_the_left_page_stays_left_and_the_gutter_is_white(flat: Raster, texts: list[tuple[str, Box]]) -> None:
    lefts = [line for text, line in texts if text[:1] in "12"]
    rights = [line for text, line in texts if text[:1] in "56"]
    gutter = max(line.x1 for line in lefts), min(line.x0 for line in rights)
    assert gutter[0] < gutter[1]
    assert (flat.pixels[:, round(sum(gutter) / 2)] == 255).all()


def test_print_on_the_desk_stays_out(texts: list[tuple[str, Box]]) -> None:
    assert not any("KEY" in text for text, _ in texts)


def test_places_lead_back_to_the_photograph(seen: Raster, flat: Raster, texts: list[tuple[str, Box]]) -> None:
    """Ink of a line's middle is ink at its place on the photograph."""
    for _, line in texts[:8]:
        ys, xs = np.nonzero(flat.crop(line) < 90)
        for x, y in list(zip(xs, ys, strict=True))[:: max(1, len(xs) // 5)]:
            at_x, at_y = flat.to_page.point(int(line.x0) + x + 0.0, int(line.y0) + y + 0.0)
            row, column = round(at_y / 0.5), round(at_x / 0.5)
            assert seen.pixels[row - 2 : row + 3, column - 2 : column + 3].min() < 130


def test_a_scan_is_left_alone() -> None:
    scan = np.hstack([page(10), page(50)])
    assert not is_tangled(boxes(scan))
    assert flat_pages(raster(scan), PpocrLineFinder().courses(scan)) is None


def test_an_empty_page_is_left_alone() -> None:
    assert not is_tangled([])
    assert flat_pages(raster(np.full((400, 300), 255, np.uint8)), []) is None
