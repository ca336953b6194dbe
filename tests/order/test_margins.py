from __future__ import annotations

from recover.model.geometry import Box
from recover.stages.order import margin_marks

TEXT = [Box(10, 1.5 * row, 50, 1.5 * row + 1) for row in range(10)]


def test_a_mark_beside_the_text_is_found_left_and_right() -> None:
    marks = [Box(5, 3, 8, 4), Box(52, 6, 55, 7)]
    assert margin_marks([*TEXT, *marks], 1.0) == {10, 11}


def test_many_narrow_boxes_are_hanging_numbers() -> None:
    numbers = [Box(6, 1.5 * row, 8, 1.5 * row + 1) for row in range(5)]
    assert margin_marks([*TEXT, *numbers], 1.0) == frozenset()


def test_what_stands_below_the_text_is_no_margin() -> None:
    assert margin_marks([*TEXT, Box(5, 40, 8, 41)], 1.0) == frozenset()


def test_a_page_with_few_lines_has_no_margin_to_judge_by() -> None:
    assert margin_marks([*TEXT[:4], Box(5, 3, 8, 4)], 1.0) == frozenset()
