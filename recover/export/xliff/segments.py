"""What there is to translate, in reading order, with what the paper itself already says in English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import msgspec

from recover.export.content import body, caption, notes
from recover.export.references import list_title, printed_text
from recover.export.xliff.sentences import sentences
from recover.model.document import Document, Figure, Formula, Paragraph, Section, Table


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its kind; ``printed`` is the paper's own English for it, and text in English isn't translated."""

    kind: str
    text: str
    printed: str = ""
    is_english: bool = False

    @property
    def segments(self) -> tuple[str, ...]:
        """Sentences; a text with a printed translation stays whole, to stand beside it."""
        return (self.text,) if self.printed or self.is_english else sentences(self.text)


def blocks(document: Document) -> Iterator[Block]:
    """Every text of the document, each once."""
    yield from (block for block in (*_front(document), *_body(document), *_references(document)) if block.text.strip())


def _front(document: Document) -> Iterator[Block]:
    if document.title.zh:
        yield Block(kind="title", text=document.title.zh, printed=document.title.en)
    else:
        yield Block(kind="title", text=document.title.en, is_english=True)
    for author in document.authors:
        yield Block(kind="author", text=author.name, printed=author.name_en)
    yield from (Block(kind="abstract", text=text) for text in document.abstracts.zh)
    yield from (Block(kind="abstract", text=text, is_english=True) for text in document.abstracts.en)
    yield from _keywords(document)
    for block in notes(document):
        yield Block(kind=block.role, text=block.paragraph.text, is_english=block.lang == "en")


def _keywords(document: Document) -> Iterator[Block]:
    chinese, english = document.keywords.zh, document.keywords.en
    if len(chinese) == len(english):
        yield from (Block(kind="keyword", text=zh, printed=en) for zh, en in zip_longest(chinese, english))
    else:
        yield from (Block(kind="keyword", text=word) for word in chinese)
        yield from (Block(kind="keyword", text=word, is_english=True) for word in english)


def _body(document: Document) -> Iterator[Block]:
    for item in body(document):
        if isinstance(item, Section):
            text = " ".join(part for part in (item.number, item.title) if part)
            printed = " ".join(part for part in (item.number, item.title_en) if part) if item.title_en else ""
            yield Block(kind="heading", text=text, printed=printed)
        elif isinstance(item, Paragraph):
            yield Block(kind="paragraph", text=item.text, is_english=item.lang == "en")
        elif not isinstance(item, Formula):
            yield from _float(item)


def _float(item: Figure | Table) -> Iterator[Block]:
    yield Block(kind="caption", text=caption(item), printed=item.caption_en)
    if isinstance(item, Table):
        yield from (Block(kind="cell", text=cell) for row in item.rows for cell in row)


def _references(document: Document) -> Iterator[Block]:
    if document.references:
        yield Block(kind="heading", text=list_title(document))
    for reference in document.references:
        yield Block(kind="reference", text=printed_text(reference), is_english=True)
