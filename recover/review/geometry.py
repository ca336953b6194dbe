"""Where the characters of a recorded line stand on the page."""

from __future__ import annotations

from recover.model.document import PageLine
from recover.model.geometry import Box

Point = tuple[float, float]


def outline(line: PageLine, start: int, end: int) -> tuple[Point, Point, Point, Point]:
    """The corners of ``text[start:end]``, clockwise from the top left; an empty range is the gap between two."""
    left, right = extent(line, start, end)
    x0, y0, x1, y1, x2, y2, x3, y3 = line.quad
    top, bottom = ((x0, y0), (x1, y1)), ((x3, y3), (x2, y2))
    return _at(top, left), _at(top, right), _at(bottom, right), _at(bottom, left)


def extent(line: PageLine, start: int, end: int) -> tuple[float, float]:
    """The left and right edge of ``text[start:end]`` as thousandths of the line."""
    edges = line.edges
    if start < end and 2 * end <= len(edges):
        return float(min(edges[2 * start : 2 * end : 2])), float(max(edges[2 * start + 1 : 2 * end : 2]))
    before = float(edges[2 * start - 1]) if 0 < 2 * start <= len(edges) else 0.0
    after = float(edges[2 * start]) if 2 * start < len(edges) else 1000.0
    return min(before, after), max(before, after)


def _at(edge: tuple[Point, Point], thousandths: float) -> Point:
    share = thousandths / 1000
    (x0, y0), (x1, y1) = edge
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def char_box(line: PageLine, start: int, end: int) -> Box:
    """The upright box around ``text[start:end]``, in points."""
    corners = outline(line, start, end)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys)).rounded()
