"""Lines of print for tests: Chinese cells of one type size, Latin of half of one, everything in points."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.lexicon.characters import is_wide
from recover.model.flow import FlowLine, Piece
from recover.model.geometry import Box, Transform
from recover.model.page import Line, RegionKind

SIZE = 10.0
PITCH = 16.0


def make_line(text: str, x: float = 0.0, y: float = 0.0, *, name: str = "l1", size: float = SIZE) -> Line:
    """A line whose first character stands at ``x``."""
    lefts, rights = [], []
    at = x
    for char in text:
        width = size if is_wide(char) else size / 2
        lefts.append(at)
        rights.append(at + width)
        at += width
    count = len(text)
    return Line(
        id=name,
        text=text,
        box=Box(x, y, at, y + size),
        lefts=tuple(lefts),
        rights=tuple(rights),
        confidences=(1.0,) * count,
        readers="p" * count,
    )


def make_flow_line(
    text: str,
    *,
    row: int = 0,
    indent: float = 0.0,
    width: float = 20.0,
    column: int = 1,
    page: int = 0,
    kind: RegionKind = "text",
    size: float = SIZE,
    bold: float = 1.0,
) -> FlowLine:
    """A line in a column ``width`` type sizes wide, ``indent`` type sizes from its left edge."""
    name = f"c{column}r{row}"
    line = make_line(text, indent * size, 100 + row * PITCH, name=name, size=size)
    return FlowLine(
        line=line,
        page=page,
        column=column,
        kind=kind,
        left=0.0,
        right=max(width * SIZE, line.box.x1),
        size=size,
        to_page=Transform(),
        bold=bold,
    )


def pieces(lines: Sequence[FlowLine]) -> list[Piece]:
    return [Piece(line, 0, len(line.text)) for line in lines]


def read_by(line: FlowLine, readers: str) -> FlowLine:
    """The line with one letter of READERS for each of its characters."""
    return msgspec.structs.replace(line, line=msgspec.structs.replace(line.line, readers=readers))
