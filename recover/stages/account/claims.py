"""What each text of a document claims: a class of the account, and the places in lines where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

import msgspec

from recover.model.document import CAPTION, TABLE_NOTE, Document, Figure, Section, Span, Table

Kind = Literal["text", "front", "references", "tables", "captions", "notes", "formulas", "figures", "furniture"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Blocks of the front matter that are notes.
NOTE_ROLES = frozenset({TABLE_NOTE, "footnote"})


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A text that the document shows, the page it begins on, and where it was read: parts of lines, or whole ones."""

    kind: Kind
    text: str
    page: int
    spans: tuple[Span, ...] = ()
    lines: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    """Every text of the document; what stands in two of its fields comes first where it has a class of its own."""
    for note in document.notes:
        yield Claim(kind="notes", text=note.mark + note.text, page=note.page, spans=(*note.mark_spans, *note.spans))
    for formula in document.formulas:
        label = "" if formula.label in formula.text else formula.label
        yield Claim(kind="formulas", text=formula.text + label, page=formula.page, spans=formula.spans)
    for entry in document.toc:
        text = entry.number + entry.title + entry.label
        yield Claim(kind="front", text=text, page=entry.page, spans=entry.spans)
    for table in document.tables:
        yield from _table(table)
    for figure in document.figures:
        yield from _figure(figure)
    for item in document.furniture:
        lines = (item.line,) if item.line else ()
        yield Claim(kind="furniture", text=item.text, page=item.page, lines=lines)
    for reference in document.references:
        yield Claim(kind="references", text=reference.raw, page=reference.page, spans=reference.spans)
    for section in document.sections:
        yield from _section(section)
    for block in (one for one in document.front if one.role != CAPTION):
        text, spans = block.paragraph.text, block.paragraph.spans
        kind: Kind = "notes" if block.role in NOTE_ROLES else "front"
        yield Claim(kind=kind, text=text, page=_first_page(spans, 0), spans=spans)


def _table(table: Table) -> Iterator[Claim]:
    yield from _captions(table)
    if not table.cells:
        text = "".join(cell for row in table.rows for cell in row)
        yield Claim(kind="tables", text=text, page=table.page)
    for cell in table.cells:
        yield Claim(kind="tables", text=cell.text, page=_first_page(cell.spans, table.page), spans=cell.spans)


def _figure(figure: Figure) -> Iterator[Claim]:
    yield from _captions(figure)
    named = figure.lines if len(figure.lines) == len(figure.text) else ()
    for number, text in enumerate(figure.text):
        yield Claim(kind="figures", text=text, page=figure.page, lines=named[number : number + 1])


def _captions(item: Table | Figure) -> Iterator[Claim]:
    both = ((item.label + item.caption, item.caption_spans), (item.caption_en, item.caption_en_spans))
    for text, spans in both:
        yield Claim(kind="captions", text=text, page=_first_page(spans, item.page), spans=spans)


def _section(section: Section) -> Iterator[Claim]:
    page = section.page
    yield Claim(kind="text", text=section.number + section.title, page=page, spans=section.title_spans)
    yield Claim(kind="text", text=section.title_en, page=page, spans=section.title_en_spans)
    for paragraph in section.paragraphs:
        page = _first_page(paragraph.spans, page)
        yield Claim(kind="text", text=paragraph.text, page=page, spans=paragraph.spans)


def _first_page(spans: Sequence[Span], default: int) -> int:
    return spans[0].page if spans else default
