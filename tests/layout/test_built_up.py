"""Rows of text that fell into pieces around built-up formulas are gathered again, in reading order."""

from __future__ import annotations

from printed_lines import make_line

from recover.model.page import Line, RegionKind
from recover.stages.layout.formulas import as_lines, find_built_up

TEXT = "由此可知该数列的前几项依次递减"


def rows_of(lines: list[Line]) -> list[str]:
    kinds: list[RegionKind] = ["text"] * len(lines)
    rows = find_built_up(lines, kinds, (), 10.0)
    joined = as_lines(lines, rows)
    return [joined[first].text.replace(" ", "") for first, *_ in rows]


def test_a_fraction_between_two_stretches_of_text_is_one_row() -> None:
    lines = [
        make_line(TEXT, 0, 0, name="a"),
        make_line("k+1", 52, 18, name="b"),
        make_line("取比值", 20, 24, name="c"),
        make_line("2n", 54, 31, name="d"),
        make_line("，当项数增大时趋于零", 68, 24, name="e"),
        make_line(TEXT, 0, 44, name="f"),
    ]
    assert rows_of(lines) == ["取比值k+12n，当项数增大时趋于零"]


def test_limits_stand_behind_the_text_over_them() -> None:
    lines = [make_line("即有lim a = 0成立", 0, 0, name="a"), make_line("n→∞", 18, 8, name="b", size=5)]
    assert rows_of(lines) == ["即有lima=0成立n→∞"]


def test_every_character_of_the_pieces_is_kept_with_its_place() -> None:
    lines = [make_line("取", 0, 6), make_line("a+b", 12, 0), make_line("3", 14, 13), make_line("以下", 30, 6)]
    kinds: list[RegionKind] = ["text"] * 4
    (row,) = find_built_up(lines, kinds, (), 10.0)
    whole = as_lines(lines, [row])[row[0]]
    assert sorted(whole.text.replace(" ", "")) == sorted("取a+b3以下")
    assert len(whole.lefts) == len(whole.rights) == len(whole.readers) == len(whole.confidences) == len(whole.text)
    assert all(whole.box.y0 <= line.box.y0 and line.box.y1 <= whole.box.y1 for line in lines)


def test_lines_below_each_other_and_figures_beside_text_are_left_alone() -> None:
    lines = [
        make_line(TEXT, 0, 0),
        make_line("3.2", 160, 0),
        make_line(TEXT, 0, 12),
        make_line("p = 0.02", 160, 12),
        make_line("[5]", 146, -2, size=6),
    ]
    assert rows_of(lines) == []
