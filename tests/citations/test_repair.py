"""Damaged marks mended in place; what is printed in round brackets or is no number stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.document import Paragraph
from recover.stages.citations.damaged import mend_marks


def mended(text: str, highest: int = 58) -> str:
    return mend_marks(Paragraph(text=text, lang="zh"), highest).paragraph.text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("移植(22]。", "移植[22]。"),
        ("移植[22)。", "移植[22]。"),
        ("移植[l2]。", "移植[12]。"),
        ("移植[1O]。", "移植[10]。"),
        ("移植[4.7-9]。", "移植[4,7-9]。"),
        ("移植[11J。", "移植[11]。"),
    ],
)
def test_mended(read: str, printed: str) -> None:
    assert mended(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "移植[1-3]。",
        "移植［5］。",
        "患者(12)",
        "分级(1-3)",
        "(3)移植",
        "[9-4]",
        "[99]",
        "10^5",
        "SOD1^G93A",
        "[J]",
        "[O]",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_without_a_list_nothing_is_known() -> None:
    assert mended("移植(22]。", highest=0) == "移植(22]。"


def test_each_change_is_recorded() -> None:
    (correction,) = mend_marks(Paragraph(text="移植(22]。", lang="zh"), 58).corrections
    assert (correction.was, correction.now) == ("(22]", "[22]")


@given(st.text("[]()［］0123lIO.,-–J移植 ", max_size=30), st.integers(1, 60))
def test_every_offset_stays_true(text: str, highest: int) -> None:
    after = mended(text, highest)
    assert len(after) == len(text)
    assert mended(after, highest) == after
