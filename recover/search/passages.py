"""The texts of a document that can be found, each with its place in the document and on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from recover.model.document import CAPTION, Document, Figure, Paragraph, Section, Span, Table
from recover.model.geometry import Box
from recover.search.section_kinds import kinds_of
from recover.text.scripts import language

Kind = Literal[
    "title", "abstract", "keywords", "front", "heading", "text", "table", "figure", "formula", "note", "reference"
]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where ``text[start:end]`` of a passage stands: page, and the recorded line it was read from or else a box."""

    start: int
    end: int
    page: int
    box: Box | None = None
    line: str = ""
    at: int = 0


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A text that can be found.

    ``section`` is the heading it stands under, as printed; ``section_id`` and ``paragraph`` are its address in
    ``document.json`` (-1 for the heading itself, and a number in its own list outside of sections).
    """

    kind: Kind
    section_kind: str
    section: str
    section_id: str
    paragraph: int
    lang: str
    text: str
    confidence: float | None
    places: tuple[Place, ...]


def passages(document: Document) -> tuple[Passage, ...]:
    """Everything a document says, in the order of the document; blank texts are left out."""
    parts = (_front(document), _sections(document), _floats(document), _apart(document), _references(document))
    return tuple(passage for part in parts for passage in part if passage.text.strip())


def _front(document: Document) -> Iterator[Passage]:
    for number, block in enumerate(document.front):
        if block.role == CAPTION:
            continue
        kind = _front_kind(block.role)
        section_kind = "abstract" if kind == "abstract" else ""
        heading = block.role if kind == "front" else ""
        yield _of_paragraph(kind, section_kind, heading, block.role, number, block.paragraph)
    if not document.front:  # a text dump tells no places
        for role, text in (("title-zh", document.title.zh), ("title-en", document.title.en)):
            yield _plain("title", role, 0, text)
        for lang, texts in (("zh", document.abstracts.zh), ("en", document.abstracts.en)):
            yield from (_plain("abstract", f"abstract-{lang}", at, text) for at, text in enumerate(texts))


def _front_kind(role: str) -> Kind:
    head = role.partition("-")[0]
    return head if head in ("title", "abstract", "keywords") else "front"  # type: ignore[return-value]


def _sections(document: Document) -> Iterator[Passage]:
    kinds = kinds_of(document.sections)
    for section, kind in zip(document.sections, kinds, strict=True):
        heading = _heading(section)
        lang = language(heading)
        places = _places(section.title_spans) or _at(section.page, section.box, section.title)
        yield Passage("heading", kind, heading, section.id, -1, lang, section.title, None, places)
        if section.title_en:
            en_places = _places(section.title_en_spans) or places
            yield Passage("heading", kind, heading, section.id, -1, "en", section.title_en, None, en_places)
        for number, paragraph in enumerate(section.paragraphs):
            yield _of_paragraph("text", kind, heading, section.id, number, paragraph)


def _heading(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


def _floats(document: Document) -> Iterator[Passage]:
    for number, table in enumerate(document.tables):
        yield from _captions("table", number, table)
        for cell in table.cells:
            places = _places(cell.spans) or _at(table.page, cell.box or table.box, cell.text)
            yield _plain("table", table.label, number, cell.text, places)
    for number, figure in enumerate(document.figures):
        yield from _captions("figure", number, figure)
        for text in figure.text:
            places = _line_named(text, figure.page, document) or _at(figure.page, figure.box, text)
            yield _plain("figure", figure.label, number, text, places)


def _captions(kind: Kind, number: int, item: Table | Figure) -> Iterator[Passage]:
    for text, spans in ((item.caption, item.caption_spans), (item.caption_en, item.caption_en_spans)):
        yield _plain(kind, item.label, number, text, _places(spans) or _at(item.page, item.box, text))


def _line_named(text: str, page: int, document: Document) -> tuple[Place, ...]:
    """The line of a page that reads ``text``, for the words inside of a figure."""
    regions = (region for record in document.pages if record.number == page for region in record.regions)
    lines = (line for region in regions for line in region.lines if line.text == text)
    found = next(lines, None)
    return (Place(0, len(text), page, None, found.id, 0),) if found else ()


def _apart(document: Document) -> Iterator[Passage]:
    for number, formula in enumerate(document.formulas):
        places = _places(formula.spans) or _at(formula.page, formula.box, formula.text)
        yield _plain("formula", formula.label, number, formula.text, places)
    for number, note in enumerate(document.notes):
        yield _plain("note", note.mark, number, note.text, _places(note.spans) or _at(note.page, note.box, note.text))


def _references(document: Document) -> Iterator[Passage]:
    for number, entry in enumerate(document.references):
        places = _places(entry.spans) or _at(entry.page, entry.box, entry.raw)
        lang = language(entry.raw)
        label = f"[{entry.number}]"
        known = entry.confidence
        yield Passage("reference", "references", label, "references", number, lang, entry.raw, known, places)


def _of_paragraph(
    kind: Kind, section_kind: str, section: str, section_id: str, number: int, paragraph: Paragraph
) -> Passage:
    return Passage(
        kind,
        section_kind,
        section,
        section_id,
        number,
        paragraph.lang,
        paragraph.text,
        paragraph.confidence,
        _places(paragraph.spans),
    )


def _plain(kind: Kind, section: str, number: int, text: str, places: tuple[Place, ...] = ()) -> Passage:
    return Passage(kind, "", section, kind, number, language(text), text, None, places)


def _places(spans: Sequence[Span]) -> tuple[Place, ...]:
    return tuple(_place(span) for span in spans)


def _place(span: Span) -> Place:
    """The line's own outline says where it stands; a box is kept only where there is no line."""
    return Place(span.start, span.end, span.page, None if span.line else span.box, span.line, span.at)


def _at(page: int, box: Box | None, text: str) -> tuple[Place, ...]:
    return (Place(0, len(text), page, box),) if box is not None else ()
