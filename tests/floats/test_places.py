"""A float stands behind the paragraph that was printed before it, in that paragraph's section."""

from __future__ import annotations

import pytest
from printed_lines import make_flow_line, pieces

from recover.model.document import Section
from recover.stages.floats.figures_and_tables import Place, line_places, place_at
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
