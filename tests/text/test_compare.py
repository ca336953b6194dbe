from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.lexicon.characters import comparable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("神经元， 死亡。", "神经元,死亡."),
        ("“症状”", '"症状"'),
        ("1994—2003", "1994-2003"),
        ("（ＡＬＳ）", "(ALS)"),
        ("ﬁbroblast", "fibroblast"),
        ("H₂O₂ 10⁷", "H2O2 10 7"),
        ("［1－3］", "[1-3]"),
        ("肌 萎 缩\n侧索", "肌萎缩侧索"),
    ],
)
def test_two_renderings_of_one_print_are_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), [("己", "已"), ("SOD1", "SODl"), ("10-3", "103"), ("a", "A")])
def test_different_print_stays_different(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


@given(st.text())
def test_comparing_twice_changes_nothing(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)
