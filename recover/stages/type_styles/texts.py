"""The styles of lines brought into the document's texts, wherever a text knows the lines it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from recover.model.document import (
    Cell,
    Citation,
    Document,
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
from recover.model.styles import cut_marks
from recover.text.styled import marks_of

Styles = Mapping[str, str]
Spanned = TypeVar("Spanned", Cell, Formula, Note)


def with_marks(document: Document, pages: Sequence[PageReading]) -> Document:
    """``document`` with the marks of all its texts; captions bring their own."""
    styles = dict(_styles(pages))
    if not styles:
        return document
    return msgspec.structs.replace(
        document,
        sections=tuple(_section(section, styles, document) for section in document.sections),
        front=tuple(_front(block, styles) for block in document.front),
        tables=tuple(_table(table, styles) for table in document.tables),
        formulas=tuple(_spanned(formula, styles) for formula in document.formulas),
        notes=tuple(_spanned(note, styles) for note in document.notes),
        references=tuple(_reference(reference, styles) for reference in document.references),
    )


def _styles(pages: Sequence[PageReading]) -> Iterator[tuple[str, str]]:
    """The name and styles of every line that has any."""
    for page in pages:
        for region in page.regions:
            for line in region.lines:
                if line.styles.strip("0"):
                    yield f"p{page.index + 1}.{line.id}", line.styles


def _section(section: Section, styles: Styles, document: Document) -> Section:
    paragraphs = tuple(_paragraph(paragraph, styles) for paragraph in section.paragraphs)
    return msgspec.structs.replace(section, paragraphs=paragraphs, title_marks=_title_marks(section, styles, document))


def _paragraph(paragraph: Paragraph, styles: Styles) -> Paragraph:
    marks = marks_of(paragraph.text, paragraph.spans, styles)
    return msgspec.structs.replace(paragraph, marks=_beside_citations(marks, paragraph.citations))


def _beside_citations(marks: Sequence[Mark], citations: Sequence[Citation]) -> tuple[Mark, ...]:
    """Marks without what is raised as a citation mark: it is told as a citation."""
    return tuple(
        mark
        for mark in marks
        if mark.kind != "sup" or not any(one.start < mark.end and mark.start < one.end for one in citations)
    )


def _title_marks(section: Section, styles: Styles, document: Document) -> tuple[Mark, ...]:
    """The marks of a heading's title, which is a part of the line or lines its spans cover."""
    if not section.title or not any(span.line in styles for span in section.title_spans):
        return ()
    printed = _printed(section.title_spans, document)
    start = printed.find(section.title)
    if start < 0:
        return ()
    marks = marks_of(printed, section.title_spans, styles)
    inside = cut_marks(marks, start, start + len(section.title))
    # A heading that is bold or italic throughout is set as headings are.
    return tuple(mark for mark in inside if mark.kind in ("sup", "sub") or mark.end - mark.start < len(section.title))


def _printed(spans: Sequence[Span], document: Document) -> str:
    """The text that ``spans`` cover, as it stands on the pages; blanks where none does."""
    named = {span.line for span in spans}
    texts = {
        line.id: line.text
        for page in document.pages
        for region in page.regions
        for line in region.lines
        if line.id in named
    }
    text = [" "] * max(span.end for span in spans)
    for span in spans:
        part = texts.get(span.line, "")[span.at : span.at + span.end - span.start]
        text[span.start : span.start + len(part)] = part
    return "".join(text)


def _front(block: FrontBlock, styles: Styles) -> FrontBlock:
    return msgspec.structs.replace(block, paragraph=_paragraph(block.paragraph, styles))


def _table(table: Table, styles: Styles) -> Table:
    return msgspec.structs.replace(table, cells=tuple(_spanned(cell, styles) for cell in table.cells))


def _spanned(item: Spanned, styles: Styles) -> Spanned:
    marks = marks_of(item.text, item.spans, styles)
    return msgspec.structs.replace(item, marks=marks) if marks else item


def _reference(reference: Reference, styles: Styles) -> Reference:
    marks = marks_of(reference.raw, reference.spans, styles)
    return msgspec.structs.replace(reference, marks=marks) if marks else reference
