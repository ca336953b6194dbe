"""The lines of footnotes parted into notes: each begins with its mark, at a line's start or behind a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from recover.model.flow import FlowLine, Piece
from recover.text.compose import compose
from recover.text.entry_shape import cites_work
from recover.text.labels import find_label
from recover.text.note_marks import NoteMark, follows, leading_mark

# Behind these another note may begin in the same line.
_INNER = re.compile(r"(?<=[。．.；;])\s*(?=[\u2460-\u2473])")


class MarkedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note's mark, its place, and the pieces of its text without it."""

    mark: NoteMark
    place: Piece
    pieces: tuple[Piece, ...]

    @property
    def page(self) -> int:
        return self.pieces[0].line.page


class PartedNotes(msgspec.Struct, frozen=True, kw_only=True):
    """Notes with marks, and the lines of footnotes that have none: affiliations, funding, dates."""

    notes: tuple[MarkedNote, ...] = ()
    others: tuple[FlowLine, ...] = ()


def part_notes(lines: Sequence[FlowLine]) -> PartedNotes:
    """The notes on ``lines``; a line without a mark goes on with the note above, also on the page before."""
    notes: list[MarkedNote] = []
    others: list[FlowLine] = []
    is_note = False
    for piece in (part for line in lines for part in _parts(line)):
        mark = leading_mark(piece.text)
        last = notes[-1].mark if notes else None
        if mark is not None and _begins(mark, last, piece) and find_label(piece.text[mark.end :]) is None:
            notes.append(_note(mark, piece))
            is_note = True
        elif notes and is_note and _begins_unread(piece, notes[-1]):
            unread = NoteMark(kind=notes[-1].mark.kind, printed="", value=notes[-1].mark.value + 1, end=0)
            notes.append(MarkedNote(mark=unread, place=Piece(piece.line, piece.start, piece.start), pieces=(piece,)))
        elif find_label(piece.text) is not None or not (is_note or _goes_on(piece, notes)):
            others.append(piece.line)
            is_note = False
        else:
            notes[-1] = msgspec.structs.replace(notes[-1], pieces=(*notes[-1].pieces, piece))
            is_note = True
    return PartedNotes(notes=tuple(note for note in notes if note.pieces), others=tuple(dict.fromkeys(others)))


def _note(mark: NoteMark, piece: Piece) -> MarkedNote:
    begins = piece.start + mark.end
    return MarkedNote(
        mark=mark, place=Piece(piece.line, piece.start, begins), pieces=(Piece(piece.line, begins, piece.end),)
    )


def _parts(line: FlowLine) -> Iterable[Piece]:
    """A line's stretches, cut where another note begins in it."""
    cuts = [0, *(match.end() for match in _INNER.finditer(line.text)), len(line.text)]
    for start, end in pairwise(cuts):
        if line.text[start:end].strip():
            yield Piece(line, start, end)


def _begins(mark: NoteMark, last: NoteMark | None, piece: Piece) -> bool:
    """Whether a mark at a stretch's start is a note's: bare numbers must follow each other, others may skip."""
    if mark.kind in ("circled", "star", "named") or follows(mark, last):
        return True
    return mark.kind == "bracket" and piece.start == 0


def _begins_unread(piece: Piece, above: MarkedNote) -> bool:
    """Whether a note begins whose mark was not read: the one above is over, and a work is cited from a line's start."""
    return piece.start == 0 and _is_over(above) and cites_work(piece.text)


def _goes_on(piece: Piece, notes: Sequence[MarkedNote]) -> bool:
    """Whether the first line of a page's notes, which has no mark, goes on with the last note of the page before."""
    return bool(notes) and notes[-1].pieces[-1].line.page == piece.line.page - 1 and not _is_over(notes[-1])


def _is_over(note: MarkedNote) -> bool:
    return compose(note.pieces).text.rstrip().endswith(("。", ".", "．"))
