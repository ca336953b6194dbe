import pytest

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import (
    Bilingual,
    BilingualList,
    Citation,
    Document,
    Figure,
    Paragraph,
    Reference,
    Section,
    Source,
    Table,
    Term,
)
from recover.model.geometry import Box
from samples.truths import FieldsTruth, ParagraphTruth, Truth, load_truth

_BOX = Box(0, 0, 1, 1)


@pytest.fixture(scope="session")
def truth() -> Truth:
    return load_truth("als_kai")


@pytest.fixture(scope="session")
def perfect(truth: Truth) -> Document:
    """The document that a reading without a fault would give."""
    body = [
        Section(
            id=f"s{index}",
            number=section.number,
            level=section.level,
            title=section.title,
            title_en=section.title_en,
            paragraphs=tuple(map(_paragraph, section.paragraphs)),
        )
        for index, section in enumerate(truth.sections)
    ]
    back = [
        Section(id=note.label, number="", level=1, title=note.label, paragraphs=(Paragraph(text=note.text, lang="zh"),))
        for note in truth.notes
        if note.place == "back"
    ]
    return Document(
        source=Source(name="", sha256="", pages=truth.pages, kind="scan"),
        title=Bilingual(zh=truth.title.zh, en=truth.title.en),
        abstracts=BilingualList(zh=truth.abstracts.zh, en=truth.abstracts.en),
        sections=(*body, *back),
        tables=tuple(
            Table(label=table.label, caption=table.caption, page=0, box=_BOX, rows=table.rows) for table in truth.tables
        ),
        figures=tuple(
            Figure(label=figure.label, caption=figure.caption, page=0, box=_BOX, image="") for figure in truth.figures
        ),
        references=tuple(
            Reference(number=entry.number, raw=entry.raw, csl=_csl(entry.fields)) for entry in truth.references
        ),
        terms=tuple(
            Term(zh=term.zh, en=term.en, abbreviation="", count=1, mentions=(), aligned=True) for term in truth.terms
        ),
    )


def _paragraph(paragraph: ParagraphTruth) -> Paragraph:
    citations = tuple(Citation(start=one.start, end=one.end, numbers=one.numbers) for one in paragraph.citations)
    return Paragraph(text=paragraph.text, lang="zh", citations=citations)


def _csl(fields: FieldsTruth) -> CslItem:
    return CslItem(
        author=(CslName(family=fields.author),),
        title=fields.title,
        container_title=fields.container,
        issued=CslDate(date_parts=((int(fields.year),),)),
        volume=fields.volume,
        issue=fields.issue,
        page=fields.page,
    )
