"""A Chinese caption takes the English one below it, with all its lines, and nothing of the text behind."""

from __future__ import annotations

import pytest
from printed_lines import make_flow_line

from recover.model.flow import FlowLine
from recover.stages.flow.captions import find_captions

CHINESE = "图 6 两组样本的条带比较"
ENGLISH = (
    "Fig 6 Comparison of the bands in both groups A:",
    "Control bands; B: Bands of treated samples and",
    "of both.",
)
BODY = "上述条带与既往报道一致，说明方法可靠。"


def lines_of(*texts: str) -> list[FlowLine]:
    """Lines of one column as wide as its longest, the first as the network sees captions."""
    width = max(len(text) for text in ENGLISH) / 2
    return [
        make_flow_line(text, row=row, width=width, kind="text" if row else "figure-caption")
        for row, text in enumerate(texts)
    ]


def test_the_english_caption_belongs_to_it_to_its_last_line() -> None:
    assert find_captions(lines_of(CHINESE, *ENGLISH, BODY), [], 10.0) == {0, 1, 2, 3}


@pytest.mark.parametrize("other", ["Fig 7 Comparison of the bands in both groups A:", "Tab 6 Bands in both groups"])
def test_one_of_another_number_or_kind_is_none_of_it(other: str) -> None:
    assert 1 not in find_captions(lines_of(CHINESE, other, BODY), [], 10.0)


def test_what_follows_a_short_last_line_is_text() -> None:
    told = find_captions(lines_of(CHINESE, "Fig 6 Bands", "Results were compared by the usual tests."), [], 10.0)
    assert told == {0, 1}


@pytest.mark.parametrize(("label", "text"), [("Table 3", "Samples of ash"), ("表 3", "土样的含水率")])
@pytest.mark.parametrize(("gap", "is_caption"), [(1.0, True), (6.0, False)])
def test_the_text_right_beside_a_label_is_its_caption(label: str, text: str, gap: float, is_caption: bool) -> None:
    """Though the network saw the label alone."""
    first = make_flow_line(label, indent=5, width=30, kind="table-caption")
    beside = make_flow_line(text, indent=first.line.box.x1 / first.size + gap, width=30)
    assert (1 in find_captions([first, beside], [], 10.0)) == is_caption
