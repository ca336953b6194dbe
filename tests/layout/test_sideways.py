"""Parts of a page that are printed sideways are found whole, with their rules and short cells."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recover.model.geometry import Box
from recover.stages.layout.regions import find_sideways, lies_in

TEXT = [Box(50, 40 + 30 * row, 750, 60 + 30 * row) for row in range(4)]
TALL = [Box(200 + 40 * row, 400, 220 + 40 * row, 600) for row in range(5)]
SHORT = [Box(200 + 40 * row, 700, 220 + 40 * row, 728) for row in range(5)]
WHITE = np.full((1000, 800), 255, np.uint8)


def test_a_page_of_lying_lines_has_none() -> None:
    assert find_sideways(TEXT, WHITE) == ()


def test_an_area_holds_its_short_cells_and_no_line_of_text() -> None:
    (area,) = find_sideways([*TEXT, *TALL, *SHORT], WHITE)
    assert all(lies_in(line, area) for line in (*TALL, *SHORT))
    assert not any(lies_in(line, area) for line in TEXT)


def test_an_area_reaches_as_far_as_its_rules() -> None:
    pixels = WHITE.copy()
    pixels[300:900, 195:198] = 0
    # The short cells of neighbours were read as one line.
    (area,) = find_sideways([*TEXT, *TALL, Box(200, 760, 380, 785)], pixels)
    assert area.y0 < 305
    assert area.y1 > 895


@given(st.permutations([*TEXT, *TALL, *SHORT]))
def test_the_order_of_the_lines_does_not_matter(lines: list[Box]) -> None:
    (area,) = find_sideways(lines, WHITE)
    (same,) = find_sideways([*TEXT, *TALL, *SHORT], WHITE)
    assert [round(value) for value in (area.x0, area.y0, area.x1, area.y1)] == [
        round(value) for value in (same.x0, same.y0, same.x1, same.y1)
    ]


def test_a_caption_that_reaches_into_an_area_is_in_it_whole() -> None:
    """It stands too far from the long lines to be one of them, and is no part of its own."""
    caption = Box(172, 665, 192, 790)
    (area,) = find_sideways([*TEXT, *TALL, *SHORT, caption], WHITE)
    assert area.x0 <= caption.x0
    assert area.y1 >= caption.y1
    assert not any(lies_in(line, area) for line in TEXT)


def test_short_cells_that_were_read_as_one_line_end_no_area() -> None:
    together, last = Box(205, 700, 350, 728), [Box(200, 800, 220, 900), Box(280, 800, 300, 900)]
    (area,) = find_sideways([*TEXT, *TALL, together, *last], WHITE)
    assert all(lies_in(line, area) for line in (together, *last))
    # A line of text, which reaches beyond, does.
    below = Box(60, 740, 380, 760)
    (area,) = find_sideways([*TEXT, *TALL, together, below, *last], WHITE)
    assert not any(lies_in(line, area) for line in (below, *last))
