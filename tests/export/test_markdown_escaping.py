"""Print that Markdown would take for markup is shown as it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.export.markdown import escape


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("神经元", "神经元"),
        ("P*<0.05", "P\\*\\<0.05"),
        ("a_b_c", "a\\_b\\_c"),
        ("[1-3]", "\\[1-3\\]"),
        ("10|20", "10\\|20"),
        ("# 1", "\\# 1"),
        ("- 甲", "\\- 甲"),
        ("1. 引言", "1\\. 引言"),
        ("2014.", "2014\\."),
        ("#", "\\#"),
        ("12) 引言", "12\\) 引言"),
        ("2020年", "2020年"),
        ("-5 ℃", "-5 ℃"),
        ("a\nb", "a b"),
    ],
)
def test_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text("神a*_[]|<>`~$\\#-1.) ", max_size=20))
def test_nothing_is_lost(text: str) -> None:
    assert [char for char in escape(text) if char != "\\"] == [char for char in text if char != "\\"]
