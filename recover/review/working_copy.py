"""The document while it is proofread: a flat row of blocks and the lines they were read from."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from recover.model.csl import CslItem
from recover.model.document import (
    Document,
    Figure,
    Formula,
    FrontBlock,
    Mark,
    MarkKind,
    Note,
    Paragraph,
    Reference,
    Repair,
    Section,
    Span,
    Table,
    Term,
)
from recover.model.geometry import Box
from recover.model.records import Correction, Furniture, PageLine

BlockKind = Literal[
    "front", "heading", "paragraph", "reference", "table", "figure", "cell", "note", "formula", "furniture"
]
Source = FrontBlock | Section | Paragraph | Reference | Table | Figure | Note | Formula | Furniture | None
Range = tuple[int, int]
Key = TypeVar("Key")
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


class WorkingCopy(msgspec.Struct, frozen=True, kw_only=True):
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

    def with_block(self, *blocks: Block) -> WorkingCopy:
        """The sheet with ``blocks`` in the place of those of the same ids, or beside the others."""
        changed = over(self.blocks, {block.id: block for block in blocks})
        users = dict[str, tuple[str, ...]]()
        for block in blocks:
            for line in {span.line for span in block.spans if span.line}:
                known = users.get(line, self.users.get(line, ()))
                users[line] = known if block.id in known else (*known, block.id)
        return msgspec.structs.replace(self, blocks=changed, users=over(self.users, users))

    def with_order(self, order: Iterable[str]) -> WorkingCopy:
        return msgspec.structs.replace(self, order=tuple(order))

    def with_line(self, line: PageLine, checked: tuple[Range, ...]) -> WorkingCopy:
        return msgspec.structs.replace(
            self, lines=over(self.lines, {line.id: line}), checked=over(self.checked, {line.id: checked})
        )

    def with_new_lines(self, page: int, lines: Sequence[PageLine]) -> WorkingCopy:
        """The sheet with lines that were not on the page before."""
        names = tuple(line.id for line in lines)
        return msgspec.structs.replace(
            self,
            lines=over(self.lines, {line.id: line for line in lines}),
            on_page=over(self.on_page, {page: (*self.on_page.get(page, ()), *names)}),
            page_of=over(self.page_of, dict.fromkeys(names, page)),
        )

    def following(self, block: Block) -> Block | None:
        """The next block of the same kind."""
        index = self.order.index(block.id)
        later = (self.blocks[key] for key in self.order[index + 1 :])
        return next((other for other in later if other.kind == block.kind), None)


def over(base: Mapping[Key, Value], changes: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """``base`` with changes laid over it; the base is shared, and only what changed since the start is copied."""
    if not changes:
        return base
    if isinstance(base, ChainMap):
        return ChainMap({**base.maps[0], **changes}, base.maps[1])
    return ChainMap(dict(changes), dict(base) if not isinstance(base, dict) else base)


def changed_lines(before: WorkingCopy, after: WorkingCopy) -> set[str]:
    """The lines of ``after`` that read otherwise than ``before``, were looked at meanwhile, or were not there."""
    told: set[str] = set()
    for old, new in ((before.lines, after.lines), (before.checked, after.checked)):
        laid_over = {key for one in (old, new) if isinstance(one, ChainMap) for key in one.maps[0]}
        told |= {key for key in laid_over if old.get(key) is not new.get(key)}
    return told


# Where the characters of a recorded line stand on the page.

Point = tuple[float, float]


def outline(line: PageLine, start: int, end: int) -> tuple[Point, Point, Point, Point]:
    """The corners of ``text[start:end]``, clockwise from the top left; an empty range is the gap between two."""
    left, right = extent(line, start, end)
    x0, y0, x1, y1, x2, y2, x3, y3 = line.quad
    top, bottom = ((x0, y0), (x1, y1)), ((x3, y3), (x2, y2))
    return _at(top, left), _at(top, right), _at(bottom, right), _at(bottom, left)


def extent(line: PageLine, start: int, end: int) -> tuple[float, float]:
    """The left and right edge of ``text[start:end]`` as thousandths of the line."""
    edges = line.edges
    if start < end and 2 * end <= len(edges):
        return float(min(edges[2 * start : 2 * end : 2])), float(max(edges[2 * start + 1 : 2 * end : 2]))
    before = float(edges[2 * start - 1]) if 0 < 2 * start <= len(edges) else 0.0
    after = float(edges[2 * start]) if 2 * start < len(edges) else 1000.0
    return min(before, after), max(before, after)


def _at(edge: tuple[Point, Point], thousandths: float) -> Point:
    share = thousandths / 1000
    (x0, y0), (x1, y1) = edge
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def char_box(line: PageLine, start: int, end: int) -> Box:
    """The upright box around ``text[start:end]``, in points."""
    corners = outline(line, start, end)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys)).rounded()


# How a block's characters are set (raised, lowered, italic, bold), kept true while its text is edited.

Marks = tuple[Mark, ...]


def after_edit(marks: Sequence[Mark], start: int, end: int, length: int) -> Marks:
    """The marks of a text whose ``start:end`` is replaced by ``length`` characters.

    New characters inside of a mark, or in the place of all that it covered, are set like it.
    """
    return tuple(_edited(marks, start, end, length))


def _edited(marks: Sequence[Mark], start: int, end: int, length: int) -> Iterator[Mark]:
    shift = length - (end - start)
    for mark in marks:
        first, last = mark.start, mark.end
        if last <= start or (start == end and first >= start) or first >= end:
            moved = 0 if last <= start else shift
            yield msgspec.structs.replace(mark, start=first + moved, end=last + moved)
            continue
        covers = first <= start and end <= last
        replaced = start <= first and last <= end
        new_first = min(first, start) if covers or replaced else first if first < start else start + length
        new_last = last + shift if last >= end else start + (length if replaced else 0)
        if replaced:
            new_first, new_last = start, start + length
        if new_first < new_last:
            yield msgspec.structs.replace(mark, start=new_first, end=new_last)


def between(marks: Sequence[Mark], start: int, end: int) -> Marks:
    """The marks of ``text[start:end]``, counted from its beginning."""
    return tuple(
        msgspec.structs.replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if max(mark.start, start) < min(mark.end, end)
    )


def moved(marks: Sequence[Mark], by: int) -> Marks:
    """The marks of a text that now begins ``by`` characters later."""
    return tuple(msgspec.structs.replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def toggled(marks: Sequence[Mark], start: int, end: int, kind: MarkKind) -> Marks:
    """The marks with ``start:end`` set as ``kind``, or plain where it was; what is raised is not lowered."""
    other: dict[MarkKind, MarkKind] = {"sup": "sub", "sub": "sup"}
    is_set = any(mark.kind == kind and mark.start <= start and end <= mark.end for mark in marks)
    gone = {kind, other.get(kind, kind)}
    kept = [mark for mark in marks if mark.kind not in gone]
    cut = [part for mark in marks if mark.kind in gone for part in _without(mark, start, end)]
    added = [] if is_set else [Mark(start=start, end=end, kind=kind)]
    return tuple(sorted((*kept, *cut, *added), key=lambda mark: (mark.start, mark.end, mark.kind)))


def _without(mark: Mark, start: int, end: int) -> Iterator[Mark]:
    """What is left of a mark outside of ``start:end``."""
    if mark.start < start:
        yield msgspec.structs.replace(mark, end=min(mark.end, start))
    if mark.end > end:
        yield msgspec.structs.replace(mark, start=max(mark.start, end))
