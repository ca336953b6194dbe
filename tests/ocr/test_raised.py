"""Raised figures behind a word get the brackets that wear took, where the document raises its marks."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box, Transform
from recover.model.page import Line, PageReading, Region
from recover.stages.ocr.raised import with_raised_marks

WHOLE = ["早期症状[1]多不典型", "平均需要[2-3]一年", "敏感度高[4]而特异", "病程长短[5]不一"]


def line(text: str, raised: str = "", row: int = 0) -> Line:
    """A line whose characters from ``raised`` on, as long as it is, stand high."""
    start = text.index(raised) if raised else 0
    high = range(start, start + len(raised))
    return msgspec.structs.replace(
        make_line(text, 0, 15.0 * row, name=f"l{row}"),
        tops=tuple(0.1 if at in high else 0.3 for at in range(len(text))),
        bottoms=tuple(0.55 if at in high else 0.85 for at in range(len(text))),
    )


def page(*lines: Line) -> PageReading:
    region = Region(id="r1", kind="text", box=Box(0, 0, 300, 300), lines=lines)
    return PageReading(index=0, width=595, height=842, dpi=200, regions=(region,), to_page=Transform())


def read(text: str, raised: str, *, marks_are_raised: bool = True) -> tuple[str, list[str]]:
    """The last line of a page that has whole marks as well, and what the corrections put there."""
    whole = [line(one, one[4 : one.index("]") + 1] if marks_are_raised else "", row) for row, one in enumerate(WHOLE)]
    (mended,) = with_raised_marks([page(*whole, line(text, raised, len(whole)))])
    return mended.regions[0].lines[-1].text, [one.now for one in mended.corrections]


@pytest.mark.parametrize(
    ("text", "raised", "printed"),
    [
        ("药物延长生存31。随后", "31", "药物延长生存[31]。随后"),
        ("药物延长生存12-13]。随后", "12-13]", "药物延长生存[12-13]。随后"),
        ("药物延长生存[7，随后", "[7", "药物延长生存[7]，随后"),
        ("占比为21%11。随后", "11", "占比为21%[11]。随后"),
    ],
)
def test_brackets_come_back_and_are_told(text: str, raised: str, printed: str) -> None:
    mended, corrections = read(text, raised)
    assert mended == printed
    assert len(corrections) == 1
    assert corrections[0] in printed


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("随访共31个月", ""),  # on the line
        ("拟合方程(1+B)1/N为", "1/N"),  # a root
        ("剂量为10cm2。随后", "2"),  # an exponent
        ("药物延长生存[25", "[25"),  # goes on below
        ("药物延长生存[25:24]，", "[25:24]"),  # another sign in it
        ("药物延长生存1-22。随后", "1-22"),  # names too many
        ("药物延长生存12-4]。随后", "12-4]"),  # falls
    ],
)
def test_what_stays(text: str, raised: str) -> None:
    assert read(text, raised) == (text, [])


def test_where_marks_stand_on_the_line_nothing_is_bracketed() -> None:
    assert read("药物延长生存31。随后", "31", marks_are_raised=False) == ("药物延长生存31。随后", [])


def test_numbers_of_affiliations_before_the_abstract_stay() -> None:
    names = line("沈知微1，鲁简2，诸葛清源", "1，鲁简2")
    label = line("摘要：目的是综述", "", 1)
    whole = [line(one, one[4 : one.index("]") + 1], row + 2) for row, one in enumerate(WHOLE)]
    (mended,) = with_raised_marks([page(names, label, *whole)])
    assert mended.regions[0].lines[0].text == "沈知微1，鲁简2，诸葛清源"
