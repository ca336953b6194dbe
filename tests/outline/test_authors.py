"""Names and keywords as papers print them."""

from __future__ import annotations

import pytest

from recover.stages.outline.particulars import split_authors, split_keywords
from recover.text.names import are_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("林若川1，周以宁2，何砚秋1,3", ["林若川", "周以宁", "何砚秋"]),
        ("林若川1 周以宁2", ["林若川", "周以宁"]),
        ("王　明，李小红", ["王明", "李小红"]),
        ("王 明, 李小红*", ["王明", "李小红"]),
        ("本报记者　赵一鸣", ["赵一鸣"]),
        ("□ 赵一鸣", ["赵一鸣"]),
        ("赵一鸣 著", ["赵一鸣"]),
        ("赵小文", ["赵小文"]),
        ("张三①，李四②△", ["张三", "李四"]),
        ("Lin Ruochuan1, Zhou Yining2 and He Yanqiu", ["Lin Ruochuan", "Zhou Yining", "He Yanqiu"]),
    ],
)
def test_authors(printed: str, names: list[str]) -> None:
    assert [author.name for author in split_authors([printed], [])] == names


def test_marks_of_affiliation_stay_with_their_names() -> None:
    found = split_authors(["林若川1，周以宁2，何砚秋1,3"], [])
    assert [author.affiliations for author in found] == [("1",), ("2",), ("1", "3")]


def test_names_of_both_languages_stand_together_where_the_lists_agree() -> None:
    both = split_authors(["王明，李红"], ["Wang Ming, Li Hong"])
    assert [(author.name, author.name_en) for author in both] == [("王明", "Wang Ming"), ("李红", "Li Hong")]
    assert [author.name_en for author in split_authors(["王明，李红"], ["Wang Ming"])] == ["", ""]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("干细胞；移植；神经元。", ("干细胞", "移植", "神经元")),
        ("干细胞;移植", ("干细胞", "移植")),
        ("干细胞，移植，神经元", ("干细胞", "移植", "神经元")),
        ("stem cells; TDP-43, mutant; review", ("stem cells", "TDP-43, mutant", "review")),
        ("干细胞　移植　神经元", ("干细胞", "移植", "神经元")),
    ],
)
def test_keywords(printed: str, words: tuple[str, ...]) -> None:
    assert split_keywords([printed]) == words


def test_a_sentence_behind_names_is_no_author() -> None:
    line = "Fabio Ricci, Ludwig van der Berg, This manual is for the use of the library, version 4, which parses notes"
    assert [author.name for author in split_authors([], [line])] == ["Fabio Ricci", "Ludwig van der Berg"]


@pytest.mark.parametrize("line", ["54000, Pakistan", "Shanghai 200433, China"])
def test_a_postcode_makes_no_names(line: str) -> None:
    assert not are_names(line)


def test_a_columns_name_between_dots_is_no_author() -> None:
    assert not are_names("·论著·")
    assert are_names("·陶知行 孔令谦·")


def test_names_in_both_scripts_stand_apart() -> None:
    found = split_authors(["王明　李小红John van der Berg赵刚"], [])
    assert [author.name for author in found] == ["王明", "李小红", "John van der Berg", "赵刚"]


@pytest.mark.parametrize(
    ("line", "are"),
    [
        ("贺兰桐　尉迟敏Johan van der Meer", True),
        ("韦佳慧 欧阳德2 罗雪1 Khan Amir3 覃志强1.2", True),
        ("基因 SOD Mutation 分析", False),
        ("采用Image Pro软件分析", False),
    ],
)
def test_a_foreign_author_among_chinese_ones(line: str, are: bool) -> None:
    assert are_names(line) is are
