"""The styles of lines brought into the document's texts, wherever a text knows the lines it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from recover.model.document import (
    Cell,
    Citation,
    Document,
    Figure,
    Formula,
    FrontBlock,
    Mark,
    Note,
    Paragraph,
    Reference,
    Section,
    Span,
    Table,
)
from recover.model.page import PageReading
from recover.model.styles import cut_marks, marks_of

Spanned = TypeVar("Spanned", Cell, Formula, Note)
Captioned = TypeVar("Captioned", Figure, Table)


class _Print(msgspec.Struct, frozen=True):
    """The styles of the lines that have any, and the text of every line, by the line's name in the document."""

    styles: Mapping[str, str]
    texts: Mapping[str, str]


def with_marks(document: Document, pages: Sequence[PageReading]) -> Document:
    """``document`` with the marks of all its texts."""
    lines = [
        (f"p{page.index + 1}.{line.id}", line) for page in pages for region in page.regions for line in region.lines
    ]
    read = _Print(
        {name: line.styles for name, line in lines if line.styles.strip("0")}, {name: line.text for name, line in lines}
    )
    if not read.styles:
        return document
    return msgspec.structs.replace(
        document,
        sections=tuple(_section(section, read) for section in document.sections),
        front=tuple(_front(block, read) for block in document.front),
        tables=tuple(_table(table, read) for table in document.tables),
        figures=tuple(_captioned(figure, read) for figure in document.figures),
        formulas=tuple(_spanned(formula, read) for formula in document.formulas),
        notes=tuple(_spanned(note, read) for note in document.notes),
        references=tuple(_reference(reference, read) for reference in document.references),
    )


def _section(section: Section, read: _Print) -> Section:
    paragraphs = tuple(_paragraph(paragraph, read) for paragraph in section.paragraphs)
    marks = _part_marks(section.title, section.title_spans, read)
    # A heading that is bold or italic throughout is set as headings are.
    told = tuple(mark for mark in marks if mark.kind in ("sup", "sub") or mark.end - mark.start < len(section.title))
    return msgspec.structs.replace(section, paragraphs=paragraphs, title_marks=told)


def _paragraph(paragraph: Paragraph, read: _Print) -> Paragraph:
    marks = marks_of(paragraph.text, paragraph.spans, read.styles)
    return msgspec.structs.replace(paragraph, marks=_beside_citations(marks, paragraph.citations))


def _beside_citations(marks: Sequence[Mark], citations: Sequence[Citation]) -> tuple[Mark, ...]:
    """Marks without what is raised as a citation mark: it is told as a citation."""
    return tuple(
        mark
        for mark in marks
        if mark.kind != "sup" or not any(one.start < mark.end and mark.start < one.end for one in citations)
    )


def _part_marks(text: str, spans: Sequence[Span], read: _Print) -> tuple[Mark, ...]:
    """The marks of a text that is a part of what its spans cover: a heading without its number, a caption likewise."""
    if not text or not any(span.line in read.styles for span in spans):
        return ()
    printed = _printed(spans, read)
    start = printed.find(text)
    if start < 0:
        return ()
    return cut_marks(marks_of(printed, spans, read.styles), start, start + len(text))


def _printed(spans: Sequence[Span], read: _Print) -> str:
    """The text that ``spans`` cover, as it stands on the pages; blanks where none does."""
    text = [" "] * max(span.end for span in spans)
    for span in spans:
        part = read.texts.get(span.line, "")[span.at : span.at + span.end - span.start]
        text[span.start : span.start + len(part)] = part
    return "".join(text)


def _front(block: FrontBlock, read: _Print) -> FrontBlock:
    return msgspec.structs.replace(block, paragraph=_paragraph(block.paragraph, read))


def _table(table: Table, read: _Print) -> Table:
    return msgspec.structs.replace(_captioned(table, read), cells=tuple(_spanned(cell, read) for cell in table.cells))


def _captioned(item: Captioned, read: _Print) -> Captioned:
    return msgspec.structs.replace(
        item,
        caption_marks=_part_marks(item.caption, item.caption_spans, read),
        caption_en_marks=_part_marks(item.caption_en, item.caption_en_spans, read),
    )


def _spanned(item: Spanned, read: _Print) -> Spanned:
    marks = marks_of(item.text, item.spans, read.styles)
    return msgspec.structs.replace(item, marks=marks) if marks else item


def _reference(reference: Reference, read: _Print) -> Reference:
    return msgspec.structs.replace(reference, marks=marks_of(reference.raw, reference.spans, read.styles))
