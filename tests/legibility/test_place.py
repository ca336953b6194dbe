"""Characters of a text layer find the line they stand in."""

from __future__ import annotations

import pytest

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


def spelt(text: str, space: float, spread: float = 0.0) -> list[LayerChar]:
    """Letters of 5 points in type of 10, spaces without a character; ``spread`` stands between all of them."""
    found, x = [], 0.0
    for letter in text:
        if letter == " ":
            x += space
        else:
            found.append(LayerChar(text=letter, box=Box(x, 10, x + 5, 20), font="F", size=10.0))
            x += 5 + spread
    return found


@pytest.mark.parametrize(("space", "spread"), [(2.0, 0.0), (3.5, 0.0), (2.0, 1.5)])
def test_white_that_justification_squeezed_is_a_space(space: float, spread: float) -> None:
    (text,), _ = place_layer(spelt("drawing on theory", space, spread), [Box(0, 9, 200, 21)], Transform())
    assert text.text == "drawing on theory"


def test_letters_spaced_out_are_one_word() -> None:
    (text,), _ = place_layer(spelt("Abstract", 0.0, 2.5), [Box(0, 9, 200, 21)], Transform())
    assert text.text == "Abstract"
