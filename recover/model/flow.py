"""The text of a whole document as one stream of lines, and the cells of type that its columns are set in."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec

from recover.model.document import TocEntry
from recover.model.geometry import Box, Transform
from recover.model.page import Line, Region, RegionKind

# Lines shorter than this part of the longest say nothing of the column's edge; so many are wanted.
LONG, LEAST = 0.8, 3


def cell_width(line: Line) -> float:
    """The usual distance of neighbouring Han, in points; 0 with none side by side."""
    steps = [
        (line.lefts[at] + line.rights[at] - line.lefts[at - 1] - line.rights[at - 1]) / 2
        for at in range(1, len(line.text))
        if _is_han(line.text[at]) and _is_han(line.text[at - 1])
    ]
    return median(steps) if steps else 0.0


def column_edge(lines: Sequence[Line]) -> float | None:
    """Where most of the long ones among a column's lines end, in points."""
    longest = max((line.box.width for line in lines), default=0.0)
    ends = [line.rights[-1] for line in lines if line.text and line.box.width >= LONG * longest]
    return median(ends) if len(ends) >= LEAST else None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


class FlowLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line in reading order.

    ``left`` and ``right`` are its column's edges and ``size`` its type size, all in points on the upright page;
    ``column`` numbers the columns of a document; ``bold`` is the stroke's weight over that of the body.
    """

    line: Line
    page: int
    column: int
    kind: RegionKind
    left: float
    right: float
    size: float
    to_page: Transform
    bold: float = 0.0

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def box(self) -> Box:
        return self.line.box

    @property
    def key(self) -> str:
        """The line's name in the whole document."""
        return f"p{self.page + 1}.{self.line.id}"

    @property
    def indent(self) -> float:
        """Distance from the column's left edge in type sizes."""
        return (self.box.x0 - self.left) / self.size

    @property
    def rest(self) -> float:
        """White left at the line's end, in type sizes."""
        return (self.right - self.box.x1) / self.size


def line_alone(line: Line, page: int, kind: RegionKind, to_page: Transform) -> FlowLine:
    """A line that stands in no column of running text: its own ends are the edges."""
    return FlowLine(
        line=line,
        page=page,
        column=0,
        kind=kind,
        left=line.box.x0,
        right=line.box.x1,
        size=max(1.0, line.height),
        to_page=to_page,
    )


class Piece(msgspec.Struct, frozen=True):
    """Part of a line: ``line.text[start:end]``."""

    line: FlowLine
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces that make one paragraph, heading or label."""

    pieces: tuple[Piece, ...]

    @property
    def first(self) -> FlowLine:
        return self.pieces[0].line

    @property
    def last(self) -> FlowLine:
        return self.pieces[-1].line


class FloatRegion(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, table or formula on its page, and the flow position (number of lines before it) where it stands."""

    region: Region
    page: int
    position: int
    to_page: Transform


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """The document's lines without furniture, footnotes, captions and notes under tables; these stand beside it.

    ``caption_positions`` holds the number of lines before each line of ``captions``; ``contents`` are the lines of
    printed contents pages.
    """

    lines: tuple[FlowLine, ...] = ()
    footnotes: tuple[FlowLine, ...] = ()
    table_notes: tuple[FlowLine, ...] = ()
    captions: tuple[FlowLine, ...] = ()
    caption_positions: tuple[int, ...] = ()
    floats: tuple[FloatRegion, ...] = ()
    formulas: tuple[FloatRegion, ...] = ()
    contents: tuple[TocEntry, ...] = ()
    body_size: float = 10.0
    body_weight: float = 0.1
