"""Two columns of a reference list that the dump runs together line by line, taken apart again.

A line of such a dump holds a line of the left column and one of the right. Where the right one opens an entry, its
number shows the seam; elsewhere the seam is found by what a column of print must satisfy everywhere at once: a line
that doesn't end its entry is full, so that the next line's first word would not have fitted, and no line is wider than
the column. The seams of all lines are chosen together (Viterbi), for each kind of typeface; the best fit wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from recover.stages.dump.sense import follows
from recover.stages.dump.widths import FACES, width_em
from recover.stages.references.preparation import leading_number
from recover.text.legible import is_english_word, legibility
from recover.text.list_heading import is_list_heading

_INNER = re.compile(r"(?<=\S)\s+([\[［(（]\s?\d{1,3}\s?[\]］)）])\s+(?=[A-Z\u4e00-\u9fff][\w'’\-]+[\s,.])")
# An entry's last numbers, and those of another.
_TWO_ENDS = re.compile(r"(;\S{1,16}:\s?[\w.\-–]+\.)\s+((?:19|20)\d{2};\S{1,16}:\s?\w[\w.\-–]*\.?$)")
_BREAK = re.compile(r"\s+")
_FIRST = re.compile(r"^[^\s\-/]+[-/]?")
# Signs that speckle the gutter between two columns.
_STRAY = " ~|·_"
# Costs: a whole column's width too much, or too little; words of nonsense; the order of what is left over.
_TOO_WIDE = 60.0
_TOO_SHORT = 14.0
_TOLERANCE = 0.02
_NONSENSE = 5.0
# The lines whose seam shows needn't be among the fullest, nor read without letters gained or lost.
_SCALES = (0.94, 0.97, 1.0, 1.03)
_WORD = 0.35
_HEADING = 5.0
_LANGUAGE = 0.5
# The dump prints what is left of the left column before what is left of the right one.
_TURNS_BACK = 2.0
_UNFINISHED = 0.3


class Seam(msgspec.Struct, frozen=True, gc=False):
    """The left and the right part of a line, either of which may be empty; ``foreign``: the left is no list's."""

    left: str
    right: str
    foreign: bool = False


class Column(msgspec.Struct, frozen=True, gc=False):
    """A typeface, and the width in its ems of the widest lines known."""

    face: str
    width: float

    def share(self, text: str) -> float:
        """How much of the column ``text`` fills; the number hangs in the margin and doesn't count."""
        _, at = leading_number(text)
        return width_em(text[at:].strip(), self.face) / self.width


def is_interleaved(lines: Sequence[str]) -> bool:
    """Whether entry numbers stand inside several of the lines."""
    return sum(bool(_INNER.search(line)) for line in lines) >= 2


def part(lines: Sequence[str]) -> tuple[Seam, ...]:
    """The seam of every line; ``lines`` are those of one page's stretch of the list."""
    columns = [measured(lines, face) for face in FACES]
    fits = [_fit(lines, Column(column.face, column.width * scale)) for column in columns for scale in _SCALES]
    return min(fits, key=lambda fit: fit[0])[1]


def measured(lines: Sequence[str], face: str) -> Column:
    """The column's width from the lines whose seam shows; the widest but one, for OCR may stretch a line."""
    unit = Column(face, 1.0)
    known = []
    for line in lines:
        hit = _INNER.search(line)
        if hit:
            known += [unit.share(line[: hit.start()]), unit.share(line[hit.start(1) :])]
    known.sort()
    return Column(face, (known[-2] if len(known) > 2 else max(known, default=0.0)) or 1.0)


def _fit(lines: Sequence[str], column: Column) -> tuple[float, tuple[Seam, ...]]:
    body = _body_lines(lines)
    turn = _first_right(lines)
    options = [_options(line, column, turn, foreign=index < body) for index, line in enumerate(lines)]
    best = [_alone(seam, column) for seam in options[0]]
    back: list[list[int]] = [[-1] * len(options[0])]
    for above, here in pairwise(options):
        costs, links = [], []
        for seam in here:
            reached = [cost + _step(before, seam, column) for cost, before in zip(best, above, strict=True)]
            link = min(range(len(reached)), key=reached.__getitem__)
            costs.append(reached[link] + _alone(seam, column))
            links.append(link)
        best = costs
        back.append(links)
    return min(best), _trace(options, best, back)


def _trace(options: list[list[Seam]], best: list[float], back: list[list[int]]) -> tuple[Seam, ...]:
    at = min(range(len(best)), key=best.__getitem__)
    seams = []
    for line in range(len(options) - 1, -1, -1):
        seams.append(options[line][at])
        at = back[line][at]
    return tuple(reversed(seams))


def _body_lines(lines: Sequence[str]) -> int:
    """How many lines stand above the list's heading: their left part is the end of the paper's body."""
    for index, line in enumerate(lines):
        if any(is_list_heading(line[: cut.start()]) for cut in _BREAK.finditer(line)) or is_list_heading(line):
            return index
    return 0


def _first_right(lines: Sequence[str]) -> int:
    """The number with which the right column begins: the least of those inside lines."""
    return min((leading_number(hit[1])[0] for line in lines if (hit := _INNER.search(line))), default=0)


def _options(line: str, column: Column, turn: int, *, foreign: bool) -> list[Seam]:
    hit = _INNER.search(line)
    if hit:
        return [Seam(line[: hit.start()].rstrip(_STRAY), line[hit.start(1) :], foreign)]
    ends = _TWO_ENDS.search(line)
    if ends:
        return [Seam(line[: ends.end(1)], line[ends.start(2) :], foreign)]
    number, _ = leading_number(line)
    if number and number >= turn:
        return [Seam("", line, foreign)]
    found = [Seam(line, "", foreign)] if column.share(line) <= 1.1 else []
    if found and not number:
        found.append(Seam("", line, foreign))
    for cut in _BREAK.finditer(line):
        left, right = line[: cut.start()], line[cut.end() :]
        if column.share(right) <= 1.1 and (foreign or column.share(left) <= 1.1 or not _is_language(left)):
            found.append(Seam(left, right, foreign))
    return found or [Seam(line, "", foreign)]


def _alone(seam: Seam, column: Column) -> float:
    """What speaks against a seam by itself: parts too wide for the column, nonsense on the right."""
    cost = _overhang(seam.right, column)
    if is_list_heading(seam.left):
        return cost - _HEADING
    if seam.right and (seam.foreign or not _is_language(seam.left)):
        # Nonsense has no measurable width: the seam is where language begins.
        read = legibility(seam.right)
        nonsense = _NONSENSE * (1 - read.score) * (not read.is_legible) + _WORD * _junk(seam.right)
        return cost + nonsense + _WORD * _words(seam.left)
    if seam.foreign:
        return cost
    return cost + _overhang(seam.left, column)


def _overhang(text: str, column: Column) -> float:
    over = column.share(text) - 1 - _TOLERANCE if text else 0.0
    return _TOO_WIDE * over if over > 0 else 0.0


@lru_cache(maxsize=1 << 16)
def _is_language(text: str) -> bool:
    return not text or bool(leading_number(text)[0]) or legibility(text).score >= _LANGUAGE


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> int:
    return sum(len(word) > 2 and is_english_word(word) for word in re.findall(r"[A-Za-z]+", text))


@lru_cache(maxsize=1 << 16)
def _junk(text: str) -> int:
    """Tokens that are neither words nor the numbers of a reference."""
    tokens = [token.strip(".,;:()[]") for token in text.split()]
    return sum(not is_english_word(token) and len(token) < 4 for token in tokens)


def _step(above: Seam, below: Seam, column: Column) -> float:
    """What speaks against two seams in a row."""
    turns_back = _TURNS_BACK if not above.left and below.left and not below.right else 0.0
    read = not (above.foreign or below.foreign) and _is_language(above.left) and _is_language(below.left)
    left = _follow(above.left, below.left, column) if read else 0.0
    return turns_back + left + _follow(above.right, below.right, column)


@lru_cache(maxsize=1 << 16)
def _follow(line: str, following: str, column: Column) -> float:
    """A line that stops short though the next word would have fitted, or that the next can't continue."""
    if not line or not following:
        return 0.0 if not line or line.endswith((".", "。", "．")) else _UNFINISHED
    if leading_number(following)[0]:
        return follows(line, "")
    first = _FIRST.match(following)
    word = " " + (first[0] if first else following[:1])
    short = max(0.0, 1 - _TOLERANCE - column.share(line) - width_em(word, column.face) / column.width)
    return _TOO_SHORT * short + follows(line, following)
