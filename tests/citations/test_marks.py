"""Citation marks resolved, and what only looks like one left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.csl import CslItem
from recover.model.document import Paragraph, Reference, Section
from recover.stages.citations.marks import citation_problems, cite_sections, find_citations, resolve


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("移植[1]后", [("[1]", (1,))]),
        ("移植[1-3]。", [("[1-3]", (1, 2, 3))]),
        ("移植［5］。", [("［5］", (5,))]),
        ("移植【6】。", [("【6】", (6,))]),
        ("移植[4,7-9]。", [("[4,7-9]", (4, 7, 8, 9))]),
        ("移植[4，7～9]。", [("[4，7～9]", (4, 7, 8, 9))]),
        ("移植[11–12]及[ 13 ]", [("[11–12]", (11, 12)), ("[ 13 ]", (13,))]),
        ("移植[1][2]", [("[1]", (1,)), ("[2]", (2,))]),
    ],
)
def test_marks(text: str, marks: list[tuple[str, tuple[int, ...]]]) -> None:
    found = find_citations(text, 40)
    assert [(text[citation.start : citation.end], citation.numbers) for citation in found] == marks


@pytest.mark.parametrize(
    "text",
    [
        "10^5个细胞",
        "SOD1G93A小鼠",
        "SOD1^G93A小鼠",
        "(1-3)个月",
        "[2003]年",
        "[a]",
        "[J]",
        "[0]",
        "[3-1]",
        "[1-200]",
        "[,]",
        "",
    ],
)
def test_no_marks(text: str) -> None:
    assert find_citations(text, 40) == ()


def test_numbers_far_over_the_list_are_no_citations() -> None:
    assert find_citations("[300]", 40) == ()
    assert find_citations("[300]", 0)[0].numbers == (300,)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_a_list_of_numbers_resolves_to_itself(numbers: list[int]) -> None:
    assert resolve(",".join(map(str, numbers))) == tuple(numbers)


@given(st.integers(1, 300), st.integers(1, 50))
def test_a_range_resolves_to_all_it_spans(first: int, more: int) -> None:
    assert resolve(f"{first}-{first + more}") == tuple(range(first, first + more + 1))


def section(*texts: str) -> Section:
    return Section(
        id="s1", number="1", level=1, title="", paragraphs=tuple(Paragraph(text=t, lang="zh") for t in texts)
    )


def references(*numbers: int) -> tuple[Reference, ...]:
    return tuple(Reference(number=number, raw="", csl=CslItem()) for number in numbers)


def test_what_the_list_lacks_and_what_nobody_cites_is_told() -> None:
    sections = cite_sections([section("甲[1]", "乙[4]")], references(1, 2, 3)).sections
    told = {problem.message for problem in citation_problems(sections, references(1, 2, 3))}
    assert told == {"cited but not in the list: 4", "in the list but never cited: 2, 3"}


def test_a_paper_without_a_list_has_nothing_to_tell() -> None:
    assert citation_problems(cite_sections([section("甲[1]")], ()).sections, ()) == ()


def test_the_number_of_an_entry_in_the_text_is_no_citation() -> None:
    entry = "[1] 陶知行, 孔令谦. 江州桥梁的捐修[J]. 地方文献, 2014, 30(2): 11-19."
    assert find_citations(entry, 9) == ()
    assert [one.numbers for one in find_citations("[1]的方法与[2]相同。", 9)] == [(1,), (2,)]
