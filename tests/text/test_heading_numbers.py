"""Heading numbers of the usual schemes; what only looks like one is none."""

from __future__ import annotations

import pytest

from recover.text.numbering import han_value, parse_number


@pytest.mark.parametrize(
    ("text", "printed", "values", "title"),
    [
        ("0 引言 Introduction", "0", (0,), "引言 Introduction"),
        ("1 资料和方法", "1", (1,), "资料和方法"),
        ("1资料和方法", "1", (1,), "资料和方法"),
        ("02|福格模型", "02", (2,), "福格模型"),
        ("1丨引言", "1", (1,), "引言"),
        ("1. 引言", "1", (1,), "引言"),
        ("1．引言", "1", (1,), "引言"),
        ("1、引言", "1", (1,), "引言"),
        ("2.1 神经营养作用", "2.1", (2, 1), "神经营养作用"),
        ("2.1.1 神经营养作用", "2.1.1", (2, 1, 1), "神经营养作用"),
        ("1、2型糖尿病", "1", (1,), "2型糖尿病"),
        ("2．1．1 神经营养作用", "2.1.1", (2, 1, 1), "神经营养作用"),
        ("2. 1 移植途径", "2.1", (2, 1), "移植途径"),
        ("一、概述", "一", (1,), "概述"),
        ("十二、展望", "十二", (12,), "展望"),
        ("（一）细胞来源", "（一）", (1,), "细胞来源"),
        ("(二)细胞来源", "(二)", (2,), "细胞来源"),
        ("第一章 绪论", "第一章", (1,), "绪论"),
        ("第 3 节 方法", "第3节", (3,), "方法"),
        ("第二部分　临床研究", "第二部分", (2,), "临床研究"),
        ("二　悬浮培养", "二", (2,), "悬浮培养"),
        ("（1）向神经元分化", "（1）", (1,), "向神经元分化"),
        ("(12) 其他", "(12)", (12,), "其他"),
        ("3 Results", "3", (3,), "Results"),
        ("1:2 入选标准", "1.2", (1, 2), "入选标准"),
        ("第一节.随访内容", "第一节", (1,), "随访内容"),
        ("第三节。静脉输注", "第三节", (3,), "静脉输注"),
        ("第一章·细胞制备", "第一章", (1,), "细胞制备"),
    ],
)
def test_headings(text: str, printed: str, values: tuple[int, ...], title: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.printed, number.values, text[number.end :]) == (printed, values, title)
    assert number.depth == len(values)


@pytest.mark.parametrize(
    "text",
    [
        "引言",
        "",
        "一般资料与方法",
        "（下）",
        "12.5%的患者",
        "2003-2006年",
        "5/8 例",
        "1)患者",
        "一般资料",
        "[1] Smith J",
        "2004",
    ],
)
def test_no_headings(text: str) -> None:
    assert parse_number(text) is None


def test_a_closing_mark_is_remembered() -> None:
    closed, opened = parse_number("1. 引言"), parse_number("1 引言")
    assert closed is not None
    assert closed.closed
    assert opened is not None
    assert not opened.closed


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99)]
)
def test_han_values(text: str, value: int) -> None:
    assert han_value(text) == value
