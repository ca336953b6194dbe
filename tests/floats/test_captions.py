"""Captions parted into label and text, and brought to their float."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_flow_line

from recover.model.flow import FloatRegion, Flow
from recover.model.geometry import Box, Transform
from recover.model.page import Region
from recover.stages.floats.captions import match_captions, read_captions


def flow_of(*texts: str) -> Flow:
    return Flow(captions=tuple(make_flow_line(text, row=row, width=60) for row, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("printed", "label", "text", "is_table"),
    [
        ("图 1 移植流程", "图 1", "移植流程", False),
        ("图1移植流程", "图 1", "移植流程", False),
        ("表 2 患者一般资料", "表 2", "患者一般资料", True),
        ("表2-1：患者一般资料", "表 2-1", "患者一般资料", True),
        ("续表 2 患者一般资料", "续表 2", "患者一般资料", True),
        ("Figure 3 Timeline of trials", "Figure 3", "Timeline of trials", False),
        ("Fig. 3. Timeline", "Fig. 3", "Timeline", False),
        ("Table 1 | Patients", "Table 1", "Patients", True),
        ("图.1 移植流程", "图 1", "移植流程", False),
        ("Fig, 2 Timeline", "Fig 2", "Timeline", False),
    ],
)
def test_labels(printed: str, label: str, text: str, is_table: bool) -> None:
    (caption,) = read_captions(flow_of(printed))
    assert (caption.label, caption.text, caption.is_table) == (label, text, is_table)


def test_an_english_twin_belongs_to_the_chinese_caption() -> None:
    (caption,) = read_captions(flow_of("图 1 移植流程", "Figure 1 Flow of transplantation"))
    assert (caption.label, caption.text, caption.text_en) == ("图 1", "移植流程", "Flow of transplantation")


def test_a_figure_of_the_text_that_runs_into_the_number_is_told_by_the_twin() -> None:
    (caption,) = read_captions(flow_of("表141 例患者的变化", "Table 1 Changes of 41 patients"))
    assert (caption.label, caption.text, caption.text_en) == ("表 1", "41 例患者的变化", "Changes of 41 patients")


def test_a_wrapped_caption_is_one() -> None:
    (caption,) = read_captions(flow_of("图 1 间充质干细胞移植治疗肌萎缩", "侧索硬化的流程"))
    assert caption.text == "间充质干细胞移植治疗肌萎缩侧索硬化的流程"


def test_captions_of_two_numbers_are_two() -> None:
    assert [caption.label for caption in read_captions(flow_of("图 1 流程", "图 2 结果"))] == ["图 1", "图 2"]


def region(kind: str, y0: float, y1: float, page: int = 0) -> FloatRegion:
    box = Box(0, y0, 200, y1)
    return FloatRegion(
        region=Region(id="r", kind=kind, box=box),  # type: ignore[arg-type]
        page=page,
        position=0,
        to_page=Transform(),
    )


def test_captions_find_the_float_beside_them() -> None:
    captions = read_captions(flow_of("图 1 流程", "", "", "", "", "", "表 1 资料"))
    floats = (region("figure", 10, 98), region("table", 215, 300), region("figure", 400, 500))
    assert match_captions(captions, floats) == {0: 0, 1: 1}


def test_captions_of_tables_turned_upright_one_by_one_find_their_own() -> None:
    """Each area has its own frame: in its frame the first caption stands nearer to the second table than to its own."""
    frames = [Transform(c=c) for c in (0.0, 400.0)]
    texts = [make_flow_line(text, width=60) for text in ("表 1 资料", "表 2 结果")]
    lines = [msgspec.structs.replace(line, to_page=frame) for line, frame in zip(texts, frames, strict=True)]
    captions = read_captions(Flow(captions=tuple(lines)))
    tables = [
        msgspec.structs.replace(region("table", top, 300), to_page=frame)
        for top, frame in zip((130, 112), frames, strict=True)
    ]
    assert match_captions(captions, tables) == {0: 0, 1: 1}


def test_a_caption_over_a_page_break_still_finds_its_float() -> None:
    captions = read_captions(flow_of("表 1 资料"))
    assert match_captions(captions, (region("table", 50, 300, page=1),)) == {0: 0}


def test_a_table_caption_never_takes_a_figure() -> None:
    assert match_captions(read_captions(flow_of("表 1 资料")), (region("figure", 115, 300),)) == {}


@pytest.mark.parametrize(
    ("said", "label", "text"),
    [
        ("存活率见图1。", "图 1", "5种药物的存活率"),
        ("存活率见图1.5。", "图 1.5", "种药物的存活率"),
        ("存活率不同。", "图 1.5", "种药物的存活率"),
    ],
)
def test_a_stop_behind_the_number_is_told_by_what_the_text_says(said: str, label: str, text: str) -> None:
    flow = msgspec.structs.replace(flow_of("图1.5种药物的存活率"), lines=(make_flow_line(said),))
    (caption,) = read_captions(flow)
    assert (caption.label, caption.text) == (label, text)
