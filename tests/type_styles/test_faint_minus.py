"""Raised minuses that are no more than a row of grey: before a raised figure, behind an ion, beside a slash."""

from __future__ import annotations

import numpy as np
import pytest

from recover.model.geometry import Box
from recover.model.page import Line
from recover.stages.type_styles.faint_minus import with_faint_alleles, with_faint_minuses
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


# ``ClCl`` and four Han, whose baseline is at 24 and capitals 12 high; the white before the Han is ``white`` wide.
CAPITALS, HAN = ((2, 10), (12, 15), (17, 25), (27, 30)), 16


def ion_line(white: int, text: str = "ClCl为水土木") -> Line:
    start = CAPITALS[-1][1] + white
    places = [(x0, x1, 12, 24) for x0, x1 in CAPITALS]
    places += [(start + (HAN + 2) * at, start + (HAN + 2) * at + HAN, 10, 25) for at in range(4)]
    lefts, rights, tops, bottoms = zip(*places, strict=True)
    return Line(
        id="l1",
        text=text,
        box=Box(0, 0, 120, HEIGHT),
        lefts=tuple(map(float, lefts)),
        rights=tuple(map(float, rights)),
        confidences=(0.99,) * 8,
        readers="p" * 8,
        weights=(0.08,) * 8,
        tops=tuple(top / HEIGHT for top in tops),
        bottoms=tuple(bottom / HEIGHT for bottom in bottoms),
    )


def ion_picture(of: Line, grey: int, row: int, white: int, slash: bool = False) -> Picture:
    """The line's picture with a grey stroke in the white, or one on either side of a slash."""
    pixels = np.full((HEIGHT, 120), 255, np.uint8)
    blobs = []
    for x0, x1, top, bottom in zip(of.lefts, of.rights, of.tops, of.bottoms, strict=True):
        box = int(x0), round(top * HEIGHT), int(x1), round(bottom * HEIGHT)
        pixels[box[1] : box[3], box[0] : box[2]] = 0
        blobs.append(box)
    start = CAPITALS[-1][1]
    if slash:
        blobs.append((start + white // 2 - 1, 11, start + white // 2 + 2, 19))
        pixels[11:19, blobs[-1][0] : blobs[-1][2]] = 0
    for left in (start + 1, start + white // 2 + 3) if slash else (start + 1,):
        pixels[row : row + 2, left : left + (white // 2 - 4 if slash else white - 2)] = grey
    return Picture(pixels, 0.0, 1.0, np.array(blobs, np.int32))


def test_a_row_of_grey_behind_an_ion_is_its_charge() -> None:
    lines = [ion_line(7)]
    (found,) = with_faint_minuses(lines, [ion_picture(lines[0], 170, 14, 7)])
    assert (found.text, found.styles) == ("ClCl-为水土木", "000010000")


@pytest.mark.parametrize(("grey", "row", "white"), [(255, 14, 7), (170, 20, 7), (170, 14, 3)])
def test_white_behind_an_ion_is_no_charge(grey: int, row: int, white: int) -> None:
    """Nor is a stroke at the baseline, or in white as narrow as before other Han."""
    lines = [ion_line(white)]
    assert with_faint_minuses(lines, [ion_picture(lines[0], grey, row, white)])[0].text == lines[0].text


def test_a_row_of_grey_behind_a_word_is_no_charge() -> None:
    lines = [ion_line(7, text="Cell为水土木")]
    assert with_faint_minuses(lines, [ion_picture(lines[0], 170, 14, 7)])[0].text == lines[0].text


def test_grey_on_both_sides_of_a_raised_slash_is_a_pair_of_alleles() -> None:
    lines = [ion_line(20)]
    (found,) = with_faint_alleles(lines, [ion_picture(lines[0], 170, 14, 20, slash=True)])
    assert (found.text, found.styles) == ("ClCl-/-为水土木", "00001110000")
    (bare,) = with_faint_alleles(lines, [ion_picture(lines[0], 255, 14, 20, slash=True)])
    assert bare.text == lines[0].text
