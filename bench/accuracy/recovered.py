"""The recovered document as the measures see it: its running text and the paragraphs in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from recover.model.document import Document, Paragraph, Section

# Front matter that has a field of its own would otherwise be counted twice.
_FIELD_ROLES = frozenset({"title", "abstract", "keywords", "caption"})

_NUMERALS = frozenset("一二三四五六七八九十")


def load_document(folder: Path) -> Document:
    return msgspec.json.decode((folder / "document.json").read_bytes(), type=Document)


def text_pieces(document: Document) -> tuple[str, ...]:
    """Every piece of the paper's text, in reading order, without tables, figures, references and furniture."""
    front = [block.paragraph.text for block in document.front if block.role.partition("-")[0] not in _FIELD_ROLES]
    body = [piece for section in document.sections for piece in _section_pieces(section)]
    return (document.title.zh, document.title.en, *abstract_texts(document), *front, *body)


def body_texts(document: Document) -> tuple[str, ...]:
    """The paragraphs of the sections alone."""
    return tuple(paragraph.text for section in document.sections for paragraph in section.paragraphs)


def abstract_texts(document: Document) -> tuple[str, ...]:
    return (*document.abstracts.zh, *document.abstracts.en)


def located_paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The paragraphs whose characters know the line they were read from."""
    front = (block.paragraph for block in document.front)
    body = (paragraph for section in document.sections for paragraph in section.paragraphs)
    return tuple(paragraph for paragraph in (*front, *body) if paragraph.spans)


def _section_pieces(section: Section) -> tuple[str, ...]:
    # The contract keeps numbers without their closing mark: 一 for 一、.
    mark = "、" if section.number and section.number[-1] in _NUMERALS else ""
    heading = section.number + mark + section.title + section.title_en
    return (heading, *(paragraph.text for paragraph in section.paragraphs))
