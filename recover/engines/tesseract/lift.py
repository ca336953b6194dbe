"""Raised small print brought down to the line and up to its size, for a reader that was taught none.

Citation marks and exponents are where Tesseract fails most: of ``[33]`` set as a superscript it makes ``B3]``.
Enlarged and set on the baseline they are read like the rest.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

from recover.engines.reading import Pixels

# Of the body's height: superscripts end above the first, are between the next two high, begin above the last.
FOOT, LOWEST, HIGHEST, HEAD = 0.72, 0.28, 0.75, 0.3
# Shapes of one superscript stand closer than this, in body heights; narrower groups are quotes and dots.
REACH, NARROWEST = 0.5, 0.35
MAX_ENLARGING = 2.0
SPACE_PX = 2


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the new line: where it begins, where it came from, and how far it was enlarged."""

    start: float
    origin: float
    scale: float


class Lifted(msgspec.Struct, frozen=True, kw_only=True):
    """A line without raised print, and the way back to the old one's x."""

    pixels: Pixels
    pieces: tuple[Piece, ...]

    def back(self, x: float) -> float:
        piece = [piece for piece in self.pieces if piece.start <= x or piece is self.pieces[0]][-1]
        return piece.origin + (x - piece.start) / piece.scale


class _Run(msgspec.Struct, frozen=True):
    left: int
    right: int
    top: int
    bottom: int


def level_superscripts(line: Pixels) -> Lifted:
    """``line`` with its superscripts set like its body."""
    ink = _ink(line)
    body = _body(ink)
    groups = [] if body is None else _raised(ink, *body)
    if body is None or not groups:
        return Lifted(pixels=line, pieces=(Piece(0.0, 0.0, 1.0),))
    return _rebuild(line, groups, body)


def _ink(line: Pixels) -> Pixels:
    return np.asarray(cv2.threshold(line, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1], np.uint8)


def _body(ink: Pixels) -> tuple[float, float] | None:
    """Top and bottom of the line's full-height print."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] > 0.45 * ink.shape[0]]
    if not len(tall):
        return None
    tops = tall[:, cv2.CC_STAT_TOP]
    return float(np.median(tops)), float(np.median(tops + tall[:, cv2.CC_STAT_HEIGHT]))


def _raised(ink: Pixels, top: float, bottom: float) -> list[_Run]:
    """Groups of neighbouring shapes that are all small and high."""
    height = bottom - top
    groups: list[_Run] = []
    is_open = False
    for run in _runs(ink):
        size = run.bottom - run.top
        is_raised = run.bottom < top + FOOT * height and LOWEST * height < size < HIGHEST * height
        if is_raised and is_open and run.left - groups[-1].right < REACH * height:
            last = groups.pop()
            groups.append(_Run(last.left, run.right, min(last.top, run.top), max(last.bottom, run.bottom)))
        elif is_raised:
            groups.append(run)
        is_open = is_raised
    return [g for g in groups if g.right - g.left >= NARROWEST * height and g.top <= top + HEAD * height]


def _runs(ink: Pixels) -> list[_Run]:
    """Shapes between white columns, from left to right."""
    inked = np.flatnonzero(ink.any(axis=0))
    if not inked.size:
        return []
    runs = []
    for columns in np.split(inked, np.flatnonzero(np.diff(inked) > max(1, 0.03 * ink.shape[0])) + 1):
        left, right = int(columns[0]), int(columns[-1]) + 1
        rows = np.flatnonzero(ink[:, left:right].any(axis=1))
        runs.append(_Run(left, right, int(rows[0]), int(rows[-1]) + 1))
    return runs


def _rebuild(line: Pixels, groups: list[_Run], body: tuple[float, float]) -> Lifted:
    paper = int(np.percentile(line, 80))
    strips: list[Pixels] = []
    pieces: list[Piece] = []
    start, done = 0, 0
    for group in groups:
        left, right = max(done, group.left - 1), min(line.shape[1], group.right + 1)
        scale = min(MAX_ENLARGING, max(1.0, 0.95 * (body[1] - body[0]) / (group.bottom - group.top)))
        lowered = _lowered(
            line[max(0, group.top - 1) : group.bottom + 1, left:right], scale, line.shape[0], body, paper
        )
        pieces += [Piece(start, done, 1.0), Piece(start + left - done + SPACE_PX, left, scale)]
        strips += [line[:, done:left], lowered]
        start += left - done + lowered.shape[1]
        done = right
    pieces.append(Piece(start, done, 1.0))
    return Lifted(pixels=np.hstack([*strips, line[:, done:]]), pieces=tuple(pieces))


def _lowered(raised: Pixels, scale: float, height: int, body: tuple[float, float], paper: int) -> Pixels:
    """A superscript's picture, enlarged, on the baseline of a strip of paper."""
    large = cv2.resize(raised, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    strip = np.full((height, large.shape[1] + 2 * SPACE_PX), paper, np.uint8)
    foot = min(height, round(body[1]) + 1)
    head = max(0, foot - large.shape[0])
    strip[head:foot, SPACE_PX:-SPACE_PX] = large[large.shape[0] - (foot - head) :]
    return strip
