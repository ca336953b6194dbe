"""The document in the order in which it is read: what every exporter of running text walks through."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from recover.export.references import body_sections
from recover.model.document import TABLE_NOTE, Citation, Document, Figure, FrontBlock, Paragraph, Section, Table
from recover.model.geometry import overlap

# Front matter that has a place of its own in every format; the rest is printed as notes.
_TOLD_APART = ("title", "authors", "abstract", "keywords")

Float = Figure | Table


class Run(msgspec.Struct, frozen=True):
    """A piece of a paragraph: plain, or the text of a citation mark with those of its numbers that the list holds."""

    text: str
    citation: Citation | None = None
    targets: tuple[int, ...] = ()


def body(document: Document) -> Iterator[Section | Paragraph | Float]:
    """Headings, paragraphs, and every float after the paragraph that first names it, a table with its notes."""
    floats: list[Float] = [*document.figures, *document.tables]
    sections = body_sections(document)
    known = {section.id for section in sections}
    under = [(_table_over(block, document.tables), block.paragraph) for block in _table_notes(document)]
    for item in _in_order(sections, floats, known):
        yield item
        if isinstance(item, Table):
            yield from (paragraph for table, paragraph in under if table is item)


def _in_order(
    sections: Sequence[Section], floats: Sequence[Float], known: Collection[str]
) -> Iterator[Section | Paragraph | Float]:
    for section in sections:
        yield section
        yield from _with_floats(section, [item for item in floats if item.section == section.id])
    yield from (item for item in floats if item.section not in known)


def _table_notes(document: Document) -> list[FrontBlock]:
    return [block for block in document.front if block.role == TABLE_NOTE]


def _table_over(block: FrontBlock, tables: Sequence[Table]) -> Table | None:
    """The table right above a note."""
    span = next(iter(block.paragraph.spans), None)
    if span is None or span.box is None:
        return None
    box = span.box
    above = [
        table
        for table in tables
        if table.page == span.page and table.box.y0 < box.y0 and overlap(table.box.x0, table.box.x1, box.x0, box.x1) > 0
    ]
    return min(above, key=lambda table: abs(box.y0 - table.box.y1), default=None)


def _with_floats(section: Section, floats: Sequence[Float]) -> Iterator[Paragraph | Float]:
    waiting = list(floats)
    for paragraph in section.paragraphs:
        yield paragraph
        named = [item for item in waiting if item.label and _names(paragraph.text, item.label)]
        yield from named
        waiting = [item for item in waiting if item not in named]
    yield from waiting


def _names(text: str, label: str) -> bool:
    return re.search(re.escape("".join(label.split())) + r"(?!\d)", "".join(text.split())) is not None


def heading(section: Section) -> str:
    """Number and title in both languages, as they stand in the paper."""
    return " ".join(part for part in (section.number, section.title, section.title_en) if part)


def caption(item: Float) -> str:
    """Label and caption of a figure or table."""
    return " ".join(part for part in (item.label, item.caption) if part)


def notes(document: Document) -> tuple[FrontBlock, ...]:
    """Affiliations, funding, dates, footnotes: front matter without a field in the document, or without its table."""
    return tuple(
        block
        for block in document.front
        if not block.role.startswith(_TOLD_APART)
        and (block.role != TABLE_NOTE or _table_over(block, document.tables) is None)
    )


def listed(document: Document) -> frozenset[int]:
    """The numbers of the references there are; a mark may name one that was not found."""
    return frozenset(reference.number for reference in document.references)


def runs(paragraph: Paragraph, known: frozenset[int]) -> Iterator[Run]:
    """The paragraph's text cut at its citation marks; put together it is the text."""
    at = 0
    for citation in sorted(paragraph.citations, key=lambda item: item.start):
        if citation.start < at or not citation.numbers:
            continue
        if citation.start > at:
            yield Run(paragraph.text[at : citation.start])
        targets = tuple(number for number in citation.numbers if number in known)
        yield Run(paragraph.text[citation.start : citation.end], citation, targets)
        at = citation.end
    if at < len(paragraph.text):
        yield Run(paragraph.text[at:])


def title(document: Document) -> str:
    """A title to show where only one fits."""
    return document.title.zh or document.title.en or document.source.name


def main_language(document: Document) -> str:
    """The language most paragraphs are in, as a language tag."""
    langs = [item.lang for section in document.sections for item in section.paragraphs]
    return "en" if langs and langs.count("en") > len(langs) / 2 else "zh-CN"
