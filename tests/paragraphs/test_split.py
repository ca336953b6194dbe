"""Where paragraphs begin; every line is in exactly one block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_lines import make_flow_line

from recover.model.flow import FlowLine
from recover.stages.paragraphs import split_paragraphs

FULL = "肌萎缩侧索硬化是一种神经退行性疾病病因不明"[:20]
SHORT = "目前没有治愈的方法。"


def split(*lines: FlowLine) -> list[str]:
    return ["".join(piece.text for piece in block.pieces) for block in split_paragraphs(lines)]


def text(content: str, row: int, **settings: object) -> FlowLine:
    return make_flow_line(content, row=row, **settings)  # type: ignore[arg-type]


def test_an_indent_begins_a_paragraph() -> None:
    lines = [text(FULL, 0), text(SHORT, 1), text(FULL[:18], 2, indent=2), text(FULL, 3), text(SHORT, 4)]
    assert split(*lines) == [FULL + SHORT, FULL[:18] + FULL + SHORT]


def test_full_lines_go_on() -> None:
    assert split(*(text(FULL, row) for row in range(5))) == [FULL * 5]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    lines = [
        text(FULL, 30, column=1),
        text(FULL, 0, column=2),
        text(FULL, 0, column=3, page=1),
    ]
    assert split(*lines) == [FULL * 3]


def test_a_sentence_that_ended_does_not_go_on_in_the_next_column() -> None:
    lines = [text(FULL, 29), text(SHORT, 30), text(FULL, 0, column=2), text(FULL, 1, column=2)]
    assert split(*lines) == [FULL + SHORT, FULL * 2]


def test_white_begins_a_paragraph() -> None:
    lines = [*(text(FULL, row) for row in range(4)), text(FULL, 5), text(FULL, 6)]
    assert split(*lines) == [FULL * 4, FULL * 2]


def test_the_next_item_begins_anew_behind_a_full_line() -> None:
    first, second = "(2)取水样三份，分别置于四度的冰箱中保存。", "(3)测含沙量"
    assert split(text(first, 1), text(second, 2)) == [first, second]
    same = "(2)取水样三份，分别置于四度的冰箱中保存，"
    assert split(text(same, 1), text(second, 2)) == [same + second]


def test_a_heading_stands_alone() -> None:
    lines = [text(FULL, 0), text("1 资料和方法", 1, kind="title", bold=1.4), text(FULL, 2)]
    assert split(*lines) == [FULL, "1 资料和方法", FULL]


def test_a_label_begins_a_paragraph() -> None:
    assert split(text(SHORT, 0), text("关键词：干细胞；移植；神经元；疾病；治疗", 1)) == [
        SHORT,
        "关键词：干细胞；移植；神经元；疾病；治疗",
    ]


KINDS = st.sampled_from(["text", "text", "text", "title", "reference"])


@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.sampled_from([0.0, 2.0]), KINDS, st.integers(0, 1), st.booleans()),
        max_size=25,
    )
)
def test_every_line_is_in_exactly_one_block(shapes: list[tuple[int, float, str, int, bool]]) -> None:
    column, page, lines = 1, 0, []
    for row, (length, indent, kind, step, turn) in enumerate(shapes):
        column, page = column + step, page + (step and turn)
        content = (FULL * 2)[:length] + ("。" if turn else "")
        lines.append(make_flow_line(content, row=row, indent=indent, kind=kind, column=column, page=page))  # type: ignore[arg-type]
    blocks = split_paragraphs(lines)
    assert [piece.line for block in blocks for piece in block.pieces] == lines
    assert all(block.pieces for block in blocks)
    assert all((piece.start, piece.end) == (0, len(piece.line.text)) for block in blocks for piece in block.pieces)


@pytest.mark.parametrize("ending", ["。", "；", "：", ".", "?", "。[1-3]", "。［5］"])
def test_a_short_line_that_ends_a_sentence_ends_its_paragraph(ending: str) -> None:
    assert split(text(FULL, 0), text(f"治疗方法{ending}", 1), text(FULL, 2)) == [f"{FULL}治疗方法{ending}", FULL]


def test_a_numbered_item_goes_on_where_its_further_lines_are_set_in() -> None:
    lines = [
        text("2.检测方法出生后七十二小时内采足跟血三滴", 0),
        text("室温晾干后冷藏用荧光斑点法测定", 1, indent=1.3),
        text("酶的活性" + SHORT, 2, indent=1.3),
        text("3.统计学方法计量资料以均数和标准差来表示", 3),
        text("组间比较用检验。", 4, indent=1.3),
    ]
    assert split(*lines) == ["".join(line.text for line in lines[:3]), "".join(line.text for line in lines[3:])]


def test_an_indent_under_a_numbered_line_that_ends_a_sentence_begins_a_paragraph() -> None:
    item, next_one = "2.检测方法见文献所述并且已经通过伦理审查。", FULL[:17]
    assert split(text(item, 0), text(next_one, 1, indent=2), text(SHORT, 2)) == [item, next_one + SHORT]


def test_keywords_over_both_columns_do_not_run_on_into_one() -> None:
    keywords = "Key words soil salt irrigation groundwater evaporation of the lower river basin in the north"
    wide = make_flow_line(keywords, width=46, size=9)
    assert split(wide, text(FULL, 0, column=2), text(SHORT, 1, column=2)) == [keywords, FULL + SHORT]


def test_the_centred_rest_of_a_full_line_goes_on() -> None:
    affiliation = "某某大学水利学院土壤物理研究室某某市12号,"
    rest = "53000 某国"
    assert split(text(affiliation, 0), text(rest, 1, indent=7)) == [affiliation + rest]
    assert len(split(text(affiliation[:-1] + "。", 0), text("摘录自旧刊", 1, indent=7.5))) == 2


def test_the_last_line_of_an_abstract_over_both_columns_is_its_own_though_it_fits_one() -> None:
    abstract = "研究成果可为寒区渠道抗冻胀设计提供参考并且可为同类工程的数值分析与施工所用之材料试验提"
    wide, rest = make_flow_line(abstract, width=46, indent=1), make_flow_line("供参考。", row=1, indent=1, column=2)
    assert split(wide, rest, text(FULL, 4, column=2, indent=2)) == [abstract + "供参考。", FULL]


def test_a_figure_behind_an_open_end_is_no_heading() -> None:
    above, below = "压力为次高压的管道（0.8MPa～", "1.6MPa）与中压的管道的距离均不小于规定。"
    assert split(text(FULL, 28), text(above, 29), text(below, 0, column=2, bold=1.3)) == [FULL + above + below]
    closed = "压力为次高压的管道（0.8MPa）。"
    assert split(text(closed, 29), text("1.6 管道的距离", 0, column=2, bold=1.3)) == [closed, "1.6 管道的距离"]


def test_a_block_set_in_at_both_ends_is_one_paragraph() -> None:
    lines = [
        text("摘要：基于资源保存理论以十二家", 0, indent=3.5, width=20),
        text("管理影响员工建言的机制结果显示之", 1, indent=1.8),
        text("作用间接效应为负权力距离正向调节", 2, indent=1.8),
        text("前半段路径。", 3, indent=1.8),
    ]
    assert split(*lines) == ["".join(line.text for line in lines)]


def test_a_nearly_full_heading_set_in_like_the_paragraph_below_is_no_part_of_it() -> None:
    head = "（二）干细胞来源的神经前体细胞之"
    assert split(text(head, 0, indent=2, bold=1.3), text(FULL[:18], 1, indent=2), text(FULL, 2)) == [
        head,
        FULL[:18] + FULL,
    ]
