"""Floats that the layout network missed, found by their captions."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_flow_line

from recover.model.flow import FloatRegion, FlowLine
from recover.model.geometry import Box, Transform
from recover.model.page import Region
from recover.stages.flow.captions import find_captions, starts_figure_caption
from recover.stages.flow.stream import find_unruled, find_unseen

FULL = "肌萎缩侧索硬化是一种神经退行性疾病病因"


def column(*contents: tuple[str, float]) -> list[FlowLine]:
    """Lines of a column, each with its indent."""
    return [make_flow_line(text, row=row, indent=indent) for row, (text, indent) in enumerate(contents)]


def with_columns(line: FlowLine, *starts: int) -> FlowLine:
    """The line with three type sizes of white before these characters."""
    shift = [30.0 * sum(at >= start for start in starts) for at in range(len(line.text))]
    inner = msgspec.structs.replace(
        line.line,
        lefts=tuple(left + by for left, by in zip(line.line.lefts, shift, strict=True)),
        rights=tuple(right + by for right, by in zip(line.line.rights, shift, strict=True)),
    )
    return msgspec.structs.replace(line, line=inner)


def test_scattered_words_over_a_caption_are_a_figure() -> None:
    lines = column(
        (FULL, 0),
        ("热，见图1。", 0),
        ("例数", 1),
        ("48", 5),
        ("35", 9),
        ("头痛低热", 6),
        ("图1 不良反应", 6.5),
        (FULL, 2),
    )
    (found,) = find_unseen(lines, [])
    assert [lines[index].text for index in found.lines] == ["例数", "48", "35", "头痛低热"]
    assert found.figure.region.kind == "figure"


@pytest.mark.parametrize("text", ["图1 不良反应", "Figure 1 Events", "Fig. 2 Events"])
def test_text_over_a_caption_is_none(text: str) -> None:
    assert find_unseen(column((FULL, 0), ("热，见图1。", 0), (text, 6)), []) == ()


def test_a_caption_beside_its_figure_needs_no_other() -> None:
    lines = column(("例数", 1), ("48", 5), ("图1 不良反应", 6.5))
    region = Region(id="f", kind="figure", box=Box(0, 0, 200, lines[-1].box.y0 - 5))
    assert find_unseen(lines, [FloatRegion(region=region, page=0, position=0, to_page=Transform())]) == ()


def test_rows_under_a_caption_are_a_table() -> None:
    caption = make_flow_line("表2 培养基的组成", row=0, indent=6)
    rows = [
        with_columns(make_flow_line(text, row=row), 2, 4)
        for row, text in enumerate(["成分浓度作用", "基础全量营养", "肝素微量抗凝", "血清少量生长"], 1)
    ]
    text = make_flow_line(FULL, row=6)
    (found,) = find_unruled([caption, *rows, text], [])
    assert found.lines == (1, 2, 3, 4)
    assert found.figure.region.kind == "table"


def test_paragraphs_under_a_caption_are_no_table() -> None:
    caption = make_flow_line("表2 培养基的组成", row=0, indent=6)
    assert find_unruled([caption, *(make_flow_line(FULL, row=row) for row in range(1, 6))], []) == ()


@pytest.mark.parametrize(
    ("text", "indent", "is_caption"),
    [
        ("图1 移植流程", 7, True),
        ("图1 移植流程", 0, False),
        ("图1所示为移植流程", 6, False),
        ("表3。", 8, False),
        ("表 1 可见各组的差别", 5, False),
        ("Table 1 shows the doses", 4, False),
        ("Table 1 Doses", 7, True),
        ("续表1", 8.5, True),
    ],
)
def test_captions_far_from_any_float(text: str, indent: float, is_caption: bool) -> None:
    lines = [make_flow_line(FULL, row=0), make_flow_line(text, row=3, indent=indent), make_flow_line(FULL, row=6)]
    assert (1 in find_captions(lines, [], 10.0)) is is_caption


def test_figures_and_tables_are_told_apart() -> None:
    assert starts_figure_caption("图1 流程")
    assert not starts_figure_caption("续表1")


def test_the_rest_of_a_caption_over_its_english_is_no_figure() -> None:
    lines = column(("图1 实验装置的示意图以及各个探测器与偏振", 0), ("控制器的位置", 6), ("Fig. 1. The setup", 5))
    lines = [msgspec.structs.replace(line, kind="figure-caption") for line in lines]
    assert find_unseen(lines, []) == ()
    other = [msgspec.structs.replace(lines[2], line=make_flow_line("Fig. 2. The setup", row=2, indent=5).line)]
    (found,) = find_unseen([*lines[:2], *other], [])
    assert found.lines == (1,)
