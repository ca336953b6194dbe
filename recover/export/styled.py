"""Texts with their marks: raised, lowered, italic, bold characters as every exporter of running text shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from recover.export.references import printed_text
from recover.model.document import Cell, Document, Figure, Mark, MarkKind, Paragraph, Reference, Section, Table
from recover.model.styles import cut_marks

# The order in which marks enclose each other, the outermost first.
_ORDER: tuple[MarkKind, ...] = ("bold", "italic", "sup", "sub")


class Styled(msgspec.Struct, frozen=True):
    """A text and its marks, offsets into it."""

    text: str
    marks: tuple[Mark, ...] = ()


class Stretch(msgspec.Struct, frozen=True):
    """A piece of a text that is set in one way; ``kinds`` with the outermost first."""

    text: str
    kinds: tuple[MarkKind, ...] = ()


def stretches(styled: Styled) -> Iterator[Stretch]:
    """The text cut wherever a mark begins or ends; put together it is the text."""
    size = len(styled.text)
    marks = [mark for mark in styled.marks if 0 <= mark.start < mark.end <= size]
    cuts = sorted({0, size, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for start, end in pairwise(cuts):
        kinds = {mark.kind for mark in marks if mark.start <= start and end <= mark.end}
        yield Stretch(styled.text[start:end], tuple(kind for kind in _ORDER if kind in kinds))


def not_bold(styled: Styled) -> Styled:
    """The text for a place that is bold altogether, where more of it says nothing and breaks Markdown's signs."""
    return Styled(styled.text, tuple(mark for mark in styled.marks if mark.kind != "bold"))


def joined(parts: Sequence[Styled], between: str = " ") -> Styled:
    """The parts that hold any text, one after the other."""
    text, marks = "", []
    for part in parts:
        if not part.text:
            continue
        text += between if text else ""
        marks += [Mark(start=len(text) + mark.start, end=len(text) + mark.end, kind=mark.kind) for mark in part.marks]
        text += part.text
    return Styled(text, tuple(marks))


def paragraph_text(paragraph: Paragraph) -> Styled:
    """A paragraph's text, its citation marks not told apart."""
    return Styled(paragraph.text, paragraph.marks)


def heading_text(section: Section) -> Styled:
    """Number and title in both languages, as they stand in the paper."""
    return joined((Styled(section.number), Styled(section.title, section.title_marks), Styled(section.title_en)))


def caption_text(item: Figure | Table) -> Styled:
    """Label and caption of a figure or table."""
    return joined((Styled(item.label), Styled(item.caption, item.caption_marks)))


def english_caption(item: Figure | Table) -> Styled:
    """The caption in English, where the paper prints one."""
    return Styled(item.caption_en, item.caption_en_marks)


def cell_text(cell: Cell) -> Styled:
    """What stands in a cell."""
    return Styled(cell.text, cell.marks)


def title_text(document: Document, lang: str) -> Styled:
    """The paper's title in one language."""
    printed = document.title.zh if lang == "zh" else document.title.en
    return _front_text(document, f"title-{lang}", printed)


def abstract_texts(document: Document, lang: str) -> tuple[Styled, ...]:
    """The paragraphs of the abstract in one language."""
    printed = document.abstracts.zh if lang == "zh" else document.abstracts.en
    return tuple(_front_text(document, f"abstract-{lang}", text) for text in printed)


def reference_text(reference: Reference) -> Styled:
    """An entry as it is shown, without its number; its marks where it is shown as it was read."""
    text = printed_text(reference)
    if not text or not reference.raw.endswith(text):
        return Styled(text)
    return Styled(text, cut_marks(reference.marks, len(reference.raw) - len(text), len(reference.raw)))


def _front_text(document: Document, role: str, text: str) -> Styled:
    """A text of the front matter with the marks of the block it was taken from."""
    blocks = (block.paragraph for block in document.front if block.role == role)
    return next((Styled(text, block.marks) for block in blocks if block.text == text), Styled(text))
