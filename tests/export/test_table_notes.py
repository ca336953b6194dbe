"""A note under a table is printed under it in every format of running text; one without a table among the notes."""

from __future__ import annotations

import msgspec

from recover.export.content import body, notes
from recover.model.document import TABLE_NOTE, Document, FrontBlock, Paragraph, Span, Table
from recover.model.geometry import Box


def with_note(paper: Document, page: int, top: float) -> tuple[Document, Paragraph]:
    """The paper with a note ``top`` points from the page's top."""
    span = Span(start=0, end=4, page=page, box=Box(60, top, 200, top + 8), origin="ppocr", confidence=0.9, line="p1.l9")
    note = Paragraph(text="注：均值", lang="zh", confidence=0.9, spans=(span,))
    block = FrontBlock(role=TABLE_NOTE, lang="zh", paragraph=note)
    table = msgspec.structs.replace(paper.tables[0], box=Box(50, 100, 250, 180))
    return msgspec.structs.replace(paper, front=(*paper.front, block), tables=(table, *paper.tables[1:])), note


def test_a_note_follows_the_table_above_it(paper: Document) -> None:
    document, note = with_note(paper, paper.tables[0].page, 182)
    items = list(body(document))
    at = next(index for index, item in enumerate(items) if isinstance(item, Table))
    assert items[at + 1] is note
    assert note.text not in [block.paragraph.text for block in notes(document)]


def test_a_note_without_a_table_is_told_with_the_others(paper: Document) -> None:
    document, note = with_note(paper, paper.tables[0].page + 7, 182)
    assert note not in list(body(document))
    assert note.text in [block.paragraph.text for block in notes(document)]
