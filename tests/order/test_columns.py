"""Reading order: random pages come back in the order they were set in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import half_spanned, pages, spreads

from recover.model.geometry import Box
from recover.stages.order import in_rows, order_columns

PAGES = {"page": pages(), "spread": spreads(), "figure over two of three columns": half_spanned()}


def flat(columns: tuple[tuple[int, ...], ...]) -> list[int]:
    return [index for column in columns for index in column]


@pytest.mark.parametrize("kind", PAGES)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_pages_come_back_in_their_order(kind: str, data: st.DataObject, seed: int) -> None:
    page = data.draw(PAGES[kind])
    boxes, truth = page.shuffled(seed)
    assert flat(order_columns(boxes, page.em)) == truth


BOX = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.floats(-50, 2000),
    st.floats(-50, 2000),
    st.floats(0, 900),
    st.floats(0, 900),
)


@given(st.lists(BOX, max_size=40), st.floats(1, 60))
def test_order_is_a_permutation(boxes: list[Box], em: float) -> None:
    assert sorted(flat(order_columns(boxes, em))) == list(range(len(boxes)))


def line(x0: float, y: float, x1: float) -> Box:
    return Box(x0, y, x1, y + 1)


LEFT = [line(0, 1.5 * row, 20) for row in range(6)]
RIGHT = [line(22, 1.5 * row, 42) for row in range(6)]


def below(boxes: list[Box], distance: float) -> list[Box]:
    return [Box(box.x0, box.y0 + distance, box.x1, box.y1 + distance) for box in boxes]


CASES = {
    "nothing": [],
    "one line": [line(0, 0, 20)],
    "hanging numbers are no column": [
        box for row in range(6) for box in (line(0, 1.5 * row, 1), line(2, 1.5 * row, 40))
    ],
    "a new article below white starts its columns anew": [*LEFT, *RIGHT, *below(LEFT, 13), *below(RIGHT, 13)],
    "a gap in the longer column parts nothing": [*LEFT, *below(LEFT, 13), *RIGHT[:3]],
    "a note below both columns comes last": [*LEFT, *RIGHT, line(30, 15, 42)],
    "a heading across comes between": [*LEFT, *RIGHT, line(12, 10, 32), *below(LEFT, 12), *below(RIGHT, 12)],
    "white as wide as a margin parts two pages": [
        *LEFT,
        *below(LEFT, 13),
        *(Box(box.x0 + 4, box.y0, box.x1 + 4, box.y1) for box in [*RIGHT, *below(RIGHT, 13)]),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_order_of(name: str) -> None:
    boxes = CASES[name]
    backwards = boxes[::-1]
    assert [backwards[index] for index in flat(order_columns(backwards, 1.0))] == boxes


def test_the_ends_of_an_abstract_belong_to_it() -> None:
    abstract = [line(1, 0, 41), line(1, 1.5, 41), line(1, 3, 14), line(1, 4.5, 30), line(1, 6, 10)]
    boxes = [*abstract, *below(LEFT, 8.5), *below(RIGHT, 8.5)]
    columns = order_columns(boxes, 1.0)
    assert flat(columns) == list(range(len(boxes)))
    assert columns[0] == tuple(range(len(abstract)))


def test_a_paragraph_that_begins_its_column_higher_stays_in_it() -> None:
    boxes = [line(0, 0, 42), *below(LEFT, 2), *below(RIGHT[1:], 2)]
    assert [len(column) for column in order_columns(boxes, 1.0)] == [1, 6, 5]


def test_a_number_whose_bracket_laps_over_its_line_comes_before_it() -> None:
    line, number, below = Box(60.0, 96.9, 287.4, 107.3), Box(46.8, 96.2, 65.7, 108.5), Box(65.4, 106.1, 289.2, 117.9)
    assert in_rows([0, 1, 2], [line, number, below]) == [1, 0, 2]
    sliver = Box(329.4, 63.8, 330.7, 71.4)
    assert in_rows([0, 1, 2], [Box(329.4, 62.0, 542.2, 73.2), sliver, Box(307.8, 62.1, 317.2, 74.0)])[0] == 2


def test_lines_torn_at_commas_are_no_column() -> None:
    whole = [line(0, 1.5 * row, 24) for row in range(5)]
    torn = [line(0, 8, 14), line(14.7, 8, 24), line(0, 9.5, 12), line(0, 11, 14.2), line(15, 11, 24), line(0, 12.5, 9)]
    assert order_columns([*whole, *torn], 1.0) == (tuple(range(11)),)


def test_two_lines_over_two_others_are_no_columns() -> None:
    head = [line(0, 0, 1.5), line(20, 0, 33), line(11, 2.5, 22), line(0, 5, 8)]
    text = [line(0, 7 + 1.5 * row, 33) for row in range(8)]
    assert flat(order_columns([*head, *text], 1.0)) == list(range(12))


def test_two_rows_of_fields_over_the_text_are_no_columns() -> None:
    """Keywords and codes, two characters apart; the first words of both rows end at one place, a heading follows."""
    rows = [line(2, 0, 11), line(12.3, 0, 27), line(2, 2, 11), line(13.2, 2, 36), line(2, 3.6, 4)]
    head, text = line(16.5, 5.6, 22.5), [line(0, 8 + 1.6 * row, 38) for row in range(6)]
    boxes = [*rows, head, *text]
    assert flat(order_columns(boxes, 1.0)) == list(range(len(boxes)))


def test_a_line_torn_twice_at_the_foot_makes_no_columns() -> None:
    """Notes below the text, the last of which a detector tore at two commas; a foot and a page number under them."""
    text = [line(0, 1.5 * row, 34) for row in range(6)]
    notes = [line(0, 9.5, 29), line(29.8, 9.5, 32.4)]
    torn = [line(0, 10.5, 13.7), line(14.6, 10.5, 19.7), line(20.5, 10.5, 23.6)]
    foot = [line(-1.9, 12.6, -0.2), line(0.2, 12.6, 5), line(5.4, 12.6, 10.7)]
    boxes = [*text, *notes, *torn, *foot]
    assert order_columns(boxes, 1.0) == (tuple(range(len(boxes))),)


def test_three_columns_with_narrow_gutters_are_columns() -> None:
    columns = [[line(11.5 * column, 1.5 * row, 11.5 * column + 10) for row in range(8)] for column in range(3)]
    columns[1].insert(3, line(11.5, 3.8, 15))
    boxes = [box for column in columns for box in column]
    assert len(order_columns(boxes, 1.0)) == 3


def test_a_line_torn_over_a_centred_table_makes_no_columns() -> None:
    head, torn, ending = line(0, 0, 9), [line(2, 1.5, 12), line(12.8, 1.5, 43)], line(0, 3, 8)
    table = Box(16.0, 6.5, 27.0, 13.0)
    text = [line(0, 15 + 1.5 * row, 43) for row in range(6)]
    boxes = [head, *torn, ending, line(18, 5, 25), table, *text]
    assert flat(order_columns(boxes, 1.0)) == list(range(len(boxes)))


def test_boxes_without_ink_make_no_column_of_torn_lines() -> None:
    whole = [line(0, y, 24) for y in (0, 1.5, 3, 4.5, 6)]
    torn = [line(0, 8, 14), line(14.7, 8, 24), line(0, 9.5, 12), line(0, 11, 14), line(14.7, 11, 24), line(0, 12.5, 9)]
    empty = [line(18, 9.2, 18), line(19, 9.8, 19)]
    columns = order_columns([*whole, *torn, *empty], 1.0)
    assert len(columns) == 1


def test_a_torn_stroke_makes_no_column_of_a_line_behind_wide_white() -> None:
    """1.2.2 植株全氮　　采用…: its head and the ends of the paragraphs around it are no column beside its rest."""
    whole = [line(0, y, 24) for y in (0, 1.5, 9.5, 11)]
    ends = [line(0, 3, 7), line(2, 5, 9), Box(8.9, 5.2, 9.0, 6.0), line(11, 5, 24), line(0, 6.5, 5)]
    assert flat(order_columns([*whole[:2], *ends, *whole[2:]], 1.0)) == list(range(9))


def test_lines_torn_alike_are_no_columns_where_an_end_stands_between_them() -> None:
    torn = [[line(2, 1.5 * row, 13), line(13.7, 1.5 * row, 43)] for row in (0, 1, 3)]
    boxes = [*torn[0], *torn[1], line(0, 3, 4), *torn[2], line(18, 6.5, 25), Box(16.0, 8.0, 27.0, 15.0)]
    text = [line(0, 17 + 1.5 * row, 43) for row in range(6)]
    assert flat(order_columns([*boxes, *text], 1.0)) == list(range(len(boxes) + 6))
