import pytest
from msgspec.structs import replace

from bench.accuracy.measures.calibration import Judged, expected_calibration_error, judge_characters
from recover.model.document import Document, Paragraph, Section, Span
from recover.model.geometry import Box
from recover.model.records import PageLine, PageRecord, PageRegion

_BOX = Box(0, 0, 100, 10)
_TRUE = "间充质干细胞来源丰富，安全性好"


def _document(perfect: Document, read: str, confidences: tuple[int, ...]) -> Document:
    line = PageLine(id="l1", text=read, quad=(0.0,) * 8, edges=(), confidences=confidences, origin="ppocr")
    region = PageRegion(id="r1", kind="text", box=_BOX, order=0, lines=(line,))
    span = Span(start=0, end=len(read), page=0, box=_BOX, origin="ppocr", line="l1", at=0)
    paragraph = Paragraph(text=read, lang="zh", spans=(span,))
    page = PageRecord(number=0, width=100, height=100, dpi=200, regions=(region,))
    section = Section(id="s1", number="", level=1, title="", paragraphs=(paragraph,))
    return replace(perfect, front=(), sections=(section,), pages=(page,))


def test_a_misread_character_is_judged_wrong(perfect: Document) -> None:
    read = _TRUE.replace("充", "允")
    judged = judge_characters(_document(perfect, read, (1000, 400, *(1000,) * 13)), [_TRUE])
    assert len(judged) == len(_TRUE)
    assert [one for one in judged if not one.is_right] == [Judged(0.4, False)]


def test_unmeasured_characters_and_lost_paragraphs_are_left_out(perfect: Document) -> None:
    document = _document(perfect, _TRUE, (-1, *(990,) * 14))
    assert len(judge_characters(document, [_TRUE])) == len(_TRUE) - 1
    assert judge_characters(document, ["全然不同的一段文字，与读到的无关联处"]) == ()


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([Judged(0.9, True)] * 9 + [Judged(0.9, False)], 0.0),
        ([Judged(0.9, False)] * 10, 0.9),
        ([Judged(1.0, True)] * 5 + [Judged(0.5, True)] * 5, 0.25),
        ([], 0.0),
    ],
)
def test_expected_error(judged: list[Judged], error: float) -> None:
    assert expected_calibration_error(judged) == pytest.approx(error)
