"""A repair of a paragraph stands in its lines, and every place still leads to the character it meant."""

from __future__ import annotations

import msgspec

from recover.model.document import Document, Paragraph, Section, Source, Span
from recover.model.geometry import Box
from recover.model.records import PageLine, PageRecord, PageRegion
from recover.stages.one_text import with_mended_lines

BOX = Box(0, 0, 100, 10)


def line(name: str, text: str) -> PageLine:
    edges = tuple(edge for at in range(len(text)) for edge in (at * 10, at * 10 + 9))
    return PageLine(
        id=name,
        text=text,
        quad=(0, 0, 100, 0, 100, 10, 0, 10),
        edges=edges,
        confidences=(900,) * len(text),
        origin="ppocr",
        doubts=((len(text) - 1, (("x", 100),)),),
    )


def span(start: int, end: int, name: str, at: int) -> Span:
    return Span(start=start, end=end, page=0, box=BOX, origin="ppocr", line=name, at=at)


def document(paragraphs: tuple[Paragraph, ...], *lines: PageLine) -> Document:
    region = PageRegion(id="r1", kind="text", box=BOX, order=0, lines=lines)
    page = PageRecord(number=0, width=100, height=100, dpi=200, regions=(region,))
    section = Section(id="s1", number="", level=1, title="", paragraphs=paragraphs)
    source = Source(name="a.pdf", sha256="0" * 64, pages=1, kind="scan")
    return Document(source=source, sections=(section,), pages=(page,))


def texts(found: Document) -> list[str]:
    return [one.text for page in found.pages for region in page.regions for one in region.lines]


def leads_back(found: Document) -> bool:
    lines = {one.id: one for page in found.pages for region in page.regions for one in region.lines}
    return all(
        part.text[one.start : one.end] == lines[one.line].text[one.at : one.at + one.end - one.start]
        for section in found.sections
        for part in section.paragraphs
        for one in part.spans
    )


def test_a_bracket_put_into_a_paragraph_stands_in_its_line_and_what_follows_moves() -> None:
    first = Paragraph(text="见文献[2]与[3", lang="zh", spans=(span(0, 5, "a", 0), span(6, 9, "a", 5)))
    second = Paragraph(text="后文", lang="zh", spans=(span(0, 2, "a", 8),))
    found = with_mended_lines(document((first, second), line("a", "见文献[2与[3后文")))
    assert texts(found) == ["见文献[2]与[3后文"]
    assert leads_back(found)
    (one,) = found.pages[0].regions[0].lines
    assert len(one.edges) == 2 * len(one.text)
    assert len(one.confidences) == len(one.text)
    assert one.doubts[0][0] == len(one.text) - 1


def test_a_character_replaced_and_one_put_in_at_a_line_end() -> None:
    text = "甲[1]乙丙"
    told = Paragraph(text=text, lang="zh", spans=(span(0, 3, "a", 0), span(4, 6, "b", 0)))
    found = with_mended_lines(document((told,), line("a", "甲[l"), line("b", "乙丙")))
    assert texts(found) == ["甲[1]", "乙丙"]
    assert leads_back(found)


def test_spaces_of_seams_and_dropped_hyphens_change_no_line() -> None:
    told = Paragraph(text="stem cells transplanted", lang="en", spans=(span(0, 4, "a", 0), span(5, 23, "b", 0)))
    before = document((told,), line("a", "stem"), line("b", "cells transplanted"))
    assert with_mended_lines(before) == before


def test_a_headings_number_is_the_same_in_its_line() -> None:
    section = Section(id="s1", number="陸", level=1, title="讨论", title_spans=(span(0, 4, "p1.l1", 0),))
    (mended, other) = (
        with_mended_lines(msgspec.structs.replace(document((), line("p1.l1", text)), sections=(section,)))
        for text in ("陆、讨论", "五、讨论")
    )
    assert texts(mended) == ["陸、讨论"]
    assert texts(other) == ["五、讨论"]
