"""Strips of white down a table: where a narrow gap inside a line is a border of columns and no space between words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

import msgspec

from recover.model.page import Line, slice_line
from recover.text.scripts import is_han

# White in a line, in its heights, that can part columns at all.
GAP = 0.4
# Beside Chinese marks, whose cells are half white.
MARK_GAP = 0.9
_MARKS = frozenset("，。、；：？！（）【】《》“”")
# White as narrow as this may be a word's space: then no other line may run through it.
WORD_SPACE = 0.7
# So many other lines must leave the strip free on both sides of it, and of those beside it no more than this share
# may run through.
MIN_LINES, THROUGH = 2, 0.2

# A line's box is so many times as high as its type; no character is wider than this, in type sizes.
# So many steps from one Chinese character to the next tell how wide they are.
TYPE, WIDEST, MIN_STEPS = 1.25, 1.1, 6


def with_true_ends(lines: Sequence[Line]) -> list[Line]:
    """Lines whose outer characters are no wider than print: a detector's box may reach into the next column."""
    steps = [
        line.lefts[at + 1] - line.lefts[at]
        for line in lines
        for at in range(len(line.text) - 1)
        if is_han(line.text[at]) and is_han(line.text[at + 1])
    ]
    size = statistics.median(line.height for line in lines) / TYPE
    widest = statistics.median(steps) if len(steps) >= MIN_STEPS else WIDEST * size
    return [_ended(line, widest) for line in lines]


def _ended(line: Line, widest: float) -> Line:
    if not line.text:
        return line
    start, end = max(line.lefts[0], line.rights[0] - widest), min(line.rights[-1], line.lefts[-1] + widest)
    box = msgspec.structs.replace(line.box, x0=max(line.box.x0, start), x1=min(line.box.x1, end))
    return msgspec.structs.replace(
        line, box=box, lefts=(start, *line.lefts[1:]), rights=(*line.rights[:-1], max(end, start))
    )


def parted_at_strips(line: Line, lines: Sequence[Line]) -> list[Line]:
    """The line cut at its gaps that other lines leave free as well."""
    for at, left, right in _gaps(line):
        share = 0.0 if _may_be_space(line, at, right - left) else THROUGH
        if _is_border(left, right, line, lines, share):
            return [slice_line(line, 0, at), *parted_at_strips(slice_line(line, at, len(line.text)), lines)]
    return [line]


def _gaps(line: Line) -> Iterator[tuple[int, float, float]]:
    """Offset, left and right of every gap of a line that is wide enough."""
    ink, before = (line.rights[0], line.text[0]) if line.text else (0.0, "")
    for at in range(1, len(line.text)):
        if line.text[at].isspace():
            continue
        least = MARK_GAP if before in _MARKS or line.text[at] in _MARKS else GAP
        if line.lefts[at] - ink > least * line.height and line.text[:at].strip():
            yield at, ink, line.lefts[at]
        ink, before = max(ink, line.rights[at]), line.text[at]


def _may_be_space(line: Line, at: int, white: float) -> bool:
    """Whether white before a character may be the space before a word or a unit."""
    before = line.text[:at].rstrip()[-1:]
    is_word = line.text[at].isascii() and line.text[at].isalpha() and before.isascii() and before.isalnum()
    return is_word and white < WORD_SPACE * line.height


def _is_border(left: float, right: float, line: Line, lines: Sequence[Line], share: float) -> bool:
    """Whether lines above and below end before the gap and begin behind it; at most ``share`` run through."""
    others = [other for other in lines if other is not line]
    middle = (left + right) / 2
    through = [other for other in others if _runs_through(other, left, right)]
    before = [other for other in others if other.box.x1 < right and other.box.x1 > left - 6 * line.height]
    behind = [other for other in others if other.box.x0 > left and other.box.x0 < right + 6 * line.height]
    beside = [other for other in others if other not in through and other.box.x0 < middle < other.box.x1]
    is_between = min(len(before) + len(beside), len(behind) + len(beside)) >= MIN_LINES
    return is_between and len(through) <= max(share > 0, share * (len(before) + len(behind) + len(beside)))


def _runs_through(line: Line, left: float, right: float) -> bool:
    """Whether a character stands in the middle third of the strip."""
    third = (right - left) / 3
    return any(
        x0 < right - third and x1 > left + third
        for char, x0, x1 in zip(line.text, line.lefts, line.rights, strict=True)
        if not char.isspace()
    )
