from __future__ import annotations

import pytest

from recover.text.names import are_names, closed_up, names_end, tells_where


@pytest.mark.parametrize(
    "text",
    [
        "陶知行，孔令谦",
        "陶 行 孔令谦",
        "林小霞1，周以宁2*",
        "歐陽文遠　李嘉怡",
        "本刊记者 赵一鸣",
        "Lin Xiao, Zhou Yining and He Qiu",
    ],
)
def test_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(
    "text", ["水稻根系对干旱的响应", "某某大学文学院", "研究内容与框架", "Materials and methods of study", ""]
)
def test_other_lines(text: str) -> None:
    assert not are_names(text)


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (["陶", "知", "行"], ["陶知行"]),
        (["王", "明", "李小红"], ["王明", "李小红"]),
        (["王", "明", "李", "红"], ["王明", "李红"]),
    ],
)
def test_names_set_apart(parts: list[str], names: list[str]) -> None:
    assert closed_up(parts) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "XU Wen, HE Daolin, BAO Yu (1. School of Nursing, Linhai University, Linhai 317000;",
            "XU Wen, HE Daolin, BAO Yu ",
        ),
        ("钟离岳1，段干木2（1. 临海大学护理学院，临海 317000）", "钟离岳1，段干木2"),
        ("Xu Wen, He Daolin, Bao Yu. School of Nursing, Linhai", "Xu Wen, He Daolin, Bao Yu. "),
        ("Xu Wen, He Daolin. Nursing of patients at home", None),
        ("XU Wen, HE Daolin (2014). Nursing at Linhai University Hospital.", None),
        ("临床护理路径（1. 设计；2. 实施）", None),
    ],
)
def test_names_in_one_line_with_where_they_work(line: str, names: str | None) -> None:
    end = names_end(line)
    assert (None if end is None else line[:end]) == names


def test_what_tells_where_people_work_stands_in_brackets() -> None:
    assert tells_where("(1. 临海大学护理学院，临海 317000；2. 临海市中心医院")
    assert not tells_where("(1) 临床路径的设计；(2) 实施")
    assert not tells_where("临海大学护理学院的路径")
