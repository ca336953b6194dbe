"""Headings of English papers in the text's own type: told by strokes where the known ones are bold too."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import PITCH, make_flow_line
from printed_titles import block, flow

from recover.model.flow import Block, FlowLine
from recover.stages.outline.sections import outline

WIDTH = 40.0
SENTENCE = "Cells of the cord were counted in every tenth section of each animal."
TITLE = "Priming of cells after transplantation in the cord of mice"


def weighed(line: FlowLine, weight: float) -> FlowLine:
    return msgspec.structs.replace(
        line, bold=weight, line=msgspec.structs.replace(line.line, weights=(0.1 * weight,) * len(line.text))
    )


def alone(text: str, weight: float = 1.2, **settings: object) -> Block:
    return block([weighed(make_flow_line(text, width=WIDTH, **settings), weight)])  # type: ignore[arg-type]


def paragraph(weight: float = 1.0, size: float = 10.0) -> Block:
    lines = [make_flow_line(SENTENCE, width=WIDTH, size=size) for _ in range(3)]
    return block([weighed(line, weight) for line in lines])


def read(*blocks: Block) -> list[tuple[int, str]]:
    """The levels and titles of a paper's headings, its blocks one below the other."""
    front = (
        alone(TITLE, 1.5, kind="title", size=15.0),
        alone("Abstract", 1.3),
        paragraph(),
        alone("Key words: cord; cells"),
    )
    row, placed = 0, []
    for item in (*front, *blocks):
        lines = []
        for piece in item.pieces:
            box = piece.line.box
            below = msgspec.structs.replace(box, y0=100 + PITCH * row, y1=100 + PITCH * row + box.height)
            line = msgspec.structs.replace(piece.line.line, id=f"l{row}", box=below)
            lines.append(msgspec.structs.replace(piece.line, line=line))
            row += 1
        placed.append(block(lines))
    return [(section.level, section.title) for section in outline(placed, flow(*placed)).sections if section.title]


@pytest.mark.parametrize("weight", [1.1, 1.3])
@pytest.mark.parametrize("kind", ["text", "title", "reference"])
def test_bold_lines_are_headings_where_known_ones_are_bold(weight: float, kind: str) -> None:
    told = read(
        alone("Introduction"),
        paragraph(),
        alone("Methods"),
        alone("Animals", weight, kind=kind),
        paragraph(),
        alone("Counts of cells and their statistics", weight, kind=kind, indent=1.2),
        paragraph(),
        alone("Discussion"),
        paragraph(),
    )
    assert told == [
        (1, "Introduction"),
        (1, "Methods"),
        (2, "Animals"),
        (2, "Counts of cells and their statistics"),
        (1, "Discussion"),
    ]


def test_headings_of_one_type_stand_level_where_none_opens_under_another() -> None:
    told = read(
        alone("Introduction"),
        paragraph(),
        alone("The model of the cord"),
        paragraph(),
        alone("Conclusion"),
        paragraph(),
    )
    assert told == [(1, "Introduction"), (1, "The model of the cord"), (1, "Conclusion")]


@pytest.mark.parametrize(
    "line",
    [
        alone("Cells of the cord", 1.0),
        alone("Cells of the cord.", 1.2),
        alone("of the cord and its cells", 1.2),
        alone("Cells of the cord were counted in every section of each animal by two observers", 1.2),
        alone("Cells of the cord", 1.2, indent=12.0),
        alone("Wang Ming, Li Xiaohong", 1.2),
        alone("Table 1　脊髓细胞", 1.2),
        alone("Kp = 3", 1.2),
    ],
    ids=["thin", "sentence", "goes on", "long", "set in", "names", "Chinese", "formula"],
)
def test_other_lines_are_none(line: Block) -> None:
    told = read(alone("Introduction"), paragraph(), line, paragraph(), alone("Discussion"), paragraph())
    assert told == [(1, "Introduction"), (1, "Discussion")]


def test_no_line_is_one_where_the_known_headings_are_not_bold() -> None:
    thin = (alone("Introduction", 1.0), paragraph(), alone("Cells of the cord"), paragraph(), alone("Discussion", 1.0))
    assert (1, "Cells of the cord") not in read(*thin, paragraph())
    one = (alone("Introduction"), paragraph(), alone("Cells of the cord"), paragraph())
    assert read(*one) == [(1, "Introduction")]


def test_small_type_below_makes_no_line_bold() -> None:
    told = read(
        alone("Introduction"),
        paragraph(),
        alone("Cells of the cord"),
        paragraph(0.9, size=8.0),
        alone("Discussion"),
        paragraph(),
    )
    assert told == [(1, "Introduction"), (1, "Discussion")]


def test_known_headings_may_stand_in_the_middle() -> None:
    opening = (alone("Introduction", indent=14.0), paragraph(), alone("Methods", indent=16.0))
    told = read(*opening, alone("Study area"), paragraph(), alone("Discussion", indent=15.0), paragraph())
    assert (2, "Study area") in told
