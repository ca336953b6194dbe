"""The document in the order in which it is read: what every exporter of running text walks through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key

import msgspec

from recover.export.references import body_sections, entry_keys
from recover.export.styled import Styled, joined, stretches
from recover.model.document import (
    CAPTION,
    TABLE_NOTE,
    Citation,
    Document,
    Figure,
    Formula,
    FrontBlock,
    MarkKind,
    Note,
    Paragraph,
    Section,
    Table,
)
from recover.model.geometry import Box, overlap
from recover.model.styles import cut_marks
from recover.text.scripts import language

# Front matter that has a place of its own in every format; the rest is printed as notes.
_TOLD_APART = ("title", "authors", "abstract", "keywords", CAPTION)

Float = Figure | Table
Placed = Figure | Table | Formula


class Run(msgspec.Struct, frozen=True):
    """A piece of a paragraph set in one way, or a citation mark with those of its numbers that the list holds."""

    text: str
    citation: Citation | None = None
    targets: tuple[str, ...] = ()
    kinds: tuple[MarkKind, ...] = ()


def body(document: Document) -> Iterator[Section | Paragraph | Placed]:
    """Headings, paragraphs, and every float and formula where it is printed, a table with its notes."""
    under = [(_table_over(block, document.tables), block.paragraph) for block in _table_notes(document)]
    for item in _in_order(
        body_sections(document), in_printed_order([*document.figures, *document.tables, *document.formulas])
    ):
        yield item
        if isinstance(item, Table):
            yield from (paragraph for table, paragraph in under if table is item)


def _in_order(sections: Sequence[Section], floats: Sequence[Placed]) -> Iterator[Section | Paragraph | Placed]:
    """A float stands in its section behind its paragraph; one in no section before all, one in another behind all."""
    last = {section.id: len(section.paragraphs) - 1 for section in sections}
    behind: defaultdict[tuple[str, int], list[Placed]] = defaultdict(list)
    for item in floats:
        behind[item.section, min(item.after, last.get(item.section, -1))].append(item)
    yield from behind["", -1]
    for section in sections:
        yield section
        yield from behind[section.id, -1]
        for number, paragraph in enumerate(section.paragraphs):
            yield paragraph
            yield from behind[section.id, number]
    yield from (item for item in floats if item.section and item.section not in last)


def in_printed_order(floats: Iterable[Placed]) -> list[Placed]:
    """Page by page; what lies above another in its column comes before it, and a column before the next."""
    return sorted(floats, key=cmp_to_key(_compare_places))


def _compare_places(one: Placed, other: Placed) -> int:
    first, second = one.box, other.box
    is_stacked = overlap(first.x0, first.x1, second.x0, second.x1) > 0
    keys = [(item.page, item.box.y0 if is_stacked else item.box.x0) for item in (one, other)]
    return (keys[0] > keys[1]) - (keys[0] < keys[1])


def _table_notes(document: Document) -> list[FrontBlock]:
    return [block for block in document.front if block.role == TABLE_NOTE]


def _table_over(block: FrontBlock, tables: Sequence[Table]) -> Table | None:
    """The table right above a note, which may have begun pages before."""
    span = next(iter(block.paragraph.spans), None)
    if span is None or span.box is None:
        return None
    box = span.box
    above = [(item, place) for item in tables for place in _boxes_on(item, span.page) if place.y0 < box.y0]
    near = [(abs(box.y0 - place.y1), at) for at, (_, place) in enumerate(above) if _is_over(place, box)]
    return above[min(near)[1]][0] if near else None


def _boxes_on(table: Table, page: int) -> list[Box]:
    """Where the table stands on a page: its box, or its cells where it goes on there."""
    if table.page == page:
        return [table.box]
    return [span.box for cell in table.cells for span in cell.spans if span.page == page]


def _is_over(place: Box, box: Box) -> bool:
    return overlap(place.x0, place.x1, box.x0, box.x1) > 0


def notes_under(table: Table, document: Document) -> list[Paragraph]:
    """The notes that stand under a table."""
    return [block.paragraph for block in _table_notes(document) if _table_over(block, document.tables) is table]


def heading(section: Section) -> str:
    """Number and title in both languages, as they stand in the paper."""
    return " ".join(part for part in (section.number, section.title, section.title_en) if part)


def caption(item: Float) -> str:
    """Label and caption of a figure or table."""
    return " ".join(part for part in (item.label, item.caption) if part)


def words_inside(item: Float) -> str:
    """The words inside a figure's drawing; none for a table."""
    return " ".join(item.text) if isinstance(item, Figure) else ""


def described(item: Float) -> str:
    """What a picture shows, for those who don't see it: its caption and the words inside."""
    return " ".join(part for part in (caption(item), words_inside(item)) if part)


def notes(document: Document) -> tuple[FrontBlock, ...]:
    """Affiliations, funding, dates, footnotes: front matter without a field in the document, or without its table."""
    front = (
        block
        for block in document.front
        if not block.role.startswith(_TOLD_APART)
        and (block.role != TABLE_NOTE or _table_over(block, document.tables) is None)
    )
    return (*front, *map(_footnote, document.notes))


def _footnote(note: Note) -> FrontBlock:
    """A note behind its mark, as a block."""
    styled = joined((Styled(note.mark), Styled(note.text, note.marks)))
    lang = language(styled.text)
    return FrontBlock(role="footnote", lang=lang, paragraph=Paragraph(text=styled.text, lang=lang, marks=styled.marks))


def listed(document: Document) -> tuple[str, ...]:
    """The keys of the references there are, in order; a mark may name one that was not found."""
    return entry_keys(document.references)


def runs(paragraph: Paragraph, known: Sequence[str]) -> Iterator[Run]:
    """The paragraph's text cut at its citation marks and where its setting changes; put together it is the text."""
    at = 0
    for citation in sorted(paragraph.citations, key=lambda item: item.start):
        if citation.start < at or not (citation.numbers or citation.references):
            continue
        if citation.start > at:
            yield from _plain_runs(paragraph, at, citation.start)
        yield Run(paragraph.text[citation.start : citation.end], citation, _targets(citation, known))
        at = citation.end
    yield from _plain_runs(paragraph, at, len(paragraph.text))


def _plain_runs(paragraph: Paragraph, start: int, end: int) -> Iterator[Run]:
    styled = Styled(paragraph.text[start:end], cut_marks(paragraph.marks, start, end))
    return (Run(stretch.text, kinds=stretch.kinds) for stretch in stretches(styled))


def _targets(citation: Citation, known: Sequence[str]) -> tuple[str, ...]:
    """The keys of the entries that a mark names: by their places, else by their numbers."""
    placed = tuple(known[at] for at in citation.references if at < len(known))
    return placed or tuple(str(number) for number in citation.numbers if str(number) in known)


def title(document: Document) -> str:
    """A title to show where only one fits."""
    return document.title.zh or document.title.en or document.source.name


def main_language(document: Document) -> str:
    """The language most paragraphs are in, as a language tag."""
    langs = [item.lang for section in document.sections for item in section.paragraphs]
    return "en" if langs and langs.count("en") > len(langs) / 2 else "zh-CN"
