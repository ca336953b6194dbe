"""The document as it lies on the desk: a flat row of blocks and the lines they were read from.

Sections, floats and lists are hard to rearrange; a row of blocks is not. A sheet is a value: every edit gives a
new one that shares all it can with the old, so that undo costs nothing.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

import msgspec

from recover.model.csl import CslItem
from recover.model.document import (
    Correction,
    Document,
    Figure,
    Formula,
    FrontBlock,
    Furniture,
    Mark,
    Note,
    PageLine,
    Paragraph,
    Reference,
    Repair,
    Section,
    Span,
    Table,
    Term,
)
from recover.model.geometry import Box

BlockKind = Literal[
    "front", "heading", "paragraph", "reference", "table", "figure", "cell", "note", "formula", "furniture"
]
Source = FrontBlock | Section | Paragraph | Reference | Table | Figure | Note | Formula | Furniture | None
Range = tuple[int, int]
Value = TypeVar("Value")


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the document: its text, where that was read, and what it was in the recovered document.

    ``level`` is a heading's; ``role`` that of front matter or furniture; ``owner``, ``row`` and ``column`` place a
    table's cell; ``csl`` and ``repairs`` belong to a reference. ``marks`` say how characters of ``text`` are set.
    """

    id: str
    kind: BlockKind
    page: int
    text: str
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    box: Box | None = None
    source: Source = None
    level: int = 0
    role: str = ""
    owner: str = ""
    row: int = 0
    column: int = 0
    csl: CslItem | None = None
    repairs: tuple[Repair, ...] = ()
    number: int = 0


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a second reader is to look at, and why."""

    block: str
    start: int
    was: str
    comment: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """All blocks by id, their order, all lines by id, and what persons have said so far.

    ``users`` names the blocks that hold characters of a line, ``on_page`` the lines of a page; ``checked`` holds the
    ranges of a line that a person looked at. ``flags`` are for a second reader, ``restored`` the places
    (page and box) that stood in no text and were brought back.
    """

    document: Document
    blocks: Mapping[str, Block]
    order: tuple[str, ...]
    lines: Mapping[str, PageLine]
    users: Mapping[str, tuple[str, ...]]
    on_page: Mapping[int, tuple[str, ...]]
    page_of: Mapping[str, int]
    checked: Mapping[str, tuple[Range, ...]]
    terms: tuple[Term, ...] = ()
    corrections: tuple[Correction, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_finished: bool = False
    restored: tuple[tuple[int, Box], ...] = ()

    def with_block(self, *blocks: Block) -> Sheet:
        """The sheet with ``blocks`` in the place of those of the same ids, or beside the others."""
        changed = over(self.blocks, {block.id: block for block in blocks})
        users = dict[str, tuple[str, ...]]()
        for block in blocks:
            for line in {span.line for span in block.spans if span.line}:
                known = users.get(line, self.users.get(line, ()))
                users[line] = known if block.id in known else (*known, block.id)
        return msgspec.structs.replace(self, blocks=changed, users=over(self.users, users))

    def with_order(self, order: Iterable[str]) -> Sheet:
        return msgspec.structs.replace(self, order=tuple(order))

    def with_line(self, line: PageLine, checked: tuple[Range, ...]) -> Sheet:
        return msgspec.structs.replace(
            self, lines=over(self.lines, {line.id: line}), checked=over(self.checked, {line.id: checked})
        )

    def following(self, block: Block) -> Block | None:
        """The next block of the same kind."""
        index = self.order.index(block.id)
        later = (self.blocks[key] for key in self.order[index + 1 :])
        return next((other for other in later if other.kind == block.kind), None)


def over(base: Mapping[str, Value], changes: Mapping[str, Value]) -> Mapping[str, Value]:
    """``base`` with changes laid over it; the base is shared, and only what changed since the start is copied."""
    if not changes:
        return base
    if isinstance(base, ChainMap):
        return ChainMap({**base.maps[0], **changes}, base.maps[1])
    return ChainMap(dict(changes), dict(base) if not isinstance(base, dict) else base)
