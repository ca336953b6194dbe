"""Characters of a text layer find the line they stand in."""

from __future__ import annotations

from recover.model.geometry import Box, Transform
from recover.model.page import LayerChar
from recover.stages.legibility.page_layer import place_layer


def char(text: str, x: float) -> LayerChar:
    return LayerChar(text=text, box=Box(x, 10, x + 10, 20), font="F", size=10.0)


def test_a_mark_stands_in_its_own_line_and_not_in_the_neighbour_that_is_more_level() -> None:
    # The second line's middle is nearer to the mark's, and the mark lies just before it.
    lines = [Box(0, 10, 21, 23), Box(21.5, 9, 60, 21)]
    texts, astray = place_layer([char("优", 0), char("，", 10), char("但", 22), char("近", 32)], lines, Transform())
    assert [text.text for text in texts] == ["优，", "但近"]
    assert astray == ()
