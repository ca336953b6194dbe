"""Whether a line in a table's cell can be the further line of the one above it: by its room, and by what both say."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

import msgspec

from recover.model.page import Line
from recover.text.scripts import is_han

# All evidence is in log odds. A line that has room for the next word was not wrapped; a full one may have been, the
# more surely the wider the column is (in type sizes).
ROOM = -4.0
FULL = ((7.0, 1.0), (4.5, 0.3), (2.6, -1.5), (0.0, -4.0))
# Room is no less than this, in type sizes: boxes are not that exact.
SLACK = 0.35
# Figures stand one under the other in rows; a word above or below a figure may be either.
FIGURES, FIGURE = -3.0, -1.0
CLOSING, OPENING, LOWER = 4.0, 2.5, 1.0
_FIGURE = re.compile(r"[^A-Za-z\u4e00-\u9fff]*[\d—\-–一][^A-Za-z\u4e00-\u9fff]*")
_CLOSES = frozenset("，。、；：？！）】》”’,.;:?!)]}%°℃")
_OPENS = frozenset("（【《“‘([{-/、，,")
_WORD = re.compile(r"[!-~\u00c0-\u024f\u0370-\u03ff]+")
_SIZE_BY_HEIGHT = 0.85


class Measures(msgspec.Struct, frozen=True):
    """The type size of a table, and how wide the widest line of each column is."""

    size: float
    widths: tuple[float, ...]

    @classmethod
    def of(cls, columns: Sequence[Sequence[Line]]) -> Measures:
        lines = [line for column in columns for line in column]
        return cls(_size(lines), tuple(max((line.box.width for line in column), default=0.0) for column in columns))


def _size(lines: Sequence[Line]) -> float:
    """The distance from one Han character to the next; of Latin print, a share of the lines' height."""
    steps = [
        line.lefts[at + 1] - line.lefts[at]
        for line in lines
        for at in range(len(line.text) - 1)
        if is_han(line.text[at]) and is_han(line.text[at + 1])
    ]
    if len(steps) > len(lines):
        return statistics.median(steps)
    return _SIZE_BY_HEIGHT * statistics.median(line.height for line in lines) if lines else 1.0


def fits_under(above: Line, below: Line, width: float, size: float) -> float:
    """Evidence of the room that the upper line leaves for the lower one's first word in a column so wide."""
    room = width - above.box.width
    if room > _first_word(above, below, size) + SLACK * size:
        return ROOM
    return next(value for least, value in FULL if width >= least * size)


def _first_word(above: Line, below: Line, size: float) -> float:
    text = below.text
    word = _WORD.match(text)
    end = word.end() if word else 1
    while end < len(text) and text[end] in _CLOSES:
        end += 1
    end = min(end, len(text))
    gap = 0.3 * size if word and above.text[-1:].isascii() else 0.0
    return below.rights[end - 1] - below.lefts[0] + gap if end else 0.0


def says_joined(above: Line, below: Line) -> float:
    """Evidence of what the two lines hold."""
    first, second = above.text.strip(), below.text.strip()
    if not first or not second:
        return 0.0
    if second[0] in _CLOSES:
        return CLOSING
    figures = sum(_FIGURE.fullmatch(text) is not None for text in (first, second))
    if figures:
        return FIGURES if figures > 1 else FIGURE
    if first[-1] in _OPENS:
        return OPENING
    return LOWER if second[0].islower() and (first[-1].isalpha() or first[-1] in ",;") else 0.0
