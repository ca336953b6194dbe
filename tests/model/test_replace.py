"""A stretch of a line replaced: the text is right, every tuple keeps its length, what stays keeps its place."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from recover.model.page import Alternative, Doubt, Insertion, Line
from recover.model.replace import replace_text
from tests.printed_lines import make_line


def doubted(text: str) -> Line:
    return msgspec.structs.replace(
        make_line(text),
        weights=(0.1,) * len(text),
        tops=(0.2,) * len(text),
        bottoms=(0.8,) * len(text),
        styles="0" * len(text),
        doubts=tuple(Doubt(at, (Alternative("某", 0.1, "p"),)) for at in range(len(text))),
        insertions=tuple(Insertion(at, "，", 0.1) for at in range(1, len(text) + 1)),
    )


@given(st.text("甲乙丙ab，.", min_size=1, max_size=8), st.data())
def test_the_line_stays_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    now = data.draw(st.text("丁c。", max_size=3))
    line = replace_text(doubted(text), start, end, now, 0.9)
    assert line.text == text[:start] + now + text[end:]
    for values in (line.lefts, line.rights, line.confidences, line.readers, line.weights, line.tops, line.styles):
        assert len(values) == len(line.text)
    assert all(0 <= one.at < len(line.text) for one in line.doubts)
    assert all(0 <= one.at <= len(line.text) for one in line.insertions)
    assert line.lefts[:start] == doubted(text).lefts[:start]
    assert line.lefts[start + len(now) :] == doubted(text).lefts[end:]


def test_a_replaced_character_keeps_its_place_and_gets_the_confidence() -> None:
    line = replace_text(doubted("申方"), 0, 1, "甲", 0.8)
    assert (line.lefts, line.confidences) == (make_line("甲方").lefts, (0.8, 1.0))


def test_what_is_the_same_on_both_sides_is_left_alone() -> None:
    line = replace_text(doubted("farily"), 0, 6, "family", 0.8)
    assert (line.text, line.confidences) == ("family", (1.0, 1.0, 0.8, 1.0, 1.0, 1.0))


def test_a_mark_put_in_stands_in_the_white() -> None:
    line = replace_text(doubted("甲乙"), 1, 1, "，")
    assert (line.text, line.lefts[1], line.rights[1], line.confidences[1]) == ("甲，乙", 10.0, 10.0, -1.0)
