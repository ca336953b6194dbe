"""How lines become text: a table of seams, and the law that a join loses nothing but line-end hyphens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.text.join import seam, separator
from recover.text.vocabulary import HYPHENS


def joined(left: str, right: str) -> str:
    drop, between = seam(left, right)
    return left[: len(left) - drop] + between + right


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("肌萎缩侧", "索硬化", "肌萎缩侧索硬化"),
        ("神经元", "ALS", "神经元ALS"),
        ("ALS", "患者", "ALS患者"),
        ("治疗，", "但", "治疗，但"),
        ("（", "SOD1", "（SOD1"),
        ("stem", "cell", "stem cell"),
        ("the", "5 patients", "the 5 patients"),
        ("of", "（a）", "of（a）"),
        ("trans-", "plantation", "transplantation"),
        ("trans\u2010", "plantation", "transplantation"),
        ("trans\u00ad", "plantation", "transplantation"),
        ("placebo-", "controlled", "placebo-controlled"),
        ("stem-cell-", "derived", "stem-cell-derived"),
        ("bone-marrow-", "derived", "bone-marrow-derived"),
        ("TDP-", "43", "TDP-43"),
        ("IL-", "6", "IL-6"),
        ("BM-", "MSC", "BM-MSC"),
        ("Smith-", "Jones", "Smith-Jones"),
        ("p38-", "dependent", "p38-dependent"),
        ("1994-", "2003", "1994-2003"),
        ("和/", "或", "和/或"),
        ("https://doi.org/", "10.1000", "https://doi.org/10.1000"),
        ("DOI: 10.1000/j.x.2021.", "02.007", "DOI: 10.1000/j.x.2021.02.007"),
        ("DOI: 10.1000/j.x.2021.02.007.", "QIN R B, SHEN", "DOI: 10.1000/j.x.2021.02.007. QIN R B, SHEN"),
        ("①", "first", "①first"),
        ("end.", "Next", "end. Next"),
    ],
)
def test_seams(left: str, right: str, whole: str) -> None:
    assert joined(left, right) == whole


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [("", "a", ""), ("a", "", ""), ("a ", "b", ""), ("a", " b", ""), ("中", "b", ""), ("a", "中", ""), ("a", "b", " ")],
)
def test_separators(left: str, right: str, between: str) -> None:
    assert separator(left, right) == between


LINE = st.text(st.sampled_from("神经元，。（ABab019-\u2010\u00ad/ .:"), max_size=12)


@given(LINE, LINE)
def test_a_join_loses_no_character_but_a_hyphen(left: str, right: str) -> None:
    drop, between = seam(left, right)
    assert between in {"", " "}
    assert drop in {0, 1}
    assert not drop or left[-1] in HYPHENS
    assert joined(left, right).replace(" ", "") == (left[: len(left) - drop] + right).replace(" ", "")


@given(st.text("神经元，。；（）", min_size=1), st.text("神经元，。；（）ab1", min_size=1))
def test_chinese_is_never_joined_with_a_space(left: str, right: str) -> None:
    assert joined(left, right) == left + right
    assert joined(right, left) == right + left
