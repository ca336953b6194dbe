"""Lists of references: their headings, their ends, and lists that nothing heads."""

from __future__ import annotations

import pytest
from printed_lines import make_flow_line
from printed_titles import block
from test_headings import entry, heading, read, small, told
from test_headings import text as prose

from recover.model.flow import Block
from recover.stages.outline.particulars import read_particulars


def plain(content: str) -> Block:
    return heading(content, size=1.0, bold=False, kind="text")


def centred(content: str) -> Block:
    indent = (22 - len(content)) / 2
    return block([make_flow_line(content, width=22, indent=indent, kind="title")])


@pytest.mark.parametrize(
    "printed", ["[参考文献]", "【參考文獻】", "附：引用书目", "主要参考文献", "References", "征引文献"]
)
def test_a_heading_in_plain_type_is_one_where_entries_follow(printed: str) -> None:
    found = read(heading("1 结语"), prose(), plain(printed), entry(1), entry(2))
    assert [len(item.pieces) for item in found.references] == [2]
    assert len(found.sections) == 2


def test_without_entries_the_same_words_are_a_line_of_text() -> None:
    found = read(heading("1 结语"), prose(), plain("文献"), prose(), prose())
    assert not found.references
    assert [section.title for section in found.sections] == ["结语"]


def test_a_list_ends_at_what_stands_behind_it() -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), entry(1), entry(2), plain("致谢"), prose())
    assert [section.title for section in found.sections] == ["结语", "参考文献", "致谢"]
    assert [len(item.pieces) for item in found.references] == [2]
    assert found.sections[-1].paragraphs


def test_every_chapter_may_have_its_list() -> None:
    found = read(
        heading("第一章 缘起"), prose(), heading("参考文献"), entry(1), entry(2),
        heading("第二章 经过"), prose(), heading("参考文献"), entry(1),
    )  # fmt: skip
    assert [(len(item.pieces), item.sections) for item in found.references] == [(2, range(2)), (1, range(2, 4))]


def test_entries_in_a_row_are_a_list_that_nothing_heads() -> None:
    found = read(heading("1 结语"), prose(), entry(1), entry(2), entry(3))
    assert [len(item.pieces) for item in found.references] == [3]
    assert [len(section.paragraphs) for section in found.sections] == [1]


def test_two_entries_may_be_quoted_in_a_text() -> None:
    assert not read(heading("1 结语"), prose(), entry(1), entry(2)).references


def test_a_title_in_plain_type_stands_over_names() -> None:
    found = read(centred("水稻根系对干旱的响应"), centred("陶知行，孔令谦"), prose(), prose())
    assert found.front.title.zh == "水稻根系对干旱的响应"
    assert [author.name for author in found.front.authors] == ["陶知行", "孔令谦"]
    assert told(found) == [(1, "", "")]


def test_a_subtitle_whose_dash_was_not_read_is_no_author() -> None:
    title = heading("老年患者跌倒的危险因素", size=1.8)
    found = read(
        title,
        centred("一项前瞻性队列研究"),
        centred("陶知行，孔令谦"),
        plain("摘要：本文讨论步速。"),
        heading("1 引言"),
        prose(),
    )
    assert found.front.title.zh == "老年患者跌倒的危险因素"
    assert [author.name for author in found.front.authors] == ["陶知行", "孔令谦"]


def test_the_mark_of_a_note_is_none_of_the_title() -> None:
    found = read(centred("水稻根系对干旱的响应*"), centred("陶知行，孔令谦"), prose(), prose())
    assert found.front.title.zh == "水稻根系对干旱的响应"


def test_a_short_line_without_names_below_is_no_title() -> None:
    assert not read(centred("水稻根系对干旱的响应"), prose(), prose()).front.title.zh


def test_small_lines_are_still_entries() -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), small("[1] 陶知行. 某书[M]. 某地: 某社, 1999."))
    assert [len(item.pieces) for item in found.references] == [1]


def test_a_subtitle_goes_on_with_a_plain_title() -> None:
    found = read(centred("江州驿道桥梁的修建"), centred("——以碑刻为中心"), centred("陶　知　行"), prose(), prose())
    assert found.front.title.zh == "江州驿道桥梁的修建——以碑刻为中心"
    assert [author.name for author in found.front.authors] == ["陶知行"]


@pytest.mark.parametrize(
    ("subtitle", "below", "title"),
    [
        ("——以江州碑刻和河口的契约文书为中心的", "考察", "江州驿道桥梁的修建——以江州碑刻和河口的契约文书为中心的考察"),
        ("——以碑刻为中心", "江州地方文献馆", "江州驿道桥梁的修建——以碑刻为中心"),
        ("——他说，这是江州的驿道与桥梁。", "考察", "江州驿道桥梁的修建"),
    ],
    ids=["a full line goes on", "a short one ends", "a sentence"],
)
def test_a_subtitle_goes_on_behind_a_full_line(subtitle: str, below: str, title: str) -> None:
    found = read(
        heading("江州驿道桥梁的修建", size=1.8), centred(subtitle), centred(below), centred("陶知行，孔令谦"),
        plain("摘要：本文讨论步速。"), heading("1 引言"), prose(),
    )  # fmt: skip
    assert found.front.title.zh == title
    assert [author.name for author in found.front.authors] == ["陶知行", "孔令谦"]


def test_a_unit_over_a_table_is_no_note() -> None:
    found = read(heading("1 数量"), prose(), plain("单位：处"), prose())
    assert [section.title for section in found.sections] == ["数量"]


def test_several_articles_are_said() -> None:
    found = read(
        heading("水稻根系的研究", size=1.8), centred("陶知行"), prose(),
        heading("山地梯田的研究", size=1.8), centred("本报记者　孔令谦"), prose(),
    )  # fmt: skip
    assert any("山地梯田的研究" in problem.message for problem in found.problems)


def test_dates_behind_a_list_are_no_entry() -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), entry(1), small("收稿日期：2014-11-20", "reference"))
    assert [len(item.pieces) for item in found.references] == [1]
    assert found.sections[-1].title == "参考文献"
    assert [block.paragraph.text for block in found.front.blocks if block.role == "dates"] == ["收稿日期：2014-11-20"]


@pytest.mark.parametrize(
    "note",
    [
        "陶知行，男，1978年生，博士，教授，主要研究方向为地方史。",
        "陶知行（1978—），硕士，研究方向为地方史。",
        "TAO Zhi-Xing, born in 1978, Ph. D., professor. His research interests include local history.",
        "Zhixing Tao (Member, IEEE) received the Ph.D. degree from the University of Jiangzhou in 2006.",
    ],
)
def test_a_note_on_an_author_ends_the_list(note: str) -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), entry(1), entry(2), plain(note), prose())
    assert [len(item.pieces) for item in found.references] == [2]
    assert [section.title for section in found.sections] == ["结语", "参考文献", ""]
    assert found.sections[-1].paragraphs[0].text == note
    assert read_particulars((), found.sections).biographies == (note,)


@pytest.mark.parametrize(
    "text", ["患者，男，45岁，因腹痛入院。", "王小明（2015）。博士生的学习。", "Smith J. The professor of old."]
)
def test_what_is_no_note_on_an_author_stays_in_the_list(text: str) -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), entry(1), entry(2), plain(text))
    assert [section.title for section in found.sections] == ["结语", "参考文献"]


def test_what_the_author_of_a_thesis_published_is_none_of_its_list() -> None:
    own = "攻读博士学位期间发表的论文"
    found = read(
        heading("第一章 结语"),
        prose(),
        heading("参考文献"),
        entry(1),
        entry(2),
        plain(own),
        entry(1),
        plain("致谢"),
        prose(),
    )
    assert [section.title for section in found.sections] == ["结语", "参考文献", own, "致谢"]
    assert [len(item.pieces) for item in found.references] == [2]


def test_a_second_article_keeps_its_own_keywords_and_codes() -> None:
    title = block(
        [
            make_flow_line(part, row=row, width=22, indent=4, size=16.0, kind="title")
            for row, part in enumerate(("右肺中叶错构瘤并", "支气管扩张一例"))
        ]
    )
    found = read(
        heading("成人肠旋转不良一例", size=1.8),
        centred("曲未央　钟离雪"),
        small("【关键词】肠旋转不良；中肠扭转"),
        prose(),
        heading("参考文献"),
        entry(1),
        small("（收稿日期：2018-12-03）"),
        title,
        centred("闻人语　梁丘渡"),
        small("【关键词】错构瘤；支气管扩张"),
        small("【中图分类号】R734.2"),
        prose(),
        heading("参考文献"),
        entry(1),
    )
    assert found.front.keywords.zh == ("肠旋转不良", "中肠扭转")
    assert [section.title for section in found.sections] == [
        "",
        "参考文献",
        "右肺中叶错构瘤并支气管扩张一例",
        "参考文献",
    ]
    assert [len(item.pieces) for item in found.references] == [1, 1]
    assert any("错构瘤" in problem.message for problem in found.problems)


def test_text_behind_a_list_and_its_dates_is_no_entry() -> None:
    found = read(heading("1 结语"), prose(), heading("参考文献"), entry(1), small("收稿日期：2014-11-20"), prose())
    assert [len(item.pieces) for item in found.references] == [1]
    assert len(found.sections[-1].paragraphs) == 1


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("基金项目：", "funding"),
        ("作者单位：", "author-note"),
        ("*通信作者(Corresponding author)：", "author-note"),
        ("Funding: ", "funding"),
    ],
)
@pytest.mark.parametrize("is_behind_list", [True, False])
def test_a_label_with_its_text_behind_the_text_is_a_field(label: str, role: str, *, is_behind_list: bool) -> None:
    note = small(label + "江州大学历史文化学院 K928", "reference")
    listed = (heading("参考文献"), entry(1), entry(2))
    found = read(heading("1 结语"), prose(), *((*listed, note) if is_behind_list else (note, *listed)))
    assert [section.title for section in found.sections] == ["结语", "参考文献"]
    assert [len(item.pieces) for item in found.references] == [2]
    assert [block.paragraph.text for block in found.front.blocks if block.role == role] == [
        label.strip() + (" " if label[-1] == " " else "") + "江州大学历史文化学院 K928"
    ]


@pytest.mark.parametrize("label", ["基金项目", "Funding", "作者介绍"])
def test_a_label_by_itself_heads_what_is_below(label: str) -> None:
    found = read(heading("1 结语"), prose(), heading(label, size=1.0), prose(), heading("参考文献"), entry(1))
    assert [section.title for section in found.sections] == ["结语", label, "参考文献"]
    assert len(found.sections[1].paragraphs) == 1


def test_a_second_article_keeps_its_affiliation_as_a_note() -> None:
    found = read(
        heading("成人肠旋转不良一例", size=1.8), centred("曲未央　钟离雪"), prose(),
        heading("参考文献"), entry(1), heading("右肺中叶错构瘤一例", size=1.8), centred("闻人语　梁丘渡"), prose(),
        small("作者单位：221000 沂北市第三人民医院"), heading("参考文献"), entry(1),
    )  # fmt: skip
    assert [section.title for section in found.sections][-3:] == ["右肺中叶错构瘤一例", "作者单位", "参考文献"]
    assert [len(item.pieces) for item in found.references] == [1, 1]
