"""Text from pieces of lines, with the place of every character."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from recover.model.document import Paragraph, Span
from recover.model.flow import Piece
from recover.model.page import READERS
from recover.text.join import seam
from recover.text.scripts import language


def compose(pieces: Sequence[Piece]) -> Paragraph:
    """One paragraph of ``pieces`` joined as print joins them; what a seam drops or adds has no span."""
    text = ""
    spans: list[Span] = []
    for piece in map(trim, pieces):
        drop, between = seam(text, piece.text) if text else (0, "")
        if drop:
            text, spans = text[:-drop], _shortened(spans, len(text) - drop)
        start = len(text) + len(between)
        text += between + piece.text
        spans.extend(piece_spans(piece, start))
    return Paragraph(text=text, lang=language(text), confidence=mean_confidence(pieces), spans=tuple(spans))


def trim(piece: Piece) -> Piece:
    """The piece without white space at its ends."""
    text = piece.text
    start = piece.start + len(text) - len(text.lstrip())
    return Piece(piece.line, start, max(start, piece.end - (len(text) - len(text.rstrip()))))


def piece_spans(piece: Piece, offset: int) -> list[Span]:
    """Spans of a piece that begins at ``offset`` of a text, one for each reader in turn."""
    spans = []
    for reader, run in groupby(range(piece.start, piece.end), key=lambda at: piece.line.line.readers[at]):
        places = list(run)
        spans.append(_span(piece, places[0], places[-1] + 1, offset + places[0] - piece.start, reader))
    return spans


def _span(piece: Piece, first: int, last: int, start: int, reader: str) -> Span:
    line = piece.line.line
    measured = [value for value in line.confidences[first:last] if value >= 0]
    return Span(
        start=start,
        end=start + last - first,
        page=piece.line.page,
        box=piece.line.to_page.box(line.char_box(first, last)).rounded(),
        origin=READERS[reader],  # type: ignore[arg-type]
        confidence=round(sum(measured) / len(measured), 4) if measured else None,
        line=piece.line.key,
        at=first,
    )


def _shortened(spans: Sequence[Span], length: int) -> list[Span]:
    """Spans of a text that was cut to ``length``."""
    kept = [span for span in spans if span.start < length]
    if kept and kept[-1].end > length:
        last = kept[-1]
        kept[-1] = msgspec.structs.replace(last, end=length)
    return kept


def mean_confidence(pieces: Sequence[Piece]) -> float | None:
    """The mean over all measured characters; None when nobody measured one."""
    measured = [
        value for piece in pieces for value in piece.line.line.confidences[piece.start : piece.end] if value >= 0
    ]
    return round(sum(measured) / len(measured), 4) if measured else None
