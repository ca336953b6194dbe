"""The entries of a reference list: which lines begin one, and the lines of each joined."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.stages.references.entry_starts import EntryLine, Start, begins_entry, numbered_starts, shaped_starts
from recover.stages.references.gaps import with_worn_numbers
from recover.stages.references.stubs import with_counted_numbers
from recover.text.join import seam
from recover.text.list_heading import is_list_heading
from recover.text.vocabulary import Vocabulary, vocabulary

__all__ = ["Entry", "EntryLine", "Piece", "begins_entry", "is_list_heading", "split_entries"]

# White space, and what worn pages leave at the ends of lines.
_SPECKS = " \t\r\n\f\v\u00a0\u3000•·"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """``entry.text[start:end]`` is ``lines[line].text[at : at + end - start]``."""

    line: int
    start: int
    end: int
    at: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: its number (0 if none is printed), the number as printed, the joined text without it, its pieces."""

    number: int
    printed: str
    text: str
    pieces: tuple[Piece, ...]
    problems: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """The indexes of the lines it came from."""
        return tuple(piece.line for piece in self.pieces)


def split_entries(lines: Sequence[EntryLine], words: Vocabulary | None = None) -> tuple[Entry, ...]:
    """Entries in order; every line with text belongs to one, a list without numbers is cut by shape.

    ``words`` are the document's, which settle the hyphens at line ends; without them the list's own do.
    """
    words = words if words is not None else vocabulary(line.text for line in lines)
    lines = [line if not is_list_heading(line.text) else msgspec.structs.replace(line, text="") for line in lines]
    starts = with_worn_numbers(lines, numbered_starts(lines)) or with_counted_numbers(lines, shaped_starts(lines))
    first = next((i for i, line in enumerate(lines) if line.text.strip()), None)
    if first is None:
        return ()
    if not starts or starts[0].line > first:
        starts = [Start(first, 0, 0), *starts]
    ends = [start.line for start in starts[1:]] + [len(lines)]
    entries = [_entry(lines, start, end, words) for start, end in zip(starts, ends, strict=True)]
    return _checked([entry for entry in entries if entry.text or entry.number])


def _entry(lines: Sequence[EntryLine], start: Start, end: int, words: Vocabulary) -> Entry:
    text = ""
    pieces: list[Piece] = []
    for index in range(start.line, end):
        offset = start.at if index == start.line else 0
        raw = lines[index].text[offset:]
        body = raw.strip(_SPECKS)
        if not body:
            continue
        at = offset + len(raw) - len(raw.lstrip(_SPECKS))
        drop, between = seam(text, body, words)
        if drop and pieces:
            text = text[:-drop]
            pieces[-1] = msgspec.structs.replace(pieces[-1], end=pieces[-1].end - drop)
        begin = len(text) + len(between)
        text += between + body
        pieces.append(Piece(line=index, start=begin, end=begin + len(body), at=at))
    printed = lines[start.line].text[: start.at].strip()
    return Entry(number=start.number, printed=printed, text=text, pieces=tuple(pieces))


def _checked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Gaps and repeats in the numbering, noted on the entry where they show."""
    checked = []
    above = 0
    for entry in entries:
        problems = []
        if entry.number and entry.number > above + 1:
            problems.append(f"number {above + 1} to {entry.number - 1} missing before {entry.number}")
        if entry.number and not entry.text:
            problems.append(f"nothing printed after number {entry.number}")
        if not entry.number and len(entries) > 1 and any(other.number for other in entries):
            problems.append("an entry without a number in a numbered list")
        checked.append(msgspec.structs.replace(entry, problems=tuple(problems)))
        above = entry.number or above
    return tuple(checked)
