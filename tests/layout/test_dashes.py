"""Lone dashes in a table become lines; pieces of rules and what stands in no row do not."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import Region
from recover.stages.layout.rules import find_dashes, with_dashes, without_strokes

HEIGHT = 20.0
CELL = Box(10, 40, 60, 60)


def picture(*strokes: Box) -> np.ndarray:
    pixels = np.full((100, 300), 255, np.uint8)
    for stroke in strokes:
        pixels[int(stroke.y0) : int(stroke.y1), int(stroke.x0) : int(stroke.x1)] = 0
    return pixels


def found(*strokes: Box, rules: tuple[Box, ...] = ()) -> tuple[Box, ...]:
    return find_dashes(picture(*strokes), [CELL], rules, HEIGHT).alone


def test_a_dash_beside_a_cell() -> None:
    (dash,) = found(Box(150, 49, 166, 51))
    assert (round(dash.center[0]), round(dash.center[1])) == (158, 50)


def test_a_stroke_in_no_row_is_none() -> None:
    assert found(Box(150, 80, 166, 82)) == ()


def test_pieces_of_a_broken_rule_are_none() -> None:
    assert found(Box(150, 49, 166, 51), Box(170, 49, 186, 51)) == ()
    assert found(Box(150, 49, 166, 51), rules=(Box(175, 49, 300, 51),)) == ()


def test_a_thick_or_short_stroke_is_none() -> None:
    assert found(Box(150, 45, 166, 55)) == ()
    assert found(Box(150, 49, 153, 51)) == ()


def region(*texts: str) -> Region:
    lines = tuple(make_line(text, 0, 20 * row, name=f"l{row}") for row, text in enumerate(texts))
    return Region(id="r1", kind="table", box=Box(0, 0, 200, 100), lines=lines)


def test_a_line_that_is_a_dash_says_so_and_keeps_what_was_read() -> None:
    table = with_dashes(region("12", "一"), [], [1])
    assert [line.text for line in table.lines] == ["12", "—"]
    assert table.lines[1].doubts[0].alternatives[0].text == "一"


def test_a_dash_read_with_a_rule_of_its_cell_is_one() -> None:
    """Its line has one stroke as long as a dash; that of a printed 二 has two."""
    assert [line.text for line in with_dashes(region("12", "二", "一"), [], [1, 2]).lines] == ["12", "—", "—"]
    assert [line.text for line in with_dashes(region("12", "二", "一"), [], [2]).lines] == ["12", "二", "一"]


def test_where_the_table_counts_in_chinese_one_is_no_dash() -> None:
    table = with_dashes(region("一", "二"), [], [0])
    assert [line.text for line in table.lines] == ["一", "二"]


@pytest.mark.parametrize(
    ("white", "others", "read"), [(3.0, "12", "油菜—"), (1.0, "12", "油菜一"), (3.0, "稻二", "油菜一")]
)
def test_what_white_parts_from_the_end_of_another_cell_is_a_dash(white: float, others: str, read: str) -> None:
    line = make_line("油菜一", 0, 20)
    lefts, rights = ((*places[:2], places[2] + white) for places in (line.lefts, line.rights))
    line = msgspec.structs.replace(line, lefts=lefts, rights=rights)
    table = region(others)
    table = with_dashes(msgspec.structs.replace(table, lines=(*table.lines, line)), [], [])
    assert table.lines[1].text == read
    assert table.lines[1].readers == line.readers


def test_added_dashes_are_lines_of_their_own() -> None:
    table = with_dashes(region("12"), [Box(50, 9, 60, 10)], [])
    assert [(line.id, line.text) for line in table.lines] == [("l0", "12"), ("r1d1", "—")]


def test_strokes_of_a_row_of_characters_are_no_rule() -> None:
    row, rule = Box(10, 40, 200, 60), Box(0, 62, 300, 63)
    strokes = [Box(30, 48, 120, 50), Box(30, 56, 120, 57)]
    assert without_strokes([rule, *strokes], [row]) == (rule,)
