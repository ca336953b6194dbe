"""Columns of vertical print: cut into cells, set in a row, read, and put back in their places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.model.page import Reading
from recover.model.raster import Pixels
from recover.stages.ocr.vertical import find_cells, read_columns, without_level_rules, without_standing_rules

CELL, INK = 40, 30


def column(*shapes: tuple[int, int, int, int]) -> Pixels:
    """A column with one shape a cell: its box (x0, y0, x1, y1) in the cell."""
    pixels = np.full((CELL * len(shapes), CELL), 255, np.uint8)
    for at, (x0, y0, x1, y1) in enumerate(shapes):
        pixels[at * CELL + y0 : at * CELL + y1, x0:x1] = INK
    return pixels


SQUARE, STOP, SPLIT = (4, 4, 36, 36), (28, 4, 36, 12), (4, 4, 36, 12)


def test_every_character_has_its_cell() -> None:
    pixels = column(SQUARE, SQUARE, SQUARE, STOP, SQUARE)
    # The upper half of a character whose lower half stands apart: 二.
    pixels[CELL + 14 : CELL + 28, :] = 255
    cells, width = find_cells(pixels)
    assert len(cells) == 5
    assert width == 32
    assert [round(cell.center / CELL - 0.5) for cell in cells] == [0, 1, 2, 3, 4]


def test_an_empty_column_has_none() -> None:
    assert find_cells(np.full((90, 30), 255, np.uint8)) == ((), 0.0)


def test_a_column_is_read_as_a_row_and_its_places_run_down() -> None:
    seen: list[tuple[int, ...]] = []

    def read(images: Sequence[Pixels]) -> tuple[Reading, ...]:
        seen.extend(image.shape for image in images)
        width = images[0].shape[1]
        return (Reading(text="天地,", centers=(20.0, width / 2, width - 8.0), confidences=(0.9, 0.9, 0.9)),)

    (reading,) = read_columns([column(SQUARE, SQUARE, STOP)], read)
    assert seen[0][1] > 2 * seen[0][0]
    assert reading.text == "天地，"
    assert [round(center / CELL - 0.5) for center in reading.centers] == [0, 1, 2]


def test_a_mark_at_a_columns_end_is_a_cell_of_its_own() -> None:
    column = np.full((240, 60), 255, np.uint8)
    for top in (5, 52, 98, 143, 188):
        column[top : top + 36, 10:44] = 30
    column[228:238, 46:56] = 30
    cells, _ = find_cells(column)
    assert [(cell.height, cell.width) for cell in cells[-2:]] == [(36, 34), (10, 10)]


def test_rules_between_columns_go_and_characters_stay() -> None:
    page = np.full((900, 1200), 255, np.uint8)
    for y in range(100, 800, 70):
        page[y + 55 : y + 58, 80:1100] = 60
        for x in range(100, 1080, 50):
            page[y : y + 36, x : x + 36] = 20
    page[80:820, 1140:1143] = 60
    bare = without_level_rules(page)
    assert (bare[155:158, 80:1100] > 200).all()
    assert (bare[100:136, 100:136] == 20).all()
    assert (bare[160:168, 1140:1143] < 100).all()
    assert (without_standing_rules(bare)[160:168, 1140:1143] > 200).all()
