"""A line of text as PDF operators: one matrix for its place and slant, one number a run for its characters' widths."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from recover.export.characters import Point, corners
from recover.export.searchable_pdf.font import Codes
from recover.export.searchable_pdf.glyphs import DESCENT, WIDTHS, width_class
from recover.model.document import PageLine
from recover.model.geometry import Transform

# A run grows while every character in it stands within this share of the type size from where it was read.
TOLERANCE = 0.1
# Readers take a line whose ends stand further apart than half the type size for two: a long line on a slanted page
# keeps its middle in place and gives up a part of its slant.
MAX_DRIFT = 0.42


class Run(msgspec.Struct, frozen=True):
    """Characters set at one horizontal scale, and the scale."""

    text: str
    scale: float


def line_operators(line: PageLine, codes: Codes, to_user: Transform) -> str:
    """What shows the line; empty for one without text or extent."""
    start, end, bottom = _eased(*(to_user.point(*corners(line)[index]) for index in (0, 1, 3)))
    length, size = math.dist(start, end), math.dist(start, bottom)
    if not line.text.strip() or length < 0.01 or size < 0.01:
        return ""
    runs = (f"{_number(run.scale * 100)} Tz<{codes.encode(run.text)}>Tj" for run in fit_runs(line, length / size))
    return f"/RcvF {_number(size)} Tf {_matrix(start, end, bottom)} Tm " + " ".join(runs)


def _eased(start: Point, end: Point, bottom: Point) -> tuple[Point, Point, Point]:
    """The line turned about its middle until its ends drift no more than MAX_DRIFT from a level or upright one."""
    along, size = (end[0] - start[0], end[1] - start[1]), math.dist(start, bottom)
    level = 0 if abs(along[0]) >= abs(along[1]) else 1
    drift = along[1 - level]
    if abs(drift) <= MAX_DRIFT * size:
        return start, end, bottom
    angle = math.asin(MAX_DRIFT * size / math.hypot(*along)) - math.asin(abs(drift) / math.hypot(*along))
    turn = angle * math.copysign(1, drift) * math.copysign(1, along[level]) * (1 if level == 0 else -1)
    middle = (end[0] + bottom[0]) / 2, (end[1] + bottom[1]) / 2
    return _turned(start, middle, turn), _turned(end, middle, turn), _turned(bottom, middle, turn)


def _turned(point: Point, middle: Point, angle: float) -> Point:
    x, y = point[0] - middle[0], point[1] - middle[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return middle[0] + cos * x - sin * y, middle[1] + sin * x + cos * y


def _matrix(start: Point, end: Point, bottom: Point) -> str:
    """The text matrix: along the line, from the base line at the descent's height above its foot."""
    length = math.dist(start, end)
    cos, sin = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    share = 1 + DESCENT / 1000
    x, y = (start[i] + (bottom[i] - start[i]) * share for i in (0, 1))
    values = (f"{value:.5f}".rstrip("0").rstrip(".") for value in (cos, sin, -sin, cos))
    return f"{' '.join(values)} {_number(x)} {_number(y)}"


def fit_runs(line: PageLine, length: float) -> list[Run]:
    """The line cut into runs that fill it without a gap; ``length`` is in type sizes.

    Every cell reaches to the next character's left edge: a gap would be read as a space.
    """
    cells = cell_edges(line.edges, length)
    natural = [WIDTHS[width_class(char)] / 1000 for char in line.text]
    runs, start = [], 0
    while start < len(line.text):
        end = start + 1
        while end < len(line.text) and _fits(cells, natural, start, end + 1):
            end += 1
        runs.append(Run(line.text[start:end], (cells[end] - cells[start]) / sum(natural[start:end])))
        start = end
    return runs


def cell_edges(edges: Sequence[int], length: float) -> list[float]:
    """Where each character's cell begins, and where the last ends; never backwards, never without width."""
    cells: list[float] = []
    for edge in (*edges[::2], max(edges[-1], 1000 if edges[-1] > 950 else edges[-1])):
        position = edge / 1000 * length
        cells.append(max(position, cells[-1] + 0.02) if cells else position)
    return cells


def _fits(cells: Sequence[float], natural: Sequence[float], start: int, end: int) -> bool:
    scale = (cells[end] - cells[start]) / sum(natural[start:end])
    at = cells[start]
    for index in range(start, end):
        if abs(at - cells[index]) > TOLERANCE:
            return False
        at += natural[index] * scale
    return True


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
