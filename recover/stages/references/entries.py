"""The entries of a reference list: which lines begin one, and the lines of each joined."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.stages.references.normalise.name_list import likeness
from recover.stages.references.normalise.numbering import leading_number
from recover.stages.references.tail import read_tail
from recover.text.join import seam
from recover.text.list_heading import is_list_heading
from recover.text.vocabulary import Vocabulary, vocabulary

__all__ = ["Entry", "EntryLine", "Piece", "is_list_heading", "split_entries"]

# A hanging line stands in by more than this, in units of the type size.
_HANGING = 0.6
# What an entry's first line must outweigh, and what the line above it says for or against.
_DOUBT = 0.75
_COMPLETE = 1.0
_STOPPED = 0.4
_RUNNING_ON = -1.2
# White space, and what worn pages leave at the ends of lines.
_SPECKS = " \t\r\n\f\v\u00a0\u3000•·"


class EntryLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list in reading order; ``indent`` from the column's left edge in type sizes, if known."""

    text: str
    indent: float | None = None
    column: int = 0
    page: int = 0


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


class _Start(msgspec.Struct, frozen=True, gc=False):
    line: int
    number: int
    at: int


def split_entries(lines: Sequence[EntryLine], words: Vocabulary | None = None) -> tuple[Entry, ...]:
    """Entries in order; every line with text belongs to one, a list without numbers is cut by shape.

    ``words`` are the document's, which settle the hyphens at line ends; without them the list's own do.
    """
    words = words if words is not None else vocabulary(line.text for line in lines)
    lines = [line if not is_list_heading(line.text) else msgspec.structs.replace(line, text="") for line in lines]
    starts = _numbered(lines) or _shaped(lines)
    first = next((i for i, line in enumerate(lines) if line.text.strip()), None)
    if first is None:
        return ()
    if not starts or starts[0].line > first:
        starts = [_Start(first, 0, 0), *starts]
    ends = [start.line for start in starts[1:]] + [len(lines)]
    entries = [_entry(lines, start, end, words) for start, end in zip(starts, ends, strict=True)]
    return _checked([entry for entry in entries if entry.text or entry.number])


def _numbered(lines: Sequence[EntryLine]) -> list[_Start]:
    """The longest chain of rising numbers at the beginnings of lines; steps of one weigh more."""
    found = []
    for index, line in enumerate(lines):
        number, at = leading_number(line.text)
        if number:
            found.append((_Start(index, number, at), _strength(line.text)))
    chain = _best_chain(found)
    return chain if len(chain) > 1 or (chain and chain[0].number == 1) else []


def _strength(text: str) -> float:
    """A bracketed number says more than one with a stop, and no number at all stands before small letters."""
    bare = text.lstrip()
    return 1.0 if bare[:1] in "[［【〔" else 0.8 if bare[:1] in "(（{|" else 0.5


def _best_chain(found: list[tuple[_Start, float]]) -> list[_Start]:
    best: list[float] = []
    back: list[int] = []
    for index, (start, strength) in enumerate(found):
        value, link = strength + (0.5 if start.number == 1 else 0.0), -1
        for other in range(index):
            step = start.number - found[other][0].number
            if step < 1:
                continue
            gain = best[other] + strength + (0.5 if step == 1 else -0.1 * min(step - 1, 20))
            if gain > value:
                value, link = gain, other
        best.append(value)
        back.append(link)
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    chain = []
    while at >= 0:
        chain.append(found[at][0])
        at = back[at]
    return chain[::-1]


def _shaped(lines: Sequence[EntryLine]) -> list[_Start]:
    """Starts in a list without numbers: by the hanging indent, else by what ends above and begins here."""
    known = [line.indent for line in lines if line.indent is not None and line.text.strip()]
    edge = min(known, default=0.0)
    hanging = any(indent > edge + _HANGING for indent in known) and any(indent <= edge + _HANGING for indent in known)
    starts = []
    above = ""
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        if (line.indent or 0.0) <= edge + _HANGING if hanging else begins_entry(line.text, above):
            starts.append(_Start(index, 0, 0))
        above = line.text
    return starts


def begins_entry(text: str, above: str) -> bool:
    """Whether ``text`` opens an entry when ``above`` is the line before: names here, a complete end there."""
    return begin_score(text, above) > 0


def begin_score(text: str, above: str) -> float:
    """Positive where an entry may begin: authors at the beginning, and above a stop or a complete tail."""
    return _end_points(above) + _opens_with_names(text) - _DOUBT


def _end_points(above: str) -> float:
    """How much the line above looks like an entry's last: a complete tail, a mere stop, or neither."""
    if not above:
        return _COMPLETE
    tail = read_tail(" " + above)
    if tail is not None and (tail.pages or tail.volume):
        return _COMPLETE
    return _STOPPED if above.rstrip().endswith((".", "．", "。")) else _RUNNING_ON


def _opens_with_names(text: str) -> float:
    head = text.strip()
    parts = [part.strip() for part in head.replace("，", ",").split(",")]
    if len(parts) > 1:
        return likeness(", ".join(parts[: min(3, len(parts) - 1)]))
    return 0.8 * likeness(head.split(". ")[0].split("．")[0])


def _entry(lines: Sequence[EntryLine], start: _Start, end: int, words: Vocabulary) -> Entry:
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
