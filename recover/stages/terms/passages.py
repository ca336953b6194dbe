"""The texts of a document in which terms are looked for, each with the address a mention is given."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from recover.glossary.squash import is_han
from recover.model.document import Document, Section


class Passage(msgspec.Struct, frozen=True):
    """A text and its place.

    ``section`` is a section's id, or ``title-zh``, ``abstract-en``, ``keywords-zh``, ``table:0``, ``figure:2``;
    ``paragraph`` counts in that list, -1 being a section's own heading. Of a table or figure 0 is the caption,
    1 the English caption, 2 and more the cells, row by row.
    """

    section: str
    paragraph: int
    text: str

    @property
    def is_chinese(self) -> bool:
        return any(map(is_han, self.text))


REFERENCES = "references"


def references(document: Document) -> tuple[Passage, ...]:
    """The entries of the reference list as printed, in order, under the section ``references``."""
    entries = enumerate(document.references)
    return tuple(Passage(REFERENCES, number, entry.raw) for number, entry in entries if entry.raw.strip())


def passages(document: Document) -> tuple[Passage, ...]:
    """All texts of a document but the reference list, in reading order."""
    every = (*_front(document), *_body(document), *_floats(document))
    return tuple(passage for passage in every if passage.text.strip())


def _front(document: Document) -> Iterator[Passage]:
    yield Passage("title-zh", 0, document.title.zh)
    yield Passage("title-en", 0, document.title.en)
    for name, texts in (
        ("abstract-zh", document.abstracts.zh),
        ("abstract-en", document.abstracts.en),
        ("keywords-zh", document.keywords.zh),
        ("keywords-en", document.keywords.en),
    ):
        yield from (Passage(name, number, text) for number, text in enumerate(texts))


def _body(document: Document) -> Iterator[Passage]:
    for section in document.sections:
        yield Passage(section.id, -1, _heading(section))
        yield from (Passage(section.id, number, p.text) for number, p in enumerate(section.paragraphs))


def _heading(section: Section) -> str:
    return f"{section.title} {section.title_en}".strip()


def _floats(document: Document) -> Iterator[Passage]:
    for number, table in enumerate(document.tables):
        cells = (cell for row in table.rows for cell in row)
        texts = (table.caption, table.caption_en, *cells)
        yield from (Passage(f"table:{number}", place, text) for place, text in enumerate(texts))
    for number, figure in enumerate(document.figures):
        texts = (figure.caption, figure.caption_en, *figure.text)
        yield from (Passage(f"figure:{number}", place, text) for place, text in enumerate(texts))
