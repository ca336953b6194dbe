"""Dumps that read line by line go through the stages of a document: front matter, headings, notes, marks."""

from __future__ import annotations

import pytest

from recover.model.document import Document
from recover.pipeline.text_dump import document_of_dump
from recover.settings import Settings
from recover.stages.text_dump.pages import dump_pages, is_plain

PLAIN = """旧式织机的形成与变迁
陶知行，孔令谦
（江州大学历史文化学院，江州 430070）

摘要：本文依据实地调查材料，考察旧式织机在乡村的流传。
關鍵詞：织机；乡村；技术
中图分类号：K928.6

1 引言
旧式织机长期影响当地居民的日常往来，这一点在各处大体相同[1]。从现存的档案来看，
桐油贸易逐步改变季节性的劳动安排，并为后来的整理所证实[2-3]。

1.1 材料来源
根据实地调查所得的材料，祠堂碑刻普遍反映家族之间的协作方式。
2 结论
稻作历法明显支撑税收的征解办法。

【参考文献】
[1] 陶知行. 旧式织机初探[J]. 江州学报, 1999, 3(2): 11-19.
[2] 孔令谦. 盐井卤水的整理与研究[M]. 江州: 江州出版社, 2003: 33-41.
[3] Harlan R, Marsh M. Loom and kiln in the river districts of the south[J]. River Stud, 2004,
12(3): 45-52.
"""
BY_YEAR = """一、引言
旧式织机长期影响当地居民的日常往来（陶知行，1999）。
参考文献
陶知行（1999）。旧式织机初探。江州学报，3（2），11-19。
孔令谦（2003）。盐井卤水的整理与研究。江州学报，7（2），33-41。
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return document_of_dump(PLAIN, "x.txt", Settings())


def test_front_matter(document: Document) -> None:
    assert document.title.zh == "旧式织机的形成与变迁"
    assert [author.name for author in document.authors] == ["陶知行", "孔令谦"]
    assert document.keywords.zh == ("织机", "乡村", "技术")
    assert document.particulars.clc == "K928.6"


def test_headings_and_paragraphs(document: Document) -> None:
    told = [(section.number, section.title, len(section.paragraphs)) for section in document.sections]
    assert told == [("1", "引言", 1), ("1.1", "材料来源", 1), ("2", "结论", 1), ("", "参考文献", 0)]


def test_marks_are_linked(document: Document) -> None:
    citations = document.sections[0].paragraphs[0].citations
    assert [(item.numbers, item.references) for item in citations] == [((1,), (0,)), ((2, 3), (1, 2))]


def test_no_places_are_made_up(document: Document) -> None:
    assert not document.pages
    assert all(not paragraph.spans for section in document.sections for paragraph in section.paragraphs)
    assert all(reference.box is None for reference in document.references)


def test_nothing_is_lost(document: Document) -> None:
    assert document.account.rejected == document.account.unread == 0


def test_lists_by_author_and_year() -> None:
    document = document_of_dump(BY_YEAR, "x.txt", Settings())
    assert [reference.number for reference in document.references] == [0, 0]
    assert [item.references for item in document.sections[0].paragraphs[0].citations] == [(0,)]


@pytest.mark.parametrize("dump", ["", "\n\n\n", "\f\f", "one line", "\x00\ufffd", "[1]\n[2]\n", "参考文献\n"])
def test_odd_dumps_give_documents(dump: str) -> None:
    assert document_of_dump(dump, "x.txt", Settings()).source.kind == "text"


def test_every_line_is_on_a_page() -> None:
    lines = [line.text for page in dump_pages("一\n\f 二\n\n三") for region in page.regions for line in region.lines]
    assert lines == ["一", "二", "三"]


def test_nonsense_and_columns_are_not_read_line_by_line() -> None:
    assert is_plain(PLAIN)
    assert not is_plain("Wﬁﬁ%mméiﬁﬁm,“%L%A5$%34ﬂiﬁ\nB, A2 eh06 77 R B, B RALHRIE KRG E R,\nFimfis 7 § Ad T mie R")
    columns = "\n".join(f"旧式织机长期影响      [{at}] 陶知行. 初探[J]. 江州学报, 1999." for at in range(5))
    assert not is_plain(columns)
