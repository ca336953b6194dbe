"""A float stands behind the paragraph that was printed before it, in that paragraph's section."""

from __future__ import annotations

import pytest
from printed_lines import make_flow_line, make_line, pieces

from recover.model.document import Section
from recover.model.flow import FloatRegion, Flow
from recover.model.geometry import Box, Transform
from recover.model.page import Region
from recover.stages.floats.figures_and_tables import Place, line_places, place_at, read_floats
from recover.text.join import compose

LINES = [
    make_flow_line(text, row=row)
    for row, text in enumerate(("题名", "一 引言", "第一段的", "末行。", "第二段。", "[1] 条目"))
]
SECTIONS = (
    Section(
        id="s1",
        number="一",
        level=1,
        title="引言",
        title_spans=compose(pieces(LINES[1:2])).spans,
        paragraphs=(compose(pieces(LINES[2:4])), compose(pieces(LINES[4:5]))),
    ),
)


@pytest.mark.parametrize(
    ("position", "place"),
    [
        (0, Place()),
        (1, Place()),
        (2, Place("s1", -1)),
        (3, Place("s1", 0)),
        (4, Place("s1", 0)),
        (5, Place("s1", 1)),
        (6, Place("s1", 1)),
    ],
)
def test_a_place_is_behind_the_last_line_of_the_text_before_it(position: int, place: Place) -> None:
    assert place_at(position, LINES, line_places(SECTIONS)) == place


def test_words_in_a_drawing_are_told_as_they_are_read() -> None:
    places = (("(b) 移植组", 90, 40), ("(a) 对照组", 0, 41), ("时间/d", 50, 20), ("评分", 0, 0))
    lines = tuple(make_line(text, x, y, name=f"l{at}") for at, (text, x, y) in enumerate(places))
    region = Region(id="r1", kind="figure", box=Box(0, 0, 200, 60), lines=lines)
    flow = Flow(floats=(FloatRegion(region=region, page=0, position=0, to_page=Transform()),))
    (figure,) = read_floats(flow, ()).figures
    assert figure.text == ("评分", "时间/d", "(a) 对照组", "(b) 移植组")
    assert figure.lines == ("p1.l3", "p1.l2", "p1.l1", "p1.l0")
