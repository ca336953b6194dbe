"""A section while its paragraphs are gathered."""

from __future__ import annotations

from recover.model.document import Paragraph, Section
from recover.model.flow import Block, Piece
from recover.text.compose import compose


class Draft:
    """A heading and what has been found under it so far; ``is_list`` where entries of a reference list follow."""

    def __init__(self, number: str, level: int, title: str, start: int, block: Block | None = None) -> None:
        self.number = number
        self.level = level
        self.title = title
        self.start = start
        self.block = block
        self.title_pieces: tuple[Piece, ...] = ()
        self.title_en = ""
        self.title_en_pieces: tuple[Piece, ...] = ()
        # What stood behind the title and is none of it.
        self.speck = ""
        self.is_list = False
        self.is_endnotes = False
        self.is_note = False
        self.paragraphs: list[Paragraph] = []
        self.entries: list[Piece] = []

    def section(self, number: int) -> Section:
        """The section, ``number`` being its place in the document from 1."""
        heading = compose(self.title_pieces) if self.title_pieces else None
        first = self.block.first if self.block else None
        return Section(
            id=f"s{number}",
            number=self.number,
            level=self.level,
            title=self.title,
            title_en=self.title_en,
            page=first.page if first else (self.paragraphs[0].spans[0].page if self.paragraphs else 0),
            paragraphs=tuple(self.paragraphs),
            box=first.to_page.box(first.box).rounded() if first else None,
            title_spans=heading.spans if heading else (),
            title_en_spans=compose(self.title_en_pieces).spans if self.title_en_pieces else (),
        )
