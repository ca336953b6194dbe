"""``document.xlf``: the paper as XLIFF 1.2, which OmegaT and other translators' tools open ready to work on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise, zip_longest
from pathlib import Path

import msgspec
from lxml import etree

from recover.export.content import body, notes
from recover.export.markup import Element, legal
from recover.export.styled import (
    Styled,
    abstract_texts,
    caption_text,
    cell_text,
    joined,
    list_title,
    paragraph_text,
    reference_text,
    stretches,
    title_text,
)
from recover.model.document import Document, Figure, Formula, Paragraph, Section, Table, Term
from recover.model.styles import cut_marks

__all__ = ["render"]


# Text cut into sentences, the segments that translators work on.

# A Chinese sentence ends at its mark, closing quotes and brackets included; an English one at a stop before a space
# and a capital, unless the stop belongs to an abbreviation, an initial or "et al.".
_END = re.compile(
    r"[。！？!?…]+[”’」』）)\]]*\s*"
    r"|(?<!\b[A-Z])(?<!\bal)(?<!\bvs)(?<!\bFig)(?<!\bTab)(?<!\bNo)(?<!\bDr)(?<!\bvol)(?<!\bca)(?<!\be\.g)(?<!\bi\.e)"
    r"\.[”’\")\]]*\s+(?=[A-Z\"“(\[])"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences, each with the space after it: joined they are the text."""
    ends = [match.end() for match in _END.finditer(text)]
    bounds = [0, *ends, len(text)]
    return tuple(text[start:end] for start, end in pairwise(bounds) if end > start)


# What there is to translate, in reading order, with what the paper itself already says in English.


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its kind; ``printed`` is the paper's own English for it, and text in English isn't translated."""

    kind: str
    text: Styled
    printed: str = ""
    is_english: bool = False

    @property
    def segments(self) -> tuple[Styled, ...]:
        """Sentences; a text with a printed translation stays whole, to stand beside it."""
        if self.printed or self.is_english:
            return (self.text,)
        ends = list(accumulate(map(len, sentences(self.text.text))))
        return tuple(
            Styled(self.text.text[start:end], cut_marks(self.text.marks, start, end))
            for start, end in pairwise([0, *ends])
        )


def blocks(document: Document) -> Iterator[Block]:
    """Every text of the document, each once."""
    yield from (
        block for block in (*_front(document), *_body(document), *_references(document)) if block.text.text.strip()
    )


def _front(document: Document) -> Iterator[Block]:
    if document.title.zh:
        yield Block(kind="title", text=title_text(document, "zh"), printed=document.title.en)
    else:
        yield Block(kind="title", text=title_text(document, "en"), is_english=True)
    for author in document.authors:
        yield Block(kind="author", text=Styled(author.name), printed=author.name_en)
    yield from (Block(kind="abstract", text=text) for text in abstract_texts(document, "zh"))
    yield from (Block(kind="abstract", text=text, is_english=True) for text in abstract_texts(document, "en"))
    yield from _keywords(document)
    for block in notes(document):
        yield Block(kind=block.role, text=paragraph_text(block.paragraph), is_english=block.lang not in CHINESE)


# What is translated from Chinese: passages in it, and signs and figures alone.
CHINESE = ("zh", "und")


def _keywords(document: Document) -> Iterator[Block]:
    chinese, english = document.keywords.zh, document.keywords.en
    if len(chinese) == len(english):
        yield from (Block(kind="keyword", text=Styled(zh), printed=en) for zh, en in zip_longest(chinese, english))
    else:
        yield from (Block(kind="keyword", text=Styled(word)) for word in chinese)
        yield from (Block(kind="keyword", text=Styled(word), is_english=True) for word in english)


def _body(document: Document) -> Iterator[Block]:
    for item in body(document):
        if isinstance(item, Section):
            printed = " ".join(part for part in (item.number, item.title_en) if part) if item.title_en else ""
            text = joined((Styled(item.number), Styled(item.title, item.title_marks)))
            yield Block(kind="heading", text=text, printed=printed)
        elif isinstance(item, Paragraph):
            yield Block(kind="paragraph", text=paragraph_text(item), is_english=item.lang not in CHINESE)
        elif not isinstance(item, Formula):
            yield from _float(item)


def _float(item: Figure | Table) -> Iterator[Block]:
    yield Block(kind="caption", text=caption_text(item), printed=item.caption_en)
    if isinstance(item, Table):
        marked = {(cell.row, cell.column): cell_text(cell) for cell in item.cells}
        for row, texts in enumerate(item.rows):
            for column, text in enumerate(texts):
                cell = marked.get((row, column), Styled(text))
                yield Block(kind="cell", text=cell if cell.text == text else Styled(text))


def _references(document: Document) -> Iterator[Block]:
    if document.references:
        yield Block(kind="heading", text=Styled(list_title(document)))
    for reference in document.references:
        yield Block(kind="reference", text=reference_text(reference), is_english=True)


# Segments as XLIFF 1.2, the version every translation tool reads.

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 text alone
    """The file's bytes, UTF-8."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE}, version="1.2")
    file = _add(root, "file", legal(""))
    file.set("original", legal(document.source.name))
    file.set("source-language", "zh-CN")
    file.set("target-language", "en")
    file.set("datatype", "plaintext")
    content = _add(file, "body", "")
    terms = [term for term in document.terms if term.zh and term.en]
    for number, block in enumerate(blocks(document), 1):
        _group(content, block, number, terms)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Element, name: str, text: str) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = legal(text) or None
    return child


def _add_styled(parent: Element, name: str, styled: Styled) -> Element:
    """The text with its raised and lowered characters as inline elements: 10⁶ and 106 are translated differently."""
    scripts = Styled(styled.text, tuple(mark for mark in styled.marks if mark.kind in ("sup", "sub")))
    child = _add(parent, name, "")
    # Text, if empty, keeps the writer from putting line breaks between the inline elements.
    child.text = ""
    last: Element | None = None
    for number, stretch in enumerate(stretches(scripts), 1):
        if stretch.kinds:
            last = _add(child, "g", stretch.text)
            last.set("id", str(number))
            last.set("ctype", f"x-{stretch.kinds[0]}")
        elif last is None:
            child.text = legal(stretch.text)
        else:
            last.tail = legal(stretch.text) or None
    return child


def _group(content: Element, block: Block, number: int, terms: list[Term]) -> None:
    group = _add(content, "group", "")
    group.set("id", f"b{number}")
    group.set("restype", f"x-{block.kind}")
    for part, text in enumerate(block.segments, 1):
        unit = _add(group, "trans-unit", "")
        unit.set("id", f"b{number}.{part}")
        unit.set(_SPACE, "preserve")
        _fill(unit, block, text, terms)


def _fill(unit: Element, block: Block, styled: Styled, terms: list[Term]) -> None:
    text = styled.text
    _add_styled(unit, "source", styled)
    if block.is_english:
        unit.set("translate", "no")
        _add_styled(unit, "target", styled).set("state", "final")
        return
    if block.printed:
        _add(unit, "target", block.printed).set("state", "needs-review-translation")
    for term in (term for term in terms if term.zh in text):
        note = _add(unit, "note", _pair(term))
        note.set("annotates", "source")
        note.set("from", "glossary")


def _pair(term: Term) -> str:
    return f"{term.zh} = {term.en}" + (f" ({term.abbreviation})" if term.abbreviation else "")
