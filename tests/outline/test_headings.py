"""Headings of a whole paper: with numbers of several schemes, without numbers, with front matter at its end."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_flow_line
from printed_titles import block, flow, inked, paragraph

from recover.model.flow import Block, FlowLine, Piece
from recover.stages.outline.candidates import Draft, in_script
from recover.stages.outline.chain import end_specks
from recover.stages.outline.sections import Outline, outline

TEXT = (
    "活化的小胶质细胞分泌白细胞介素和肿瘤坏死因子，使星形胶质细胞丧失支持神经元存活的能力，这一过程在损伤后持续数周。"
)


def heading(text: str, *, size: float = 1.2, bold: bool = True, kind: str = "title") -> Block:
    line = make_flow_line(text, width=22, kind=kind, size=10.0 * size)  # type: ignore[arg-type]
    return block([inked(line, bold=len(text) if bold else 0)])


def text(lead: str = "", *, bold: bool = False, gap: float = 0.0) -> Block:
    return block(paragraph(lead + TEXT, bold=len(lead) if bold else 0, gap_at=len(lead), gap=gap))


def small(content: str, kind: str = "text", *, bold: int = 0) -> Block:
    return block([inked(make_flow_line(content, width=40, kind=kind, size=8.0), bold=bold)])  # type: ignore[arg-type]


def entry(number: int) -> Block:
    return small(f"[{number}] WANG S, LI X. A title of some length. Brain Res. 2020;91(5):520-525.", "reference")


def read(*blocks: Block) -> Outline:
    """The outline of blocks that stand one below the other."""
    row = 0
    placed = []
    for item in blocks:
        lines = []
        for piece in item.pieces:
            lines.append(_at(piece.line, row))
            row += 1
        placed.append(block(lines))
    return outline(placed, flow(*placed))


def _at(line: FlowLine, row: int) -> FlowLine:
    box = msgspec.structs.replace(line.line.box, y0=100.0 + 16 * row, y1=110.0 + 16 * row)
    return msgspec.structs.replace(line, line=msgspec.structs.replace(line.line, id=f"l{row}", box=box))


def told(found: Outline) -> list[tuple[int, str, str]]:
    return [(section.level, section.number, section.title) for section in found.sections]


def test_a_speck_behind_a_title_is_left_out_and_recorded() -> None:
    draft = Draft("1", 1, "引言", 0)
    line = make_flow_line("1 引言·")
    draft.title_pieces, draft.speck = (Piece(line, 0, 5),), "·"
    (correction,) = end_specks([draft, Draft("2", 1, "方法", 1)])
    assert (correction.was, correction.now, correction.page) == ("·", "", 0)
    assert correction.box is not None
    assert correction.box.x0 == line.line.lefts[-1]


def test_parts_of_a_book_nest() -> None:
    found = read(
        heading("第一章 细胞制备"),
        heading("第一节 组织来源"),
        text(),
        heading("第二节 分离"),
        text("一、酶消化", bold=True, gap=1.0),
        text("二、悬浮培养", bold=True, gap=1.0),
        heading("第二章 移植途径"),
        heading("第一节 鞘内注射"),
        text(),
    )
    assert told(found) == [
        (1, "第一章", "细胞制备"),
        (2, "第一节", "组织来源"),
        (2, "第二节", "分离"),
        (3, "一", "酶消化"),
        (3, "二", "悬浮培养"),
        (1, "第二章", "移植途径"),
        (2, "第一节", "鞘内注射"),
    ]
    assert not found.problems


def test_four_levels_of_the_common_scheme() -> None:
    found = read(
        heading("一、来源"),
        heading("（一）特征", size=1.1),
        heading("1. 分化", size=1.0),
        text("（1）向神经元分化。", bold=True),
        text("（2）向胶质细胞分化。", bold=True),
        heading("二、策略"),
        text(),
    )
    assert told(found) == [
        (1, "一", "来源"),
        (2, "（一）", "特征"),
        (3, "1", "分化"),
        (4, "（1）", "向神经元分化"),
        (4, "（2）", "向胶质细胞分化"),
        (1, "二", "策略"),
    ]


def test_items_of_a_list_are_no_headings() -> None:
    found = read(heading("1 策略"), text("（1）减重平板训练，"), text("（2）水中步行训练，"), heading("2 结语"), text())
    assert told(found) == [(1, "1", "策略"), (1, "2", "结语")]


def test_headings_without_numbers_nest_by_size() -> None:
    found = read(
        heading("呼吸功能障碍的特点", size=1.3),
        heading("肺容量的变化", size=1.05),
        text(),
        heading("咳嗽与气道清除", size=1.05),
        text("吸气肌训练", bold=True, gap=1.0),
        heading("呼吸康复的方法", size=1.3),
        text(),
    )
    assert told(found) == [
        (1, "", "呼吸功能障碍的特点"),
        (2, "", "肺容量的变化"),
        (2, "", "咳嗽与气道清除"),
        (3, "", "吸气肌训练"),
        (1, "", "呼吸康复的方法"),
    ]


def test_an_abstract_at_the_end_is_front_matter() -> None:
    found = read(
        heading("脊髓损伤的呼吸康复", size=1.8),
        small("摘要：高位脊髓损伤患者反复发生肺部感染。"),
        small("关键词：脊髓损伤；呼吸训练"),
        text(),
        heading("小结"),
        text(),
        heading("参考文献 (References)"),
        entry(1),
        entry(2),
        heading("Respiratory rehabilitation of spinal cord injury", size=1.15),
        small("YE Zhiqiu, BAI Luzhou"),
        small("ABSTRACT: Patients with high injury suffer from repeated infections."),
        small("KEY WORDS: spinal cord injury; respiratory training"),
    )
    assert told(found) == [(1, "", ""), (1, "", "小结"), (1, "", "参考文献")]
    assert found.sections[-1].title_en == "References"
    assert found.front.title.en == "Respiratory rehabilitation of spinal cord injury"
    assert found.front.keywords.en == ("spinal cord injury", "respiratory training")
    assert [author.name for author in found.front.authors] == ["YE Zhiqiu", "BAI Luzhou"]
    assert [len(item.pieces) for item in found.references] == [2]


@pytest.mark.parametrize(
    ("printed", "bold", "is_note"),
    [
        ("稿件处理说明：文章经两位专家评审。", 7, True),
        ("稿件处理说明：文章经两位专家评审。", 0, False),
        ("致谢：感谢图书馆的帮助。", 0, True),
    ],
)
def test_notes_in_the_back_matter(printed: str, bold: int, is_note: bool) -> None:
    note = block(paragraph(printed + TEXT, bold=bold))
    found = read(heading("1 策略"), text(), heading("2 结语"), text(), note, heading("参考文献"), entry(1))
    assert (("", printed.partition("：")[0]) in [section[1:] for section in told(found)]) is is_note


def test_dirt_behind_the_head_of_the_list_hides_no_reference() -> None:
    found = read(heading("1 结语"), text(), heading("参考文献."), entry(1), entry(2))
    assert [section.title for section in found.sections] == ["结语", "参考文献"]
    assert [len(item.pieces) for item in found.references] == [2]


def test_a_line_set_like_the_titles_is_one_though_the_network_saw_none() -> None:
    missed = heading("训练的安全性", size=1.0, kind="text")
    titles = [heading(title, size=1.0) for title in ("训练的种类", "动物实验")]
    found = read(titles[0], text(), missed, text(), titles[1], text())
    assert [section.title for section in found.sections] == ["训练的种类", "训练的安全性", "动物实验"]
    alone = read(heading("训练的种类"), text(), missed, text())
    assert "训练的安全性" not in [section.title for section in alone.sections]


def test_an_abstract_that_no_label_announces_stands_over_the_keywords() -> None:
    found = read(
        heading("基于微腔的双光梳测距", size=1.8),
        small("苗可欣　端木衡"),
        small("（江北大学精密仪器系，江北 400044）"),
        small("针对大尺寸空间测距中精度与量程难以兼顾的问题，提出一种方法。" * 3),
        small("关键词：双光梳；测距"),
        heading("1 引言"),
        text(),
    )
    assert found.front.abstracts.zh == ("针对大尺寸空间测距中精度与量程难以兼顾的问题，提出一种方法。" * 3,)


def test_a_title_goes_on_below_a_raised_mark_of_its_own() -> None:
    found = read(
        heading("基于微腔的双光梳测距", size=1.8),
        small("摘要：提出一种方法。"),
        heading("1 引言"),
        text(),
        heading("参考文献 (References)"),
        entry(1),
        heading("Asynchronous ranging with dual combs", size=1.5),
        heading("大", size=0.5),
        heading("from microresonators", size=1.5),
        small("MIAO Kexin, DUANMU Heng"),
        small("Abstract: A method is proposed."),
    )
    assert found.front.title.en == "Asynchronous ranging with dual combs from microresonators"
    assert [len(item.pieces) for item in found.references] == [1]


def levels_around(first: float, last: float) -> list[int]:
    """The levels of two headings between short ones of these sizes, all four in their order."""
    sizes = (("引言", first), ("研究的设计", 1.0), ("改进的建议", 1.0), ("结语", last))
    found = read(*(block for title, size in sizes for block in (heading(title, size=size), text())))
    return [level for level, _, _ in told(found)]


def test_headings_of_two_characters_stand_level_with_those_whose_size_is_measured() -> None:
    """The size of so few is that of their box."""
    assert set(levels_around(1.25, 1.3)) == {1}


def test_headings_of_two_characters_may_be_larger_than_all_others() -> None:
    assert levels_around(1.6, 1.6) == [1, 2, 2, 1]


@pytest.mark.parametrize(("read_as", "printed"), [("贰", "貳"), ("参", "參"), ("陆", "陸"), ("肆", "肆")])
def test_numbers_of_a_traditional_paper_are_set_in_its_script(read_as: str, printed: str) -> None:
    draft = Draft(read_as, 1, "材料來源", 0)
    assert len(in_script([draft], is_traditional=True)) == (read_as != printed)
    assert draft.number == printed
    plain = Draft(read_as, 1, "材料来源", 0)
    assert not in_script([plain], is_traditional=False)
    assert plain.number == read_as
