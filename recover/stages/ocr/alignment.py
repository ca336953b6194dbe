"""Which blobs of ink are whose: blobs and characters brought together in order, each by its place, width and height.

A reader's centres are off by up to half a letter; cuts at the whitest column between them give a ``T`` half of its
bar and the stop behind it the rest. Here all blobs of a run of letters and figures are shared out at once.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from recover.lexicon.characters import is_han, is_wide

Blob = tuple[int, int, int, int]

# Widths of ink in sizes of the type, as most typefaces have them.
_WIDTHS = (
    (0.12, "il|!'.,:;‘’·•"),
    (0.26, 'jftrI()[]{}/\\"“”°-'),
    (0.78, "mwMW@%‰—"),
    (0.62, "ABCDEGHKNOPQRSTUVXYZ&ΔΩΦΨ"),
    (0.5, "+=<>±×÷~≤≥≈≠"),
)
_WIDTH = {char: width for width, chars in _WIDTHS for char in chars}
USUAL, MARK, CELL = 0.42, 0.2, 0.9
# Small type is so much smaller; full-size characters of narrow typefaces.
SMALL, NARROW = 0.65, 0.8
_BLOBS = {char: count for count, chars in ((2, 'ij;:="“”÷≤≥±'), (3, "%…"), (4, "‰")) for char in chars}
# Ink of letters and figures is higher than this, that of stops and strokes lower; in sizes of the type.
LOW, HIGH = 0.25, 0.42
# Small letters without ascender are lower than this, full-size figures and capitals higher than that.
SHORT, FULL = 0.68, 0.55
_SHORT = frozenset("acemnorsuvwxzαεικνοπστυω")
_LOW = frozenset(".,'’‘·•-–—_~°，。、\"“”…")
# What it costs: a width off by a size, a place off by a size, a blob too few or too many, above or beside the others;
# a character of the wrong height; one without ink; a blob without character; two characters in one blob, over a space.
WIDTH, PLACE, FEWER, OVER, BESIDE = 6.0, 4.0, 0.35, 0.4, 1.0
WRONG_HEIGHT, NO_INK, NO_FAINT_INK, NO_CHAR, AREA, JOINED, OVER_SPACE = 2.0, 1.6, 0.8, 0.4, 8.0, 0.8, 1.5
# Readers give one lowered figure twice, once on the line: the second of two equal characters may have no ink.
NO_SECOND = 0.6
# Ink of the Chinese beside a run is none of it; it costs nothing within that character's cell, and so much a size off.
OUTSIDE = 30.0
# Farther from a character than this, in sizes, no blob is its own; no more blobs, and characters, in one group.
FAR, MOST_BLOBS, MOST_CHARS = 1.1, 4, 3
# A blob wider than this, in sizes, is a table's rule, and what touches it: it is no character's, nor that of several.
RULE = 4.0
NEVER = 1e9
# A way this much dearer than the cheapest up to the same character is given up.
HOPELESS = 4.0


class Group(msgspec.Struct, frozen=True):
    """Characters and the blobs that are theirs: one character mostly, several that touch each other."""

    chars: tuple[int, ...]
    blobs: tuple[int, ...]


class _Print(msgspec.Struct, frozen=True):
    """A line's blobs, the centres that its reader gave, its text, and the size of its type in pixels."""

    blobs: Sequence[Blob]
    centers: Sequence[float]
    text: str
    size: float


def align(blobs: Sequence[Blob], centers: Sequence[float], text: str) -> list[Group]:
    """The blobs of every run of letters, figures and marks; Han's own stay with them and are not told."""
    size = _size(blobs, centers, text)
    if not blobs or size < 4:
        return []
    order = sorted(range(len(blobs)), key=lambda at: blobs[at][0] + blobs[at][2])
    order = [at for at in order if blobs[at][2] - blobs[at][0] < RULE * size]
    groups: list[Group] = []
    for start, end in _runs(text):
        low = centers[start - 1] if start else float("-inf")
        high = centers[end] if end < len(text) else float("inf")
        near = [at for at in order if low < (blobs[at][0] + blobs[at][2]) / 2 < high]
        chars = [at for at in range(start, end) if not text[at].isspace()]
        if near and chars:
            groups += _Run(_Print(blobs, centers, text, size), near, chars, low, high).groups()
    return groups


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches without Han."""
    start = None
    for at, char in enumerate(text):
        if is_han(char):
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start = at
    if start is not None:
        yield start, len(text)


def _size(blobs: Sequence[Blob], centers: Sequence[float], text: str) -> float:
    """The type's size in pixels: the distance of Han, or what letters' heights tell."""
    gaps = [two - one for at, (one, two) in enumerate(pairwise(centers)) if is_han(text[at]) and is_han(text[at + 1])]
    if len(gaps) >= 3:
        return statistics.median(gaps)
    heights = sorted(box[3] - box[1] for box in blobs)
    return 1.35 * heights[int(0.8 * len(heights))] if heights else 0.0


class _Run:
    """A run's blobs shared out among its characters at the least cost."""

    def __init__(self, line: _Print, near: Sequence[int], chars: Sequence[int], low: float, high: float) -> None:
        self._size, self._near, self._chars = line.size, near, chars
        self._boxes = [line.blobs[at] for at in near]
        self._centers = [line.centers[at] for at in chars]
        self._text = [line.text[at] for at in chars]
        self._widths = [usual_width(char) for char in self._text]
        self._spaced = [False, *(two - one > 1 for one, two in pairwise(chars)), False]
        self._low, self._high = low, high

    def groups(self) -> list[Group]:
        blobs, chars = len(self._boxes), len(self._chars)
        rows: list[dict[int, tuple[float, tuple[int, int]]]] = [{} for _ in range(chars + 1)]
        rows[0][0] = (0.0, (0, 0))
        for done, row in enumerate(rows):
            best, used = min((cost for cost, _ in row.values()), default=NEVER), min(row, default=blobs)
            while used <= blobs:
                cost = row[used][0] if used in row else NEVER
                if cost <= best + HOPELESS:
                    for more, used_then, done_then in self._steps(used, done):
                        known = rows[done_then].get(used_then)
                        if known is None or cost + more < known[0]:
                            rows[done_then][used_then] = (cost + more, (used, done))
                used += 1
        return list(self._back(rows, (blobs, chars)))

    def _back(
        self, rows: Sequence[dict[int, tuple[float, tuple[int, int]]]], state: tuple[int, int]
    ) -> Iterator[Group]:
        if state[0] not in rows[state[1]]:
            return
        while state != (0, 0):
            before = rows[state[1]][state[0]][1]
            used, done = range(before[0], state[0]), range(before[1], state[1])
            if done:
                yield Group(tuple(self._chars[at] for at in done), tuple(self._near[at] for at in used))
            state = before

    def _steps(self, used: int, done: int) -> Iterator[tuple[float, int, int]]:
        """What may come next: a blob that is nobody's, a character without ink, a group of both."""
        left = len(self._boxes) - used
        if left:
            yield self._no_char(used, done), used + 1, done
        if done == len(self._chars):
            return
        yield self._no_ink(done), used, done + 1
        x0 = y0 = 1 << 30
        x1 = y1 = 0
        for count in range(1, min(MOST_BLOBS, left) + 1):
            box = self._boxes[used + count - 1]
            if count > 1 and box[0] - x1 > FAR * self._size:
                break
            x0, y0, x1, y1 = min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
            cost = self._own(used, count, done, (x0, y0, x1, y1))
            if cost < NEVER:
                yield cost, used + count, done + 1
            if count > 2:
                continue
            for held in range(2, min(MOST_CHARS, len(self._chars) - done) + 1):
                cost = self._joint(used, count, done, held, (x0, y0, x1, y1))
                if cost < NEVER:
                    yield cost, used + count, done + held

    def _no_ink(self, done: int) -> float:
        char = self._text[done]
        if char in self._text[max(0, done - 1) : done] + self._text[done + 1 : done + 2]:
            return NO_SECOND
        return NO_FAINT_INK if char in _LOW else NO_INK

    def _no_char(self, at: int, done: int) -> float:
        x0, y0, x1, y1 = self._boxes[at]
        half = self._size / 2
        unread = NO_CHAR + AREA * (x1 - x0) * (y1 - y0) / self._size**2
        if done == 0 and self._low > float("-inf"):
            return min(unread, OUTSIDE * max(0.0, x1 - self._low - half) ** 2 / self._size**2)
        if done == len(self._chars) and self._high < float("inf"):
            return min(unread, OUTSIDE * max(0.0, self._high - half - x0) ** 2 / self._size**2)
        return unread

    def _own(self, used: int, count: int, done: int, box: Blob) -> float:
        """What it costs that the next blobs, with ``box`` around them, are the next character's."""
        x0, y0, x1, y1 = box
        char, size = self._text[done], self._size
        off = abs((x0 + x1) / 2 - self._centers[done]) / size
        if off > FAR:
            return NEVER
        height = (y1 - y0) / size
        cost = PLACE * off**2 + WIDTH * _misfit((x1 - x0) / size, self._widths[done], SMALL) ** 2
        is_wrong = (height > HIGH) if char in _LOW else (height < LOW and char.isalnum())
        if is_wrong or (char in _SHORT and height > SHORT):
            cost += WRONG_HEIGHT
        expected = _BLOBS.get(char, 1)
        if count < expected:
            cost += FEWER * (expected - count)
        elif count > expected:
            cost += (count - expected) * (OVER if _are_stacked(self._boxes[used : used + count]) else BESIDE)
        return cost + self._across_space(used, done, x0)

    def _across_space(self, used: int, done: int, x0: int) -> float:
        """Behind a space there is white."""
        if not self._spaced[done] or not used:
            return 0.0
        return 0.5 if x0 - self._boxes[used - 1][2] < 0.08 * self._size else 0.0

    def _joint(self, used: int, count: int, done: int, held: int, box: Blob) -> float:
        """What it costs that the next characters touch each other in the next blobs, which fill ``box``."""
        if count > 1 and not _are_stacked(self._boxes[used : used + count]):
            return NEVER
        x0, y0, x1, y1 = box
        off = abs((x0 + x1) / 2 - sum(self._centers[done : done + held]) / held) / self._size
        if off > FAR:
            return NEVER
        wide = sum(self._widths[done : done + held])
        narrowest = NARROW if y1 - y0 > FULL * self._size else SMALL
        cost = JOINED * (held - 1) + PLACE * off**2
        cost += WIDTH * _misfit((x1 - x0) / self._size, wide, narrowest) ** 2
        if any(self._spaced[done + 1 : done + held]):
            cost += OVER_SPACE
        return cost + self._across_space(used, done, x0)


def usual_width(char: str) -> float:
    """How wide a character's ink is in most typefaces, in sizes of the type."""
    known = _WIDTH.get(char)
    if known is not None:
        return known
    if char.isascii() or char.isdecimal():
        return USUAL
    return MARK if is_wide(char) and not char.isalnum() else CELL if is_wide(char) else USUAL


def _misfit(width: float, usual: float, narrowest: float) -> float:
    """How far a width is from the usual one, or from that of small type or a narrow face."""
    return width - usual if width > usual else max(0.0, narrowest * usual - width)


def _are_stacked(boxes: Sequence[Blob]) -> bool:
    """Whether each blob shares columns with the one before."""
    return all(min(one[2], two[2]) > max(one[0], two[0]) for one, two in pairwise(boxes))
