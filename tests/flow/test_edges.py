"""The edges lines are set between: a column's, and those of a block set in on both sides."""

from __future__ import annotations

from printed_lines import make_flow_line

from recover.model.flow import FlowLine
from recover.stages.flow.edges import with_edges

FULL = "肌萎缩侧索硬化是一种神经退行性疾病病因不明目前没有治愈方法"[:26]


def placed(*contents: tuple[str, float]) -> list[FlowLine]:
    return with_edges(
        [make_flow_line(text, row=row, indent=indent, width=30) for row, (text, indent) in enumerate(contents)]
    )


def test_a_column_ends_where_its_lines_do() -> None:
    lines = placed((FULL[:24], 2), (FULL, 0), (FULL, 0), (FULL[:5], 0))
    assert {(line.left, line.right) for line in lines} == {(0.0, 260.0)}


def test_a_block_set_in_on_both_sides_has_its_own_edges() -> None:
    lines = placed((FULL, 0), (FULL, 0), (FULL[:20], 3), (FULL[:20], 3), (FULL[:20], 3), (FULL[:6], 3), (FULL, 0))
    assert [(line.indent, line.rest) for line in lines[2:5]] == [(0.0, 0.0)] * 3
    assert lines[5].rest == 14
    assert lines[6].left == 0


def test_two_headings_of_one_width_are_no_block() -> None:
    lines = placed((FULL, 0), (FULL[:13], 6), (FULL[:13], 6), (FULL, 0))
    assert lines[1].indent == lines[2].indent == 6
