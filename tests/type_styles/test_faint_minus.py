"""Raised minuses that are no more than a row of grey before a raised figure."""

from __future__ import annotations

import numpy as np
import pytest

from recover.model.geometry import Box
from recover.model.page import Line
from recover.stages.type_styles.small_type import with_faint_minuses
from recover.stages.type_styles.zones import Picture

HEIGHT = 30
# Left, right, top and bottom of ``mms1``: x-heights from 12 to 24, the raised figure from 4 to 13.
PLACES = ((2, 14, 12, 24), (16, 28, 12, 24), (30, 38, 12, 24), (48, 52, 4, 13))


def line() -> Line:
    lefts, rights, tops, bottoms = zip(*PLACES, strict=True)
    return Line(
        id="l1",
        text="mms1",
        box=Box(0, 0, 60, HEIGHT),
        lefts=tuple(map(float, lefts)),
        rights=tuple(map(float, rights)),
        confidences=(0.99,) * 4,
        readers="pppp",
        weights=(0.08,) * 4,
        tops=tuple(top / HEIGHT for top in tops),
        bottoms=tuple(bottom / HEIGHT for bottom in bottoms),
    )


def picture(grey: int, row: int = 9) -> Picture:
    """The line's picture, with a stroke of ``grey`` two pixels high before the figure."""
    pixels = np.full((HEIGHT, 60), 255, np.uint8)
    for x0, x1, y0, y1 in PLACES:
        pixels[y0:y1, x0:x1] = 0
    pixels[row : row + 2, 41:46] = grey
    return Picture(pixels, 0.0, 1.0, np.zeros((0, 4), np.int32))


def test_a_row_of_grey_before_a_raised_figure_is_a_minus() -> None:
    (found,) = with_faint_minuses([line()], [picture(150)])
    assert found.text == "mms-1"
    assert found.doubts[0].alternatives[0].text == ""


@pytest.mark.parametrize(("grey", "row"), [(255, 9), (240, 9), (150, 4)])
def test_white_is_no_minus_nor_is_grey_at_the_figure_s_head(grey: int, row: int) -> None:
    assert with_faint_minuses([line()], [picture(grey, row)])[0].text == "mms1"


def test_a_text_layer_stays() -> None:
    kept = line()
    told = Line(**{name: getattr(kept, name) for name in kept.__struct_fields__} | {"readers": "tttt"})
    assert with_faint_minuses([told], [picture(150)])[0].text == "mms1"
