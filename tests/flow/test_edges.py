"""The edges lines are set between: a column's, and those of a block set in on both sides."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import SIZE, make_flow_line, make_line

from recover.model.flow import FlowLine
from recover.stages.flow.edges import with_edges, with_initials
from recover.stages.paragraphs import split_paragraphs

FULL = "肌萎缩侧索硬化是一种神经退行性疾病病因不明目前没有治愈方法"[:26]


def placed(*contents: tuple[str, float], numbers: dict[int, float] | None = None) -> list[FlowLine]:
    return with_edges(
        [make_flow_line(text, row=row, indent=indent, width=30) for row, (text, indent) in enumerate(contents)],
        numbers or {},
    )


def test_a_column_ends_where_its_lines_do() -> None:
    lines = placed((FULL[:24], 2), (FULL, 0), (FULL, 0), (FULL[:5], 0))
    assert {(line.left, line.right) for line in lines} == {(0.0, 260.0)}


def test_a_column_reaches_to_the_numbers_of_its_formulas() -> None:
    """Lines that happen to be of one length end where they do, not at the column's edge."""
    column = make_flow_line(FULL).column
    lines = placed((FULL[:22], 0), (FULL[:22], 0), numbers={column: 260.0, column + 1: 300.0})
    assert {(line.left, line.right) for line in lines} == {(0.0, 260.0)}
    assert {line.right for line in placed((FULL, 0), (FULL, 0), numbers={column: 100.0})} == {260.0}


def test_a_block_set_in_on_both_sides_has_its_own_edges() -> None:
    lines = placed((FULL, 0), (FULL, 0), (FULL[:20], 3), (FULL[:20], 3), (FULL[:20], 3), (FULL[:6], 3), (FULL, 0))
    assert [(line.indent, line.rest) for line in lines[2:5]] == [(0.0, 0.0)] * 3
    assert lines[5].rest == 14
    assert lines[6].left == 0


def test_two_headings_of_one_width_are_no_block() -> None:
    lines = placed((FULL, 0), (FULL[:13], 6), (FULL[:13], 6), (FULL, 0))
    assert lines[1].indent == lines[2].indent == 6


# Two lines across the page, and a paragraph of one column under them.
ACROSS = FULL * 2 + FULL[:6]
HALF_PAGE = ((FULL[:20], 2), (FULL[:22], 0), (FULL[:22], 0), (FULL[:22], 0), (FULL[:9], 0), (FULL[:20], 2))


@pytest.mark.parametrize("notes", [1, 2])
def test_the_last_pages_column_ends_where_its_lines_do(notes: int) -> None:
    lines = placed(*[(ACROSS, 0.0)] * (notes - 1), *HALF_PAGE, (FULL[:22], 0), (FULL[:4], 0), (ACROSS, 0))
    inside = [line for line in lines if line.box.width < 300]
    assert {(line.left, line.right) for line in inside} == {(0.0, 220.0)}
    assert {line.rest for line in lines if line not in inside} == {0.0}


@pytest.mark.parametrize(
    "short",
    [
        [(FULL[:length], 0.0) for length in (22, 14, 18, 9, 12, 20, 8, 16, 11, 19)],
        [(FULL[:22], 0.0), *[(FULL[:length], 0.0) for length in (14, 12, 13, 11, 12, 14, 13, 12, 11)]],
    ],
    ids=["lines of verse", "labels"],
)
def test_lines_that_end_anywhere_make_no_column(short: list[tuple[str, float]]) -> None:
    lines = placed((ACROSS, 0), (ACROSS, 0), *short)
    assert {line.right for line in lines} == {580.0}


def with_initial(size: float) -> list[str]:
    """The paragraphs of a column whose first character is so large and has two lines beside it."""
    initial = make_flow_line("我", width=26)
    initial = msgspec.structs.replace(initial, size=size, line=make_line("我", 0, 100, name="initial", size=size))
    beside = [make_flow_line(FULL[:23], row=row, indent=size / SIZE, width=26) for row in (0, 1)]
    below = [make_flow_line(FULL, row=row, width=26) for row in (2, 3)]
    blocks = split_paragraphs(with_initials(with_edges([initial, *beside, *below], {})))
    return ["".join(piece.text for piece in block.pieces) for block in blocks]


def test_a_large_initial_begins_the_paragraph_beside_it() -> None:
    assert with_initial(2.8 * SIZE) == ["我" + FULL[:23] * 2 + FULL * 2]
    assert len(with_initial(1.2 * SIZE)) > 1
