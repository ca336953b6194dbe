"""Lines drawn across two columns are cut apart, whatever dirt lies in the gutter."""

from __future__ import annotations

import numpy as np
import pytest

from recover.model.geometry import Box
from recover.model.raster import Pixels
from recover.stages.ocr.boxes import bare_ink, bound, split_at_gutters

LINE, PITCH, LEFT, RIGHT, GUTTER = 30, 45, (50, 400), (440, 790), (400, 440)


def columns(*, specks: bool) -> Pixels:
    """Two columns of ten lines of blocks as large as characters."""
    page = np.full((600, 840), 255, np.uint8)
    for row in range(10):
        for start, end in (LEFT, RIGHT):
            for x in range(start, end - 20, 32):
                page[60 + PITCH * row : 60 + PITCH * row + 26, x : x + 26] = 0
    if specks:
        for y in range(40, 560, 37):
            page[y : y + 5, 418:423] = 0
    return page


def boxes() -> list[Box]:
    """The fifth line drawn across both columns, the others one by one."""
    tops = [58 + PITCH * row for row in range(10)]
    parted = [Box(x0, y, x1, y + LINE) for y in tops for x0, x1 in (LEFT, RIGHT) if y != tops[4]]
    return [*parted, Box(LEFT[0], tops[4], RIGHT[1], tops[4] + LINE)]


@pytest.mark.parametrize("specks", [False, True])
def test_a_line_over_both_columns_is_cut(specks: bool) -> None:
    parts = split_at_gutters(boxes(), bare_ink(columns(specks=specks), LINE))
    assert len(parts) == 20
    assert all(part.x1 <= GUTTER[1] or part.x0 >= GUTTER[0] for part in parts)


def test_a_line_without_a_gutter_stays_whole() -> None:
    page = columns(specks=False)
    for row in range(10):
        page[60 + PITCH * row : 86 + PITCH * row, 404:430] = 0
    assert len(split_at_gutters(boxes(), bare_ink(page, LINE))) == 19


def test_a_number_of_the_next_column_is_cut_off() -> None:
    top = 58 + PITCH * 4
    parted = [box for box in boxes() if box.y0 != top]
    bridging = Box(LEFT[0], top, RIGHT[0] + LINE, top + LINE)
    page = columns(specks=False)
    page[top : top + LINE, RIGHT[0] + LINE : RIGHT[1]] = 255
    *_, left, right = split_at_gutters([*parted, bridging], bare_ink(page, LINE))
    assert (left.x1 <= GUTTER[0] + 1, right.x0 >= GUTTER[1] - 1) == (True, True)
    alone = [Box(box.x0 + 50 * (box.x0 == RIGHT[0]), box.y0, box.x1, box.y1) for box in parted]
    assert len(split_at_gutters([*alone, bridging], bare_ink(page, LINE))) == len(alone) + 1


def test_boxes_are_drawn_in_to_their_ink() -> None:
    page = columns(specks=True)
    (drawn,) = bound([Box(405, 58, 800, 88)], bare_ink(page, LINE))
    assert (drawn.x0, drawn.y0, drawn.y1) == (440, 58, 88)
    empty = Box(405, 5, 430, 20)
    assert bound([empty], bare_ink(page, LINE)) == (Box(417.5, 5, 417.5, 20),)


def test_the_rim_of_a_neighbour_is_no_part_of_a_box() -> None:
    ink = bare_ink(columns(specks=False), LINE)
    (drawn,) = bound([Box(388, 58, 790, 88)], ink)
    assert drawn.x0 == 440
    (drawn,) = bound([Box(45, 58, 450, 88)], ink)
    assert drawn.x1 == 396
