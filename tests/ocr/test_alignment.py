"""Blobs of ink brought together with the characters of a line; boxes and centres are those of a real scan."""

from __future__ import annotations

import numpy as np
import pytest

from recover.stages.ocr.alignment import align
from recover.stages.ocr.ink import measure_ink

TEXT = "86 ms at B0 = 7 T."
CENTERS = (12, 21, 35, 44, 63, 77, 86, 96, 105, 114, 128, 138, 147, 156, 166, 180, 189, 198)
BLOBS = (
    (3, 2, 15, 20), (16, 2, 28, 20), (92, 3, 98, 20), (107, 2, 121, 20), (160, 2, 172, 20), (181, 2, 195, 20),
    (38, 6, 56, 20), (58, 6, 69, 20), (78, 6, 91, 20), (138, 7, 151, 10), (123, 11, 131, 23), (138, 13, 151, 16),
    (194, 17, 197, 20),
)  # fmt: skip


def owned(blobs: tuple[tuple[int, int, int, int], ...], centers: tuple[float, ...], text: str) -> dict[str, list[int]]:
    """The left edges of the blobs of each group of characters."""
    groups = align(blobs, centers, text)
    return {"".join(text[at] for at in group.chars): sorted(blobs[at][0] for at in group.blobs) for group in groups}


def test_each_character_gets_its_own_blobs_though_centres_are_off() -> None:
    found = owned(BLOBS, CENTERS, TEXT)
    assert found["T"] == [181]
    assert found["."] == [194]
    assert found["="] == [138, 138]
    assert found["0"] == [123]


def test_characters_that_touch_each_other_share_their_blob() -> None:
    blobs = ((0, 2, 10, 20), (12, 2, 32, 20), (34, 2, 44, 20))
    assert owned(blobs, (5, 17, 27, 39), "1234") == {"1": [0], "23": [12], "4": [34]}


def test_ink_of_chinese_beside_a_run_is_none_of_it() -> None:
    blobs = ((0, 0, 12, 24), (13, 0, 24, 24), (27, 4, 36, 22), (40, 0, 50, 24), (51, 0, 63, 24), (66, 0, 88, 24))
    assert owned(blobs, (12, 31, 52, 77), "的2们和") == {"2": [27]}


@pytest.mark.parametrize("rule", [(0, 0, 150, 3), (0, 18, 150, 26)])
def test_a_rule_across_the_line_is_no_ink_of_a_mark(rule: tuple[int, int, int, int]) -> None:
    """Nor is what touches it."""
    han = tuple((x, 2, x + 20, 22) for x in (2, 26, 50, 98, 122, 146))
    assert owned((rule, *han, (76, 19, 80, 25)), (12, 36, 60, 82, 108, 132, 156), "土样次，隧承台") == {"，": [76]}


def test_the_second_of_two_equal_characters_may_have_no_ink() -> None:
    blobs = ((0, 2, 12, 20), (14, 12, 22, 24), (26, 2, 38, 20))
    groups = align(blobs, (6, 16, 19, 32), "H22S")
    told = {group.chars: group.blobs for group in groups}
    assert (told[0,], told[3,]) == ((0,), (2,))
    assert sorted((told[1,], told[2,])) == [(), (1,)]


def test_a_character_is_measured_by_its_own_blobs() -> None:
    """Cut between the centres, the stop would take half of the bar of the ``T``, and that stand above the line."""
    pixels = np.full((28, 202), 255, np.uint8)
    for x0, y0, x1, y1 in BLOBS:
        if (x0, x1) != (181, 195):
            pixels[y0:y1, x0:x1] = 0
    pixels[2:5, 181:195] = pixels[2:20, 186:190] = 0
    ink = measure_ink(pixels, CENTERS, TEXT)
    at = TEXT.index("T")
    assert (ink.lefts[at], ink.rights[at], ink.tops[at], ink.bottoms[at]) == (181, 195, 2, 20)
    assert ink.tops[at + 1] == 17


def test_a_character_without_ink_stays_where_it_was_read() -> None:
    pixels = np.full((28, 60), 255, np.uint8)
    for x0, y0, x1, y1 in ((2, 2, 14, 20), (16, 2, 26, 20), (44, 2, 54, 20)):
        pixels[y0:y1, x0:x1] = 0
    ink = measure_ink(pixels, (8, 21, 34, 49), "12.3")
    assert ink.weights[2] == 0
    assert 21 < ink.lefts[2] <= ink.rights[2] < 49
