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


JOURNAL = """文章编号：1000-1234(2024)11-0031-08

黄土坡面细沟侵蚀的水动力学特征

郑重1，宋扬1,2，谷雨2

(1. 海桥大学 水利学院，海桥 100001；2. 江河研究所，江州 330099)

摘要：本文用模拟降雨试验研究了细沟水流的流速、阻力与剪切力随坡度的变化。

关键词：细沟侵蚀；黄土

Hydrodynamic characteristics of rill erosion on loess slopes

ZHENG Zhong1, SONG Yang1,2, GU Yu2

Abstract: We studied the velocity and resistance of rill flow by simulated rainfall.

引用格式：郑重，宋扬，谷雨. 黄土坡面细沟侵蚀的水动力学特征[J]. 某某学报，2024，28(11)：31-38.

收稿日期：2024-01-05  修回日期：2024-03-02

1 引言

细沟侵蚀受到广泛关注。
稻作历法明显支撑税收的征解办法。
根据实地调查所得的材料，祠堂碑刻普遍反映家族之间的协作方式。
旧式织机长期影响当地居民的日常往来，这一点在各处大体相同。
桐油贸易逐步改变季节性的劳动安排，并为后来的整理所证实。
就总体趋势而言，坡度部分限制土壤的保水能力，但各地情形不尽一致。
"""
COVER = """分类号：TP391          密级：公开

海桥大学
硕士学位论文

面向低资源场景的古籍断句方法研究

研究生姓名：沈砚秋
指导教师：何其昌 教授

独创性声明

本人声明所呈交的学位论文是本人在导师指导下进行的研究工作及取得的研究成果。

第一章 绪论

古籍数量浩繁，而多数没有标点。
"""


def test_a_title_stands_below_labelled_lines_and_another_over_the_english_names() -> None:
    document = document_of_dump(JOURNAL, "x.txt", Settings())
    assert document.title.zh == "黄土坡面细沟侵蚀的水动力学特征"
    assert document.title.en == "Hydrodynamic characteristics of rill erosion on loess slopes"
    assert [author.name_en for author in document.authors] == ["ZHENG Zhong", "SONG Yang", "GU Yu"]
    assert [item.text for item in document.particulars.dates] == ["2024-01-05", "2024-03-02"]
    assert document.particulars.article_number == "1000-1234(2024)11-0031-08"
    assert len(document.particulars.cite) == 1


def test_the_title_of_a_cover_stands_over_its_author() -> None:
    document = document_of_dump(COVER, "x.txt", Settings())
    assert document.title.zh == "面向低资源场景的古籍断句方法研究"
    assert [author.name for author in document.authors] == ["沈砚秋"]
    assert document.particulars.clc == "TP391"
    assert document.account is not None
    assert not any(page.open for page in document.account.pages)
    assert [section.title for section in document.sections] == ["绪论"]


def test_traditional_characters_are_language() -> None:
    assert is_plain(
        "壹、緒論\n高齡化社會已經來臨，健康識能影響就醫行為。\n貳、文獻探討\n健康識能之定義眾說紛紜。\n參考文獻\n"
    )


def test_every_chapter_has_its_list() -> None:
    chapter = """第{0}章 桐油贸易

桐油贸易长期影响当地居民的日常往来[1]。
据口述者回忆，义仓制度部分支撑家族之间的协作方式，并为后来的整理所证实[2]。

参考文献
[1] 陶知行. 桐油贸易初探[J]. 江州学报, 1999, 3(2): 11-19.
[2] 孔令谦. 义仓制度[M]. 江州: 江州出版社, 2003: 33-41.

"""
    document = document_of_dump(chapter.format("一") + chapter.format("二"), "x.txt", Settings())
    assert [section.title for section in document.sections] == ["桐油贸易", "参考文献"] * 2
    assert [reference.number for reference in document.references] == [1, 2, 1, 2]


def test_another_article_behind_the_list_is_said() -> None:
    article = """{0}

{1}

一、引言

桐油贸易长期影响当地居民的日常往来，并为后来的整理所证实，而各地的情形不尽一致。

参考文献
[1] 陶知行. 桐油贸易初探[J]. 江州学报, 1999, 3(2): 11-19.

"""
    text = article.format("桐油贸易的兴衰", "孔思远") + article.format("木构榫卯的地方做法", "储思远")
    document = document_of_dump(text, "x.txt", Settings())
    titles = [section.title for section in document.sections]
    assert titles == ["引言", "参考文献", "木构榫卯的地方做法", "参考文献"]
    assert [reference.csl.title for reference in document.references] == ["桐油贸易初探"] * 2
    assert any("木构榫卯的地方做法" in problem.message for problem in document.problems)
