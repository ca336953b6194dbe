"""Dots between Chinese become the marks they may be where the document's stops are 。, and nowhere else."""

from __future__ import annotations

import pytest

from recover.model.page import PageReading
from recover.stages.biasing.stops import settle_stops
from tests.biasing.test_spelling import page

RINGS = page("神经元。" * 13)
DOTS = page("神经元." * 8)


def settled(text: str, at: int, mark: str, share: float, *others: PageReading) -> str:
    return settle_stops([page(text, doubts={at: (mark, share)}), *others])[0].regions[0].lines[0].text


@pytest.mark.parametrize(
    ("text", "at", "mark", "printed"),
    [
        ("资料显示.全球超过", 4, "，", "资料显示，全球超过"),
        ("血管断裂·细胞膜破", 4, "，", "血管断裂，细胞膜破"),
        ("方向[3-4].部分研究", 7, ",", "方向[3-4]，部分研究"),
        ("资料显示.", 4, "。", "资料显示。"),
        ("透明质酸-壳聚糖", 4, "、", "透明质酸、壳聚糖"),
        ("以下条件？(1)脊髓", 4, "：", "以下条件：(1)脊髓"),
        ("何砚秋，等.干细胞", 5, "，", "何砚秋，等.干细胞"),
        ("摘.要", 1, "、", "摘.要"),
        ("评分为3.5分", 4, "，", "评分为3.5分"),
    ],
)
def test_dots_in_a_text_whose_stops_are_rings(text: str, at: int, mark: str, printed: str) -> None:
    assert settled(text, at, mark, 0.2, RINGS) == printed


def test_a_hyphen_the_reader_was_sure_of_stays() -> None:
    text = "脑脊液-血清屏障"
    sure = page(text, doubts={3: ("、", 0.2)}, own=0.79)
    assert settle_stops([sure, RINGS])[0].regions[0].lines[0].text == text


def test_a_text_that_sets_dots_keeps_them() -> None:
    assert settled("资料显示.全球超过", 4, "，", 0.2, DOTS) == "资料显示.全球超过"
    assert settled("资料显示.全球超过", 4, "，", 0.2, RINGS, DOTS) == "资料显示.全球超过"


def test_references_keep_theirs() -> None:
    text = "现状与思考.东岭医学，2020,38(2):97"
    assert settled(text, 5, "，", 0.2, RINGS) == text


def test_the_image_must_have_left_room() -> None:
    assert settled("资料显示.全球超过", 4, "，", 0.002, RINGS) == "资料显示.全球超过"


@pytest.mark.parametrize(
    ("text", "at", "mark", "share", "printed"),
    [
        ("cell·MSC", 4, "，", 0.4, "cell，MSC"),
        ("cell·MSC", 4, "，", 0.05, "cell·MSC"),
        ("阿尔茨海默·奥", 5, "，", 0.4, "阿尔茨海默·奥"),
        ("3·5 mg", 1, ".", 0.4, "3·5 mg"),
    ],
)
def test_middle_dots_stand_only_in_names_and_numbers(text: str, at: int, mark: str, share: float, printed: str) -> None:
    assert settled(text, at, mark, share) == printed
