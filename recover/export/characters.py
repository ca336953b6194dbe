"""Where each character of a line stands on the original page, however the page is turned or skewed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import PageLine
from recover.model.geometry import Box

Point = tuple[float, float]


class Placed(msgspec.Struct, frozen=True):
    """A character (or a run of them) and its outline: four points from the top left, clockwise."""

    text: str
    quad: tuple[Point, Point, Point, Point]
    confidence: int

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
    """Every character of the line with its outline and confidence (per mille, -1 unmeasured)."""
    spans = zip(line.edges[::2], line.edges[1::2], strict=True)
    return tuple(
        Placed(char, slice_quad(line, left, right), confidence)
        for char, (left, right), confidence in zip(line.text, spans, line.confidences, strict=True)
    )


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
