from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import entries, interleaved, numbers_apart, numbers_behind

from recover.stages.references.entries import EntryLine, split_entries
from recover.stages.references.parse import to_references
from recover.stages.text_dump.document import dump_to_document, read_dump
from recover.stages.text_dump.headings import read_heading, successors

FRONT = """Abstract

BACKGROUND: Frozen soil carries heat slowly.
OBJECTIVE: To review how roads settle on frozen
ground, and what may be done.

Key words: frozen soil; heat; road

Funding: Natural Science Foundation of Nowhere, No. 123456 (to AB)

How to cite this article: ZHAO W, Bl YL, FU XY. Roads on frozen soil: a review. Zhongguo Dili. 2025,;29(19):40-49.
"""
BODY = """1 %ﬁL BR# Introduction
XfgR Qw7k, vJ8 }kLm zz%R qWpt bnMk AFKLQ
QPHHZE LWRTT AFFRKXE 4m %) RRTq
11 BRSRR
The heat of the soil is lost at night, as every traveller knows.
XfgR Qw7k, vJ8 }kLm zz%R qWpt bnMk AFKLQ
2 458 Results
The road settled by ten centimetres in the first winter.
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_columns_run_together_are_taken_apart(seed: int) -> None:
    printed = entries(24, seed)
    found = read_dump(interleaved(printed, 12)).bibliography.entries
    assert [entry.number for entry in found] == list(range(1, 25))
    right = sum(entry.text == text for entry, text in zip(found, printed, strict=True))
    # The titles are words at random, so where two seams fit the column nothing tells them apart.
    assert right >= 18


@pytest.mark.parametrize("seed", [4, 5])
def test_numbers_in_a_block_go_back_to_their_entries(seed: int) -> None:
    printed = entries(15, seed)
    found = read_dump(numbers_apart(printed)).bibliography.entries
    assert [(entry.number, entry.text) for entry in found] == list(enumerate(printed, 1))


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_numbers_behind_their_entries_go_back_to_them(columns: int) -> None:
    printed = entries(15, 6)
    found = read_dump(numbers_behind(printed, columns)).bibliography.entries
    assert [(entry.number, entry.text) for entry in found] == list(enumerate(printed, 1))


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(10, 16), share=st.floats(0.4, 0.6))
def test_interleaved_columns_lose_no_entry_and_no_letter(seed: int, count: int, share: float) -> None:
    printed = entries(count, seed)
    bibliography = read_dump(interleaved(printed, round(share * count))).bibliography
    found = bibliography.entries
    assert [entry.number for entry in found] == list(range(1, count + 1))
    assert [entry.text[:12] for entry in found] == [text[:12] for text in printed]
    kept = Counter("".join([*(entry.text for entry in found), *bibliography.left_over]).replace(" ", ""))
    assert not Counter("".join(printed).replace(" ", "")) - kept
    # The page's own number is all that may be taken for a part of the list.
    assert not kept - Counter("".join(printed).replace(" ", "")) - Counter("412")


def test_furniture_stands_aside() -> None:
    page = "Annals of Frozen Soil Research  www.example.org\n\n{text}\n\n{number}\n\f"
    dump = "".join(
        page.format(text=f"Soil number {word} was cold and wet.", number=40 + i)
        for i, word in enumerate(("one", "two", "three"))
    )
    reading = read_dump(dump)
    assert [line.text for line in reading.furniture if line.text.isdigit()] == ["40", "41", "42"]
    assert len(reading.furniture) == 6
    assert [line.text for section in reading.sections for line in section.lines] == [
        f"Soil number {word} was cold and wet." for word in ("one", "two", "three")
    ]


def test_front_matter_by_parts() -> None:
    document = dump_to_document(FRONT + BODY, "dump.txt")
    assert document.source.kind == "text"
    assert document.title.en == "Roads on frozen soil: a review"
    assert [author.name for author in document.authors] == ["Zhao W.", "Bi Y. L.", "Fu X. Y."]
    assert document.abstracts.en == (
        "BACKGROUND: Frozen soil carries heat slowly.",
        "OBJECTIVE: To review how roads settle on frozen ground, and what may be done.",
    )
    assert document.keywords.en == ("frozen soil", "heat", "road")
    assert [(block.role, block.paragraph.text) for block in document.front if block.role == "funding"] == [
        ("funding", "Natural Science Foundation of Nowhere, No. 123456 (to AB)")
    ]


def test_sections_keep_what_cannot_be_read_and_say_so() -> None:
    document = dump_to_document(FRONT + BODY, "dump.txt")
    assert [(section.number, section.title_en) for section in document.sections] == [
        ("1", "Introduction"),
        ("1.1", ""),
        ("2", "Results"),
    ]
    text = "\n".join(paragraph.text for section in document.sections for paragraph in section.paragraphs)
    for line in BODY.splitlines():
        assert line.split(" ", 1)[1].removesuffix(" Introduction").removesuffix(" Results") in text
    langs = {paragraph.lang: paragraph.confidence for section in document.sections for paragraph in section.paragraphs}
    assert set(langs) == {"en", "und"}
    assert langs["und"] <= 0.2
    problems = [problem for problem in document.problems if problem.stage == "legibility"]
    assert len(problems) == 2
    assert all("recover pdf" in problem.remedy for problem in problems)


@pytest.mark.parametrize("dump", ["", "\n\n\n", "\f\f", "one line", "\x00\ufffd", "[1]\n[2]\n", "参考文献\n"])
def test_odd_dumps_give_documents(dump: str) -> None:
    assert dump_to_document(dump, "x.txt").source.kind == "text"


@pytest.mark.parametrize(
    ("text", "current", "number"),
    [
        ("1 资料和方法 Data and methods", (), "1"),
        ("1.1.2 检索时限", (1, 1, 1), "1.1.2"),
        ("21 ABC", (2,), "2.1"),
        ("222 ABC", (2, 2, 1), "2.2.2"),
        ("20 ABC def", (2,), None),
        ("3 of the mice died.", (2, 1), None),
        ("一、引言与背景", (), "一"),
    ],
)
def test_headings_follow_the_numbering(text: str, current: tuple[int, ...], number: str | None) -> None:
    heading = read_heading(text, current)
    assert (heading.number if heading else None) == number


def test_successors() -> None:
    assert successors((2, 1), skip=False) == {(2, 1, 1), (2, 2), (3,)}


def test_entries_of_a_dump_stand_on_its_one_page() -> None:
    lines = [
        "[1] 王五, 赵六. 水稻根系研究[J]. 作物学报, 2010, 36(2): 120-126.",
        "[2] 钱七. 小麦[M]. 北京: 农业社, 2001.",
    ]
    entries = split_entries([EntryLine(text=text) for text in lines])
    assert [entry.lines for entry in entries] == [(0,), (1,)]
    assert [reference.page for reference in to_references(entries, ())] == [0, 0]
