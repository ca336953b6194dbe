"""Lines whose strokes and white are known: a bold beginning, a gap behind it."""

from __future__ import annotations

import msgspec
from printed_lines import PITCH, SIZE, make_flow_line

from recover.model.flow import Block, Flow, FlowLine, Piece
from recover.stages.flow.edges import stroke_weight

REGULAR, BOLD = 0.06, 0.11


def inked(line: FlowLine, *, bold: int = 0, gap_at: int = 0, gap: float = 0.0) -> FlowLine:
    """The line with its first ``bold`` characters in heavier strokes and ``gap`` type sizes of white before one."""
    inner = line.line
    shift = [gap * SIZE if gap_at and at >= gap_at else 0.0 for at in range(len(inner.text))]
    weights = tuple(BOLD if at < bold else REGULAR for at in range(len(inner.text)))
    inner = msgspec.structs.replace(
        inner,
        weights=weights,
        lefts=tuple(left + by for left, by in zip(inner.lefts, shift, strict=True)),
        rights=tuple(right + by for right, by in zip(inner.rights, shift, strict=True)),
    )
    return msgspec.structs.replace(line, line=inner, bold=stroke_weight(inner, 0, 10) / REGULAR)


def paragraph(
    text: str, *, bold: int = 0, gap_at: int = 0, gap: float = 0.0, row: int = 0, width: int = 20
) -> list[FlowLine]:
    """A paragraph in lines of ``width`` characters, the first with what sets its title off."""
    parts = [text[at : at + width] for at in range(0, len(text), width)]
    first = inked(make_flow_line(parts[0], row=row, width=width + 2), bold=bold, gap_at=gap_at, gap=gap)
    rest = [
        inked(make_flow_line(part, row=row + at, width=width + 2), bold=max(0, bold - at * width))
        for at, part in enumerate(parts[1:], 1)
    ]
    return [first, *rest]


def block(lines: list[FlowLine]) -> Block:
    return Block(pieces=tuple(Piece(line, 0, len(line.text)) for line in lines))


def flow(*blocks: Block) -> Flow:
    lines = tuple(piece.line for item in blocks for piece in item.pieces)
    return Flow(lines=lines, body_size=SIZE, body_weight=REGULAR * PITCH)
