"""Texts with their marks: raised, lowered, italic, bold characters as every exporter of running text shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

import msgspec

from recover.model.document import Cell, Document, Figure, Mark, MarkKind, Paragraph, Reference, Section, Table
from recover.model.styles import cut_marks
from recover.text.numbering import ring
from recover.text.reference_lists import is_list_heading as heads_a_list

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


# How a reference is shown where no citation style was asked for: as printed, without its number, with its links.

# What a path and a whole address may hold as it is; the rest is percent-encoded, Chinese and all.
_IN_PATH = "/:;()._-~"
_IN_ADDRESS = _IN_PATH + "%?#[]@!$&'*+,="


def entry_keys(references: Sequence[Reference]) -> tuple[str, ...]:
    """A name for every entry to be linked by: its number, or its place where it has none or another has the same."""
    keys: list[str] = []
    for place, reference in enumerate(references, 1):
        number = str(reference.number)
        keys.append(number if reference.number and number not in keys else f"n{place}")
    return tuple(keys)


def printed_text(reference: Reference) -> str:
    """The entry with its repairs applied, without the number before it."""
    if reference.text:
        return reference.text
    number = str(reference.number)
    circled = ring(reference.number) if 0 < reference.number <= 20 else number
    marked = rf"(?:[\[［【(（{{]\s*{number}\s*[\]］】)）}}]\s*)+|{number}\s*[.．、]\s*|{number}\s+|{circled}(?!\d)\s*"
    return re.sub(rf"^\s*(?:{marked})", "", reference.raw)


def links(reference: Reference) -> tuple[tuple[str, str], ...]:
    """Names and addresses where the work is found: DOI, PubMed, its own."""
    csl = reference.csl
    found = []
    if csl.DOI:
        found.append(("DOI", f"https://doi.org/{quote(csl.DOI, safe=_IN_PATH)}"))
    if csl.PMID.isdecimal():
        found.append(("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{csl.PMID}/"))
    if csl.URL:
        found.append(("URL", quote(csl.URL, safe=_IN_ADDRESS)))
    return tuple(found)


def is_list_heading(section: Section) -> bool:
    """Whether a section is nothing but the heading of the reference list."""
    return heads_a_list(section.title) or heads_a_list(f"{section.title} {section.title_en}".strip())


def body_sections(document: Document) -> tuple[Section, ...]:
    """The sections without the empty one that heads the reference list: the list prints it."""
    heads = [item for item in document.sections if is_list_heading(item) and not item.paragraphs]
    printed = heads[-1:] if document.references else []
    return tuple(item for item in document.sections if item not in printed)


def list_title(document: Document) -> str:
    """The heading of the reference list as printed, or the usual one."""
    printed = [item for item in document.sections if is_list_heading(item) and not item.paragraphs]
    if not printed:
        return "参考文献"
    last = printed[-1]
    return " ".join(part for part in (last.number, last.title, last.title_en) if part)
