"""Two columns of a reference list that the dump runs together line by line, taken apart again.

A line of such a dump holds a line of the left column and one of the right. Where the right one opens an entry, its
number shows the seam; elsewhere the seam is found by what a column of print must satisfy everywhere at once: a line
that doesn't end its entry is full, so that the next line's first word would not have fitted, and no line is wider than
the column. The seams of all lines are chosen together (Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from recover.stages.dump.widths import width_em
from recover.stages.references.headings import is_list_heading
from recover.stages.references.normalise.numbering import leading_number
from recover.text.legible import is_english_word, legibility

_INNER = re.compile(r"(?<=\S)\s+([\[［(（]\s?\d{1,3}\s?[\]］)）])\s+(?=[A-Z\u4e00-\u9fff][\w'’\-]+[\s,.])")
_BREAK = re.compile(r"\s+")
_FIRST = re.compile(r"^[^\s\-/]+[-/]?")
# Costs in the currency of "a tenth of a column's width": too wide is impossible, too short only unlikely.
_TOO_WIDE = 60.0
_TOO_SHORT = 14.0
_NO_STOP = 1.5
_TOLERANCE = 0.035
_NONSENSE = 5.0
_WORD = 0.35
_HEADING = 5.0
# The dump prints what is left of the left column before what is left of the right one.
_TURNS_BACK = 2.0
_STRAY = " ~|·_"
_ENTRY_END = re.compile(r"\d[\da-zA-Z]*(?:[-–]\d+)?[.,;]?$|[/\w]{12,}\.?$")
_WANTS_NUMBER = re.compile(r"(?:\d{4};|\d\)?:|\(\d{1,4}\):|\):|\d[-–])$")
_PAGE_FIRST = re.compile(r"^[a-zA-Z]{0,4}\d")
_PAGE_RANGE = re.compile(r"^\d+[-–]\d+[.,]?(?:\s|$)")
_VOLUME_FIRST = re.compile(r"^\d{1,4}(?:\([^)]*\))?:\s?\w+")


class Seam(msgspec.Struct, frozen=True, gc=False):
    """The left and the right part of a line, either of which may be empty."""

    left: str
    right: str


def is_interleaved(lines: Sequence[str]) -> bool:
    """Whether entry numbers stand inside several of the lines."""
    return sum(bool(_INNER.search(line)) for line in lines) >= 2


def part(lines: Sequence[str]) -> tuple[Seam, ...]:
    """The seam of every line; ``lines`` are those of one page's stretch of the list."""
    column = column_width(lines)
    options = [_options(line, column) for line in lines]
    best = [[_alone(seam, column) for seam in options[0]]]
    back: list[list[int]] = [[-1] * len(options[0])]
    for above, here in zip(options, options[1:], strict=False):
        costs, links = [], []
        for seam in here:
            reached = [cost + _step(before, seam, column) for cost, before in zip(best[-1], above, strict=True)]
            link = min(range(len(reached)), key=reached.__getitem__)
            costs.append(reached[link] + _alone(seam, column))
            links.append(link)
        best.append(costs)
        back.append(links)
    return _trace(options, best, back)


def _trace(options: list[list[Seam]], best: list[list[float]], back: list[list[int]]) -> tuple[Seam, ...]:
    at = min(range(len(best[-1])), key=best[-1].__getitem__)
    seams = []
    for line in range(len(options) - 1, -1, -1):
        seams.append(options[line][at])
        at = back[line][at]
    return tuple(reversed(seams))


def column_width(lines: Sequence[str]) -> float:
    """The column's width from the lines whose seam shows; the widest but one, for OCR may stretch a line."""
    known = []
    for line in lines:
        hit = _INNER.search(line)
        if hit:
            known += [_printed_width(line[: hit.start()]), _printed_width(line[hit.start(1) :])]
    known.sort()
    return known[-2] if len(known) > 2 else max(known, default=0.0)


def _printed_width(part_text: str) -> float:
    """The width without the number, which hangs in the margin."""
    _, at = leading_number(part_text)
    return width_em(part_text[at:].strip())


def _options(line: str, column: float) -> list[Seam]:
    hit = _INNER.search(line)
    if hit:
        return [Seam(line[: hit.start()].rstrip(_STRAY), line[hit.start(1) :])]
    numbered = bool(leading_number(line)[0])
    whole = _printed_width(line)
    found = [Seam(line, "")] if whole <= column * (1 + 2 * _TOLERANCE) else []
    if found and not numbered:
        found.append(Seam("", line))
    for cut in _BREAK.finditer(line):
        left, right = line[: cut.start()], line[cut.end() :]
        if _printed_width(left) <= column * 1.1 and width_em(right) <= column * 1.1:
            found.append(Seam(left, right))
    return found or [Seam(line, "")]


def _alone(seam: Seam, column: float) -> float:
    """What speaks against a seam by itself: parts too wide for the column, nonsense on the right."""
    cost = _overhang(seam.right, column)
    if is_list_heading(seam.left):
        return cost - _HEADING
    if seam.right and not _is_language(seam.left):
        # Nonsense has no measurable width: the seam is where language begins.
        return cost + _NONSENSE * (1 - legibility(seam.right).score) + _WORD * _words(seam.left)
    return cost + _overhang(seam.left, column)


def _overhang(text: str, column: float) -> float:
    over = _printed_width(text) / column - 1 - _TOLERANCE
    return _TOO_WIDE * over if over > 0 else 0.0


@cache
def _is_language(text: str) -> bool:
    return not text or bool(leading_number(text)[0]) or legibility(text).is_legible


@cache
def _words(text: str) -> int:
    return sum(len(word) > 2 and is_english_word(word) for word in re.findall(r"[A-Za-z]+", text))


def _step(above: Seam, below: Seam, column: float) -> float:
    """What speaks against two seams in a row."""
    turns_back = _TURNS_BACK if not above.left and below.left and not below.right else 0.0
    left = _follow(above.left, below.left, column) if _is_language(above.left) and _is_language(below.left) else 0.0
    return turns_back + left + _follow(above.right, below.right, column)


@cache
def _follow(line: str, following: str, column: float) -> float:
    """A line that stops short though the next word would have fitted, or that the next can't continue."""
    if not line or not following:
        return 0.0 if not line or line.endswith((".", "。", "．")) else 0.3
    if leading_number(following)[0]:
        return 0.0 if _ENTRY_END.search(line) else _NO_STOP
    first = _FIRST.match(following)
    reach = (_printed_width(line) + width_em(" ") + width_em(first[0] if first else following[:1])) / column
    short = max(0.0, 1 - _TOLERANCE - reach)
    return _TOO_SHORT * short + _sense(line, following)


def _sense(line: str, following: str) -> float:
    """Numbers follow ``2020;`` and ``585(7823):``; small letters don't follow a stop, page ranges don't follow words."""
    wants_number = bool(_WANTS_NUMBER.search(line))
    if wants_number:
        return -1.0 if following[0].isdigit() or _PAGE_FIRST.match(following) else 2.0
    if _PAGE_RANGE.match(following) or _VOLUME_FIRST.match(following):
        return 2.0
    return 1.0 if line.endswith(".") and following[0].islower() and not _PAGE_FIRST.match(following) else 0.0
