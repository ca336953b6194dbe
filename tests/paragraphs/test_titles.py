"""Where paragraphs begin at titles: names under one, headings behind a full line."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_flow_line

from recover.model.flow import FlowLine
from recover.stages.paragraphs import split_paragraphs

TEXT = "旧式织机长期影响当地居民的日常往来，这一点在各地相同。"


def rows(*lines: tuple[str, dict[str, object]]) -> list[str]:
    """The first characters of every block."""
    placed: list[FlowLine] = [
        make_flow_line(text, row=row, width=28, **setting)  # type: ignore[arg-type]
        for row, (text, setting) in enumerate(lines)
    ]
    return ["".join(piece.text for piece in block.pieces)[:6] for block in split_paragraphs(placed)]


def test_names_are_no_more_of_the_title_above_them() -> None:
    title = {"kind": "title", "indent": 9.0}
    assert rows(("山地梯田的研究史略", title), ("陶知行　孔令谦　", title)) == ["山地梯田的研", "陶知行　孔令"]


def test_a_numbered_line_behind_a_full_one_begins_anew() -> None:
    assert rows((TEXT, {"indent": 1.0}), ("三、年代的推定", {})) == ["旧式织机长期", "三、年代的推"]


def test_where_people_work_begins_anew_below_their_names() -> None:
    where = ("（1. 临海大学护理学院，临海）", {"indent": 6.75})
    assert rows(("钟离岳1，段干木2，何　砚1，濮阳明2，左丘阳1", {"indent": 3.25}), where) == [
        "钟离岳1，段",
        "（1. 临海",
    ]


WORDS = "Patients of both wards were asked to exercise at home twice a week."
SET_IN = {"indent": 1.2}


@pytest.mark.parametrize("bold", [1.08, 1.4])
def test_a_bold_line_at_the_margin_over_a_paragraph_begins_anew(bold: float) -> None:
    lines = ((WORDS[:56], SET_IN), (WORDS, {}), ("Participants", {"bold": bold}), (WORDS[:56], SET_IN))
    assert len(rows(*lines)) == 3


@pytest.mark.parametrize("below", [(WORDS, {}), ("Design and setting", {"bold": 1.4})])
def test_a_bold_line_that_stands_off_begins_anew_whatever_is_below(below: tuple[str, dict[str, object]]) -> None:
    def read(white: float, bold: float) -> list[str]:
        texts = [(WORDS[:56], 1.2, 1.0), *[(WORDS, 0.0, 1.0)] * 4, ("Participants", 0.0, bold)]
        lines = [make_flow_line(text, row=row, width=34, indent=by, bold=b) for row, (text, by, b) in enumerate(texts)]
        last = make_flow_line(below[0], row=6, width=34, **below[1])  # type: ignore[arg-type]
        lines[5:] = [_lower(line, white) for line in (lines[5], last)]
        return ["".join(piece.text for piece in block.pieces)[:6] for block in split_paragraphs(lines)]

    assert "Partic" in read(5.0, 1.3)
    assert "Partic" not in read(0.0, 1.3)
    assert "Partic" not in read(5.0, 1.0)


def _lower(line: FlowLine, by: float) -> FlowLine:
    box = msgspec.structs.replace(line.box, y0=line.box.y0 + by, y1=line.box.y1 + by)
    return msgspec.structs.replace(line, line=msgspec.structs.replace(line.line, box=box))


@pytest.mark.parametrize(
    ("head", "below"),
    [
        (("Participants", {}), (WORDS[:56], SET_IN)),
        (("at home.", {"bold": 1.4}), (WORDS[:56], SET_IN)),
        (("Participants", {"bold": 1.4}), (WORDS, {})),
        ((WORDS[:52], {"bold": 1.4}), (WORDS[:56], SET_IN)),
    ],
    ids=["thin", "sentence", "over no paragraph", "long"],
)
def test_the_last_line_of_a_paragraph_is_no_heading(
    head: tuple[str, dict[str, object]], below: tuple[str, dict[str, object]]
) -> None:
    assert len(rows((WORDS[:56], SET_IN), (WORDS, {}), head, below)) == 2


def test_two_short_titles_at_the_margin_are_two_though_they_are_of_one_length() -> None:
    title = {"kind": "title", "bold": 1.4}
    assert rows(("Results", title), ("Patients", title)) == ["Result", "Patien"]
    centred = {"kind": "title", "indent": 11.0}
    assert rows(("研究的方法与", centred), ("实验的结果", {**centred, "indent": 11.5})) == ["研究的方法与"]


@pytest.mark.parametrize("kind", ["title", "text"])
def test_a_headline_under_a_full_line_of_text_is_none_of_it(kind: str) -> None:
    full = {"kind": kind}
    headline = {"kind": "title", "size": 16.0}
    assert rows((TEXT, full), ("义仓制度的技术传统", headline)) == ["旧式织机长期", "义仓制度的技"]
    assert rows((TEXT, full), (TEXT, {**full, "size": 11.0})) == ["旧式织机长期"]
