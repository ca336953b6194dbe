"""What there is to translate, in reading order, with what the paper itself already says in English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise, zip_longest

import msgspec

from recover.export.content import body, notes
from recover.export.references import list_title
from recover.export.styled import (
    Styled,
    abstract_texts,
    caption_text,
    cell_text,
    joined,
    paragraph_text,
    reference_text,
    title_text,
)
from recover.export.xliff.sentences import sentences
from recover.model.document import Document, Figure, Formula, Paragraph, Section, Table
from recover.model.styles import cut_marks


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
        yield Block(kind=block.role, text=paragraph_text(block.paragraph), is_english=block.lang == "en")


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
            yield Block(kind="paragraph", text=paragraph_text(item), is_english=item.lang == "en")
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
