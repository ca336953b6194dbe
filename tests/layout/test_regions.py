"""Pieces of a row become one line; floats take their lines with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import Block
from recover.model.raster import Pixels
from recover.stages.layout.floats import find_floats
from recover.stages.layout.regions import merge_rows


@pytest.mark.parametrize(
    ("left", "right", "gap", "whole"),
    [
        ("1.1", "检索时间", 8, "1.1 检索时间"),
        ("神经", "元", 20, "神经元"),
        ("stem", "cells", 8, "stem cells"),
        ("stem", "cells", 1, "stemcells"),
        ("[1]", "王某", 10, "[1] 王某"),
    ],
)
def test_pieces_side_by_side_are_one_line(left: str, right: str, gap: float, whole: str) -> None:
    first = make_line(left)
    second = make_line(right, first.box.x1 + gap, name="l2")
    assert [line.text for line in merge_rows([first, second])] == [whole]


def test_lines_below_each_other_stay_two() -> None:
    assert len(merge_rows([make_line("神经元"), make_line("死亡", y=16, name="l2")])) == 2


CELL = st.builds(lambda x, y: Box(x, y, x + 60, y + 10), st.floats(0, 500), st.floats(0, 700))
BLOCK = st.builds(
    lambda x, y, width, height, kind, score: Block(kind=kind, box=Box(x, y, x + width, y + height), score=score),
    st.floats(0, 400),
    st.floats(0, 600),
    st.floats(20, 300),
    st.floats(20, 300),
    st.sampled_from(["figure", "table", "text"]),
    st.floats(0.35, 1.0),
)


@given(st.lists(BLOCK, max_size=6), st.lists(CELL, max_size=30))
def test_every_line_is_in_one_float_at_most(blocks: list[Block], lines: list[Box]) -> None:
    floats = find_floats(blocks, lines)
    held = [index for found in floats for index in found.lines]
    assert len(held) == len(set(held))
    assert {found.kind for found in floats} <= {"figure", "table"}
    for found in floats:
        for index in found.lines:
            assert found.box.intersection(lines[index]) == pytest.approx(lines[index].area)


def test_a_faint_figure_is_not_believed() -> None:
    block = Block(kind="figure", box=Box(0, 0, 100, 100), score=0.4)
    assert find_floats([block], [Box(10, 10, 60, 20)]) == ()


def column_of_text(x: float, rows: int, width: float = 200) -> list[Box]:
    return [Box(x, 16.0 * row, x + width, 16.0 * row + 12) for row in range(rows)]


def test_columns_of_text_are_no_table() -> None:
    lines = [*column_of_text(0, 12), *column_of_text(220, 12), *column_of_text(440, 11)]
    block = Block(kind="table", box=Box(-2, -2, 642, 192), score=0.9)
    assert find_floats([block], lines) == ()


def test_a_table_of_long_cells_is_one() -> None:
    rows = [
        Box(x, 30.0 * row, x + width, 30.0 * row + 12) for row in range(8) for x, width in ((0, 60), (80, 90 + 9 * row))
    ]
    block = Block(kind="table", box=Box(-2, -2, 260, 240), score=0.9)
    (found,) = find_floats([block], rows)
    assert len(found.lines) == len(rows)


def test_a_row_that_the_border_cuts_belongs_to_its_table() -> None:
    rows = [Box(x, 30.0 * row, x + 60, 30.0 * row + 12) for row in range(5) for x in (0, 80, 160)]
    block = Block(kind="table", box=Box(40, -2, 225, 140), score=0.9)
    (found,) = find_floats([block], rows)
    assert len(found.lines) == len(rows)


def test_a_column_of_text_beside_a_table_is_none_of_its_own() -> None:
    rows = [Box(x, 16.0 * row, x + 50, 16.0 * row + 12) for row in range(12) for x in (230, 300, 370)]
    text = column_of_text(0, 12)
    block = Block(kind="table", box=Box(225, -2, 425, 190), score=0.9)
    (found,) = find_floats([block], [*rows, *text])
    assert set(found.lines) == set(range(len(rows)))


def test_a_page_of_references_is_no_figure() -> None:
    entries = [
        Box(x + 15 * (row % 3 > 0), 14.0 * row, x + (90 if row % 3 == 2 else 180), 14.0 * row + 11)
        for x in (0, 200)
        for row in range(24)
    ]
    block = Block(kind="figure", box=Box(-2, -2, 600, 340), score=0.9)
    assert find_floats([block], entries) == ()


def ink_of(lines: Sequence[Box], *drawn: Box) -> Pixels:
    """The page's ink, a pixel a point: lines and what is drawn."""
    ink = np.zeros((400, 700), np.uint8)
    for box in (*lines, *drawn):
        ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = 1
    return ink


def test_a_figure_has_ink_that_no_line_holds() -> None:
    lines = [Box(10, 10, 310, 22), Box(10, 60, 310, 72), Box(10, 110, 200, 122)]
    block = Block(kind="figure", box=Box(0, 0, 320, 200), score=0.9)
    assert find_floats([block], lines, ink_of(lines)) == ()
    (found,) = find_floats([block], lines, ink_of(lines, Box(10, 130, 310, 190)))
    assert found.lines == ()
    assert found.box.y0 >= 122
    labels = [Box(10, 10, 110, 22), Box(200, 60, 310, 72), Box(10, 110, 100, 122)]
    (found,) = find_floats([block], labels, ink_of(labels, Box(10, 140, 310, 180)))
    assert found.lines == (0, 1, 2)


def test_a_table_without_rules_that_was_taken_for_a_figure_stays_together() -> None:
    cells = [Box(x, 30.0 * row, x + 60, 30.0 * row + 12) for row in range(5) for x in (0, 100, 200)]
    block = Block(kind="figure", box=Box(-2, -2, 270, 140), score=0.9)
    (found,) = find_floats([block], cells, ink_of(cells))
    assert len(found.lines) == len(cells)


def test_text_in_a_frame_with_a_caption_is_a_figure() -> None:
    lines = [Box(10, 10, 310, 22), Box(10, 60, 310, 72), Box(10, 110, 200, 122)]
    block = Block(kind="figure", box=Box(0, 0, 320, 150), score=0.9)
    caption = Block(kind="figure-caption", box=Box(50, 156, 250, 168), score=0.8)
    (found,) = find_floats([block, caption], lines, ink_of(lines))
    assert found.kind == "figure"
    below = Block(kind="figure-caption", box=Box(50, 300, 250, 312), score=0.8)
    assert find_floats([block, below], lines, ink_of(lines)) == ()


def test_a_face_that_was_taken_for_a_line_is_none() -> None:
    face = Box(10, 10, 90, 110)
    text = column_of_text(200, 12)
    block = Block(kind="figure", box=Box(0, 0, 100, 120), score=0.9)
    (found,) = find_floats([block], [face, *text], ink_of([face, *text]))
    assert found.lines == (0,)


def rows_of_text(count: int, *, x: float = 100.0, width: float = 400.0, step: float = 40.0) -> list[Box]:
    return [Box(x, 100 + step * row, x + width, 120 + step * row) for row in range(count)]


def drawing(lines: Sequence[Box], *shapes: Box) -> Pixels:
    """A page's ink: lines half full of it, and the outlines of shapes."""
    ink = np.zeros((800, 700), np.uint8)
    for line in lines:
        ink[int(line.y0) : int(line.y1) : 2, int(line.x0) : int(line.x1)] = 1
    for shape in shapes:
        y0, y1, x0, x1 = (int(value) for value in (shape.y0, shape.y1, shape.x0, shape.x1))
        ink[y0 : y0 + 3, x0:x1] = ink[y1 - 3 : y1, x0:x1] = 1
        ink[y0:y1, x0 : x0 + 3] = ink[y0:y1, x1 - 3 : x1] = 1
    return ink


def test_a_sparse_page_or_a_watermark_over_lines_of_prose_is_no_figure() -> None:
    lines = rows_of_text(4)
    ink = drawing(lines)
    ink[90:250:3, 90:520] = 1
    block = Block(kind="figure", box=Box(80, 80, 540, 420), score=0.9)
    assert not find_floats([block], lines, ink)


def test_lines_in_a_frame_are_no_figure() -> None:
    lines = rows_of_text(4, width=180, step=60)
    box = Box(80, 80, 320, 330)
    assert not find_floats([Block(kind="figure", box=box, score=0.9)], lines, drawing(lines, box))


def test_words_in_a_drawing_stay_in_it() -> None:
    lines = [Box(120, 100, 200, 120), Box(300, 100, 380, 120), Box(210, 220, 300, 240)]
    shapes = [Box(line.x0 - 15, line.y0 - 15, line.x1 + 15, line.y1 + 15) for line in lines]
    ink = drawing(lines, *shapes)
    ink[120:220:2, 150:160] = ink[130:230, 330:340] = 1
    (found,) = find_floats([Block(kind="figure", box=Box(80, 60, 420, 280), score=0.9)], lines, ink)
    assert sorted(found.lines) == [0, 1, 2]


def test_a_table_drawn_too_narrow_reaches_as_far_as_a_line_that_runs_out_of_it() -> None:
    rows = [Box(x, 30.0 * row, x + 60, 30.0 * row + 12) for row in range(5) for x in (0, 80)]
    beyond = [Box(160, 30.0 * row + 9, 260, 30.0 * row + 21) for row in range(3)]
    running = Box(80, 99, 260, 111)
    block = Block(kind="table", box=Box(-2, -2, 150, 140), score=0.9)
    (found,) = find_floats([block], [*rows, *beyond, running])
    assert len(found.lines) == len(rows) + 4


def test_a_figure_that_long_lines_run_through_is_a_stamp_on_text() -> None:
    block = Block(kind="figure", box=Box(10, 95, 150, 205), score=0.9)
    lines = [Box(10, 100, 300, 112), *(Box(30, y, 300, y + 12) for y in (120, 140, 160)), Box(10, 180, 120, 192)]
    assert find_floats([block], lines) == ()
    (beside,) = find_floats([block], [Box(20, 100, 120, 112), *(Box(160, y, 300, y + 8) for y in (120, 140, 160))])
    assert beside.lines == (0,)
