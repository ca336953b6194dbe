"""Marks of which reading lost a bracket or the number; what may be something else stays."""

from __future__ import annotations

import pytest

from recover.model.csl import CslItem
from recover.model.document import Paragraph, Reference, Section, Span
from recover.model.geometry import Box
from recover.stages.citations.lost import insert
from recover.stages.citations.marks import cite_sections

LIST = tuple(Reference(number=number, raw="", csl=CslItem()) for number in range(1, 21))


def cited(*texts: str) -> list[str]:
    section = Section(
        id="s1", number="1", level=1, title="", paragraphs=tuple(Paragraph(text=text, lang="zh") for text in texts)
    )
    return [paragraph.text for paragraph in cite_sections([section], LIST).sections[0].paragraphs]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("细胞[1]，随后[]，然而[3-4]。",), ("细胞[1]，随后[2]，然而[3-4]。",)),
        (("细胞[1]，随后［］。", "然而[3]。"), ("细胞[1]，随后［2］。", "然而[3]。")),
        (("细胞[]，随后[2]。",), ("细胞[1]，随后[2]。",)),
        (("细胞[1]，随后[]，然而[5]。",), ("细胞[1]，随后[]，然而[5]。",)),
        (("细胞[1-2]，随后[]，然而[3]。",), ("细胞[1-2]，随后[]，然而[3]。",)),
        (("细胞[1，随后[2]。",), ("细胞[1]，随后[2]。",)),
        (("细胞[1-3]，随后[3以来，又[1]。",), ("细胞[1-3]，随后[3]以来，又[1]。",)),
        (("细胞[1,3-4。随后[2]。",), ("细胞[1,3-4]。随后[2]。",)),
        (("细胞1]，随后[2]。",), ("细胞[1]，随后[2]。",)),
        (("E = [(rok - Q)2]，随后[1]。",), ("E = [(rok - Q)2]，随后[1]。",)),
        (("细胞[2，3位的取代物[1]和[2]。",), ("细胞[2，3位的取代物[1]和[2]。",)),
        (("细胞[99，随后[2]。",), ("细胞[99，随后[2]。",)),
        (("细胞[1]，随后[31，然而[2]。",), ("细胞[1]，随后[3]，然而[2]。",)),
        (("细胞[1-3]，随后[24-5]，然而[6]。",), ("细胞[1-3]，随后[24-5]，然而[6]。",)),
        (("细胞[1-5]，随后[6-z]，然而[8]。",), ("细胞[1-5]，随后[6-7]，然而[8]。",)),
        (("细胞[1-2]，随后[-4]，然而[5]。",), ("细胞[1-2]，随后[3-4]，然而[5]。",)),
        (("细胞[1-11]，随后[18]，然而[13]，又[14-18]。",), ("细胞[1-11]，随后[12]，然而[13]，又[14-18]。",)),
        (("细胞[1-11]，随后[18]，然而[12]，又[13-18]。",), ("细胞[1-11]，随后[18]，然而[12]，又[13-18]。",)),
        (
            ("细胞[1-8]，至17.3%[19,11]。到[10]，再[11-14]，效果减弱151。然而[16]。",),
            ("细胞[1-8]，至17.3%[19,11]。到[10]，再[11-14]，效果减弱[15]。然而[16]。",),
        ),
        (("细胞[1-10]，减少30%-95%11}，而[12]。",), ("细胞[1-10]，减少30%-95%[11]，而[12]。",)),
        (("细胞[1-14]，效果减弱151。然而[16]。",), ("细胞[1-14]，效果减弱[15]。然而[16]。",)),
        (("细胞[1-3]，随后[5:5]，然而[6]。",), ("细胞[1-3]，随后[4-5]，然而[6]。",)),
        (("细胞[1-3]，随后[9-5]，然而[6]，仍是[4]。",), ("细胞[1-3]，随后[4-5]，然而[6]，仍是[4]。",)),
        (("细胞[1-3]，随后[9-5]，然而[6]，仍是[4-5]。",), ("细胞[1-3]，随后[9-5]，然而[6]，仍是[4-5]。",)),
        (("细胞[1-3]，随后[9-5]，然而[6]。",), ("细胞[1-3]，随后[4-5]，然而[6]。",)),
        (("细胞[1-9]，随后[0]，然而[11]。",), ("细胞[1-9]，随后[10]，然而[11]。",)),
        (("细胞[1-9]，高于骨髓10；然而[11]。",), ("细胞[1-9]，高于骨髓[10]；然而[11]。",)),
        (("细胞[1-9]，评分为10；然而[11]。",), ("细胞[1-9]，评分为10；然而[11]。",)),
        (("细胞[1-9]，高于骨髓10；然而[12]。",), ("细胞[1-9]，高于骨髓10；然而[12]。",)),
        (("细胞[1-9]，高于骨髓10；然而[11]，又[10]。",), ("细胞[1-9]，高于骨髓10；然而[11]，又[10]。",)),
    ],
)
def test_marks(read: tuple[str, ...], printed: tuple[str, ...]) -> None:
    assert cited(*read) == list(printed)


def test_what_is_inserted_has_no_place_and_moves_the_rest() -> None:
    span = Span(start=0, end=6, page=0, box=Box(0, 0, 60, 10), origin="ppocr", line="p1.l1", at=3)
    paragraph = insert(Paragraph(text="细胞[]移植", lang="zh", spans=(span,)), 3, "12")
    assert paragraph.text == "细胞[12]移植"
    assert [(one.start, one.end, one.at) for one in paragraph.spans] == [(0, 3, 3), (5, 8, 6)]
