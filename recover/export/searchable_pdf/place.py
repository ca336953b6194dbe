"""A line of text as PDF operators at its place and slant, in one type size for the lines of a block."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from recover.export.characters import Point, corners
from recover.export.markup import legal
from recover.export.searchable_pdf.fonts import DESCENT, STEP, WIDTHS, Codes, Shape
from recover.model.geometry import Transform
from recover.model.records import PageLine, PageRegion

# A line further from its block's size is another kind of line: a heading in the text, a formula.
_OF_THE_BLOCK = 0.25
# Blocks this near to each other in size are set in one.
_SAME_SIZE = 0.05


def even_sizes(regions: Sequence[PageRegion]) -> list[tuple[PageLine, float]]:
    """Every line with the share of its measured height that it is set in."""
    known: list[float] = []
    sized: list[tuple[PageLine, float]] = []
    for region in regions:
        heights = [_height(line) for line in region.lines]
        if not heights:
            continue
        common = _known_size(known, median(heights))
        sized.extend((line, _share(height, common)) for line, height in zip(region.lines, heights, strict=True))
    return sized


def _known_size(known: list[float], size: float) -> float:
    """A size that was used before and is near, else this one, which is then known."""
    near = min(known, key=lambda value: abs(value - size), default=0.0)
    if abs(near - size) <= _SAME_SIZE * size:
        return near
    known.append(size)
    return size


def _share(height: float, common: float) -> float:
    return common / height if height and abs(height - common) <= _OF_THE_BLOCK * common else 1.0


def _height(line: PageLine) -> float:
    top_left, _, _, bottom_left = corners(line)
    return math.dist(top_left, bottom_left)


# Readers take a line whose ends stand further apart than half the type size for two: a long line on a slanted page
# keeps its middle in place and gives up a part of its slant.
MAX_DRIFT = 0.42


class Run(msgspec.Struct, frozen=True):
    """Characters set at one horizontal scale, and the scale."""

    text: str
    scale: float


class SetLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line ready to be shown: its matrix, size, horizontal scale, and shapes; ``moves[i]`` is made after the i-th.

    Moves are thousandths of the size to the right, 0 nearly everywhere.
    """

    matrix: str
    size: float
    scale: float
    shapes: tuple[Shape, ...]
    moves: tuple[int, ...]


def set_line(line: PageLine, to_user: Transform, share: float = 1.0) -> SetLine | None:
    """The line set at its place, as high as ``share`` of its own height; None for one without text or extent."""
    start, end, bottom = (to_user.point(*corners(line)[index]) for index in (0, 1, 3))
    start, end, bottom = _eased(*_resized(start, end, bottom, share))
    length, size = math.dist(start, end), math.dist(start, bottom)
    if not line.text.strip() or length < 0.01 or size < 0.01:
        return None
    cells = cell_edges(line.edges, length / size)
    scale = _scale(line.text, cells)
    fitted = list(fit_widths([cell / scale for cell in cells]))
    shapes = tuple(Shape(width, char) for (width, _), char in zip(fitted, _named(line.text), strict=True))
    return SetLine(
        matrix=_matrix(start, end, bottom),
        size=size,
        scale=scale,
        shapes=shapes,
        moves=tuple(move for _, move in fitted),
    )


def _named(text: str) -> str:
    """The text as a Unicode map may tell it, character for character."""
    return legal(text).replace("\ufeff", "\ufffd")


def operators(line: SetLine, codes: Codes) -> str:
    """What shows the line."""
    shown = "".join(_strings(line, codes))
    return f"/RcvF {_number(line.size)} Tf {line.matrix} Tm {_number(100 * line.scale)} Tz[{shown}]TJ"


def _strings(line: SetLine, codes: Codes) -> Iterator[str]:
    """The shapes as strings of codes, cut only where there is a move."""
    start = 0
    for end, move in enumerate(line.moves, 1):
        if move or end == len(line.moves):
            yield f"<{codes.encode(line.shapes[start:end])}>" + (str(-move) if move else "")
            start = end


def _scale(text: str, cells: Sequence[float]) -> float:
    """How wide Han is set in this line, so that most of it takes one and the same width; 1 for other lines."""
    wide = [
        right - left
        for char, (left, right) in zip(text, pairwise(cells), strict=True)
        if unicodedata.east_asian_width(char) in "WF"
    ]
    return max(0.1, median(wide)) if len(wide) > len(text) / 3 else 1.0


def fit_widths(cells: Iterable[float]) -> Iterator[tuple[int, int]]:
    """For each cell the place of its width in WIDTHS, and the move after it where no width is wide enough.

    What rounding leaves over is carried on to the next cell.
    """
    at = None
    for left, right in pairwise(cells):
        at = left if at is None else at
        steps = round((right - at) * 1000 / STEP)
        width = min(len(WIDTHS), max(1, steps))
        move = max(0, steps - width) * STEP
        at += (width * STEP + move) / 1000
        yield width - 1, move


def _resized(start: Point, end: Point, bottom: Point, share: float) -> tuple[Point, Point, Point]:
    """The line with ``share`` of its height, its middle where it was."""
    x, y = ((1 - share) / 2 * (bottom[index] - start[index]) for index in (0, 1))
    return (start[0] + x, start[1] + y), (end[0] + x, end[1] + y), (bottom[0] - x, bottom[1] - y)


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


def cell_edges(edges: Sequence[int], length: float) -> list[float]:
    """Where each character's cell begins, and where the last ends; never backwards, never without width.

    Every cell reaches to the next character's left edge: a gap would be read as a space.
    """
    cells: list[float] = []
    for edge in (*edges[::2], max(edges[-1], 1000 if edges[-1] > 950 else edges[-1])):
        position = edge / 1000 * length
        cells.append(max(position, cells[-1] + 0.02) if cells else position)
    return cells


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
