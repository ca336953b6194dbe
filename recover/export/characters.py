"""Where each character of a line stands on the original page, however the page is turned or skewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from recover.model.geometry import Box
from recover.model.records import PageLine
from recover.model.styles import LOWERED, RAISED, read_styles

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Script = Literal["", "sup", "sub"]
# Small type takes this many thousandths of its line's height.
SMALL = 620


class Placed(msgspec.Struct, frozen=True):
    """A character (or a run of them) and its outline: four points from the top left, clockwise.

    ``script`` tells whether it is raised or lowered.
    """

    text: str
    quad: tuple[Point, Point, Point, Point]
    confidence: int
    script: Script = ""

    @property
    def box(self) -> Box:
        """The upright box around the outline."""
        xs, ys = zip(*self.quad, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def corners(line: PageLine) -> tuple[Point, Point, Point, Point]:
    """The line's outline as points."""
    x0, y0, x1, y1, x2, y2, x3, y3 = line.quad
    return (x0, y0), (x1, y1), (x2, y2), (x3, y3)


def placed_characters(line: PageLine) -> tuple[Placed, ...]:
    """Every character of the line with its outline and confidence (per mille, -1 unmeasured).

    A raised one takes the upper part of the line, a lowered one its lower part.
    """
    spans = zip(line.edges[::2], line.edges[1::2], strict=True)
    scripts = [_script(flags) for flags in read_styles(line.styles, len(line.text))]
    return tuple(
        Placed(char, _set_off(slice_quad(line, left, right), script), confidence, script)
        for char, (left, right), confidence, script in zip(line.text, spans, line.confidences, scripts, strict=True)
    )


def _script(flags: int) -> Script:
    return "sup" if flags & RAISED else "sub" if flags & LOWERED else ""


def _set_off(quad: Quad, script: Script) -> Quad:
    """The part of a character's place in its line that a raised or lowered one takes."""
    top_left, top_right, bottom_right, bottom_left = quad
    if script == "sup":
        return top_left, top_right, _between(top_right, bottom_right, SMALL), _between(top_left, bottom_left, SMALL)
    if script == "sub":
        rest = 1000 - SMALL
        return _between(top_left, bottom_left, rest), _between(top_right, bottom_right, rest), bottom_right, bottom_left
    return quad


def slice_quad(line: PageLine, left: int, right: int) -> tuple[Point, Point, Point, Point]:
    """The part of the line's outline between two thousandths of its length."""
    top_left, top_right, bottom_right, bottom_left = corners(line)
    return (
        _between(top_left, top_right, left),
        _between(top_left, top_right, right),
        _between(bottom_left, bottom_right, right),
        _between(bottom_left, bottom_right, left),
    )


def line_box(line: PageLine) -> Box:
    """The upright box around the line."""
    return Box(min(line.quad[::2]), min(line.quad[1::2]), max(line.quad[::2]), max(line.quad[1::2]))


def line_confidence(confidences: Sequence[int]) -> float | None:
    """The mean of what was measured, 0 to 1; None when nothing was."""
    measured = [value for value in confidences if value >= 0]
    return sum(measured) / len(measured) / 1000 if measured else None


def _between(start: Point, end: Point, thousandths: int) -> Point:
    share = thousandths / 1000
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
