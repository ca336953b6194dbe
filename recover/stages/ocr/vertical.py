"""Vertical print set in a row: what a reader of horizontal lines can read, whole pages and single lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box, Transform
from recover.model.page import Line, Reading
from recover.model.raster import Pixels
from recover.stages.ocr.lines import doubts_of

Rows = npt.NDArray[np.float64]

# A cell is so high at least and at most, in pitches: full marks stand close, and wide type stands apart.
LOWEST, HIGHEST = 0.45, 1.3
# What a cut through ink costs against a cell of another height than the pitch.
INK_COST, ODD_COST = 2.5, 1.5
# The usual pitch, in characters' widths, and what another costs.
USUAL, UNUSUAL_COST = 1.1, 1.0
# Pitches tried, as shares of the column's width.
PITCHES = np.arange(0.8, 1.61, 0.05)
# White above and below a column's ink belongs to no cell.
MARGIN = 0.05


def cut_cells(ink: Pixels, width: float) -> list[tuple[int, int]]:
    """The rows (from, to) of each character; ``ink`` is 1 where the column is dark, ``width`` its characters' width."""
    rows = ink.sum(axis=1) / max(1.0, width)
    inked = np.flatnonzero(rows)
    if not inked.size:
        return []
    top, bottom = int(inked[0]), int(inked[-1]) + 1
    ways = [_cut(rows[top:bottom], pitch * width) for pitch in PITCHES]
    odd = UNUSUAL_COST * np.square(PITCHES - USUAL)
    _, cuts = min(zip(odd, ways, strict=True), key=lambda way: way[0] + way[1][0])[1]
    cells = [(top + start, top + end) for start, end in pairwise(cuts)]
    return [*cells[:-1], *_without_mark(cells[-1], ink, width)]


def _without_mark(cell: tuple[int, int], ink: Pixels, width: float) -> list[tuple[int, int]]:
    """A column's last cell, cut above the mark that ends it: less than a pitch is left for that one."""
    start, end = cell
    inked = start + np.flatnonzero(ink[start:end].any(axis=1))
    gaps = np.flatnonzero(np.diff(inked) > 1)
    if not gaps.size or inked[gaps[-1]] - start < MARK * width:
        return [cell]
    below = int(inked[gaps[-1] + 1])
    across = np.flatnonzero(ink[below:end].any(axis=0))
    is_mark = max(end - below, across[-1] + 1 - across[0]) < MARK * width and across[0] > ink.shape[1] / 2
    return [(start, below), (below, end)] if is_mark else [cell]


def _cut(rows: Rows, pitch: float) -> tuple[float, list[int]]:
    """The cheapest cuts at this pitch, and their cost a cell."""
    size = len(rows)
    lowest, highest = max(1, int(LOWEST * pitch)), max(2, int(HIGHEST * pitch))
    across = np.append(rows, 0.0)
    cost = np.full(size + 1, np.inf)
    cost[0] = 0.0
    back = np.zeros(size + 1, np.intp)
    for end in range(1, size + 1):
        first, last = max(0, end - highest), max(0, end - lowest)
        if end == size:
            # The last character may be a mark, which is lower than any cell.
            last = end - 1
        starts = np.arange(first, last + 1)
        if not starts.size:
            continue
        odd = np.square((end - starts) / pitch - 1) * ODD_COST
        if end == size:
            odd = np.where(end - starts < pitch, 0.2 * odd, odd)
        ways = cost[starts] + odd
        best = int(np.argmin(ways))
        if np.isfinite(ways[best]):
            cost[end] = ways[best] + (INK_COST * across[end] if end < size else 0.0)
            back[end] = starts[best]
    if not np.isfinite(cost[size]):
        return float("inf"), [0, size]
    cuts = [size]
    while cuts[-1] > 0:
        cuts.append(int(back[cuts[-1]]))
    # Each cell saves what a good one costs, so that larger pitches are not cheaper for having fewer cells.
    return float(cost[size]) / (len(cuts) - 1), cuts[::-1]


# Shares of the characters' width: marks are smaller than this both ways; signs lying on their side are flat or thin.
MARK, FLAT, THIN, LONG = 0.48, 0.58, 0.16, 0.62
# A flat solid stroke is 一, which must not be turned.
STROKE = 0.13
# Dirt has fewer pixels than this share of a cell; the dots of ： are small.
SPECK = 0.0015
LEAST_CONTRAST = 24
# White between the cells of a row, and above and below them.
SIDE, RIM = 0.08, 0.12
# What signs are called that Unicode has for vertical print, and what a dash on its side is taken for.
FORMS = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
    "，、。：；！？〖〗…—–（）｛｝〔〕【】《》〈〉「」『』",
)
WIDE_MARKS = str.maketrans(",;:!?()", "，；：！？（）")
LYING = frozenset('（）()《》〈〉<>「」『』〔〕【】[]｛｝{}—–-…“”"〖〗﹁﹂~～')
UPRIGHT_BAR = frozenset("|｜lI丨1！!i")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A character of a column: its rows, and its ink's box in it (x0, y0, x1, y1), in pixels."""

    rows: tuple[int, int]
    ink: tuple[int, int, int, int]

    @property
    def width(self) -> int:
        return self.ink[2] - self.ink[0]

    @property
    def height(self) -> int:
        return self.ink[3] - self.ink[1]

    @property
    def center(self) -> float:
        return (self.ink[1] + self.ink[3]) / 2


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A column set in a row: its picture, the cells, and where in the picture each begins and ends."""

    pixels: Pixels
    cells: tuple[Cell, ...]
    places: tuple[tuple[int, int], ...]

    def cell_at(self, x: float) -> int:
        """The cell that a place in the picture belongs to."""
        middles = np.array([(start + end) / 2 for start, end in self.places])
        return int(np.argmin(np.abs(middles - x)))


def find_cells(column: Pixels) -> tuple[tuple[Cell, ...], float]:
    """The cells of a column's picture (dark on light) from the top, and its characters' width in pixels."""
    if not column.size:
        return (), 0.0
    ink = _ink(column)
    across = np.flatnonzero(ink.sum(axis=0) > 0)
    if not across.size:
        return (), 0.0
    width = float(across[-1] + 1 - across[0])
    found = (_cell(ink, top, bottom) for top, bottom in cut_cells(ink, width))
    return tuple(cell for cell in found if cell is not None), width


def _ink(column: Pixels) -> Pixels:
    """1 where a column is dark, without dirt; nothing where the picture has no contrast."""
    if int(column.max()) - int(column.min()) < LEAST_CONTRAST:
        return np.zeros(column.shape, np.uint8)
    _, mask = cv2.threshold(column, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    is_dirt = stats[:, cv2.CC_STAT_AREA] < max(3.0, SPECK * column.shape[1] ** 2)
    is_dirt[0] = True
    return np.where(is_dirt[labels], 0, mask).astype(np.uint8)


def _cell(ink: Pixels, top: int, bottom: int) -> Cell | None:
    rows, columns = np.flatnonzero(ink[top:bottom].any(axis=1)), np.flatnonzero(ink[top:bottom].any(axis=0))
    if not rows.size:
        return None
    box = int(columns[0]), top + int(rows[0]), int(columns[-1]) + 1, top + int(rows[-1]) + 1
    return Cell(rows=(top, bottom), ink=box)


def set_in_row(column: Pixels, cells: Sequence[Cell], width: float, *, turned: frozenset[int] = frozenset()) -> Row:
    """The row; the cells in ``turned`` are turned back by a quarter, anticlockwise."""
    pieces = [_piece(column, cell, width, is_turned=index in turned) for index, cell in enumerate(cells)]
    side = max(1, round(SIDE * width))
    places, at = [], side
    for piece in pieces:
        places.append((at, at + piece.shape[1]))
        at += piece.shape[1] + side
    height = max(piece.shape[0] for piece in pieces)
    paper = int(np.percentile(column, 90))
    picture = np.full((height, at), paper, np.uint8)
    for piece, (start, end) in zip(pieces, places, strict=True):
        picture[: piece.shape[0], start:end] = piece
    return Row(pixels=picture, cells=tuple(cells), places=tuple(places))


def _piece(column: Pixels, cell: Cell, width: float, *, is_turned: bool) -> Pixels:
    """A cell's picture as high as the row, its ink where a horizontal line has it."""
    x0, y0, x1, y1 = cell.ink
    drawn = column[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1]
    if is_turned:
        drawn = np.rot90(drawn, 1)
    height, rim = round(width * (1 + 2 * RIM)), round(width * RIM)
    if drawn.shape[0] > height:
        scale = height / drawn.shape[0]
        drawn = cv2.resize(drawn, (max(1, round(drawn.shape[1] * scale)), height), interpolation=cv2.INTER_AREA)
    paper = int(np.percentile(column, 90))
    piece = np.full((height, max(drawn.shape[1] + 2, round(0.3 * width))), paper, np.uint8)
    top = height - rim - drawn.shape[0] if _is_mark(cell, width) else (height - drawn.shape[0]) // 2
    left = 1 if _is_mark(cell, width) else (piece.shape[1] - drawn.shape[1]) // 2
    piece[max(0, top) : max(0, top) + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return piece


def _is_mark(cell: Cell, width: float) -> bool:
    return max(cell.width, cell.height) < MARK * width


def lying_cells(cells: Sequence[Cell], width: float) -> frozenset[int]:
    """Cells that may hold a sign on its side."""
    return frozenset(index for index, cell in enumerate(cells) if _may_lie(cell, width))


def _may_lie(cell: Cell, width: float) -> bool:
    is_flat = STROKE * width < cell.height < FLAT * width and cell.width > cell.height * 1.3
    is_thin = cell.width < THIN * width and cell.height > LONG * width
    return is_flat or is_thin


def merge_readings(row: Row, upright: Reading, turned: Reading, width: float) -> Reading:
    """One reading of a column: signs on their side from ``turned``, the rest from ``upright``, places down the column.

    Both readings are of rows with the same cells; centres become rows of the column's picture.
    """
    lying = _read_lying(row, turned, width)
    chars: list[tuple[str, float, float, tuple[tuple[str, float], ...]]] = []
    used: set[int] = set()
    alternatives = upright.alternatives or ((),) * len(upright.text)
    for char, x, confidence, others in zip(
        upright.text, upright.centers, upright.confidences, alternatives, strict=True
    ):
        index = row.cell_at(x)
        sign = lying.get(index)
        if sign is not None and _gives_way(char, confidence, sign[1], row.cells[index], width):
            if index not in used:
                chars.append((sign[0], row.cells[index].center, sign[1], ()))
            used.add(index)
        elif not char.isspace():
            chars.append((char.translate(FORMS), row.cells[index].center, confidence, others))
            used.add(index)
    chars += [(sign, row.cells[index].center, share, ()) for index, (sign, share) in lying.items() if index not in used]
    chars.sort(key=lambda item: item[1])
    return Reading(
        text=_wide_marks("".join(char for char, *_ in chars)),
        centers=tuple(center for _, center, _, _ in chars),
        confidences=tuple(confidence for _, _, confidence, _ in chars),
        alternatives=tuple(others for *_, others in chars),
    )


def _wide_marks(text: str) -> str:
    """``text`` with marks as vertical print has them: full-width, but for those inside figures."""
    return "".join(char if _is_in_figure(text, at) else char.translate(WIDE_MARKS) for at, char in enumerate(text))


def _is_in_figure(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit() and text[at] in ".,:"


def _read_lying(row: Row, turned: Reading, width: float) -> dict[int, tuple[str, float]]:
    """What cells with signs on their side say once they are turned."""
    candidates = lying_cells(row.cells, width)
    found: dict[int, tuple[str, float]] = {}
    for char, x, confidence in zip(turned.text, turned.centers, turned.confidences, strict=True):
        index = row.cell_at(x)
        is_thin = row.cells[index].width < THIN * width
        sign = "—" if is_thin and char in "一-–—" else char
        if index in candidates and sign in LYING and (is_thin == (sign in "—…")):
            found[index] = sign, confidence
    return found


def _gives_way(char: str, confidence: float, turned: float, cell: Cell, width: float) -> bool:
    """Whether the upright reading of a cell gives way to the one on its side."""
    if cell.width < THIN * width:
        return char in UPRIGHT_BAR
    return char not in "一二" or confidence < turned


def read_columns(columns: Sequence[Pixels], read: Callable[[Sequence[Pixels]], Sequence[Reading]]) -> list[Reading]:
    """What columns of vertical print say; the centres of a reading are rows of its column's picture."""
    found = [find_cells(column) for column in columns]
    whole = {at: set_in_row(columns[at], cells, width) for at, (cells, width) in enumerate(found) if cells}
    lying = {at: lying_cells(*found[at]) for at in whole}
    turned = {at: set_in_row(columns[at], *found[at], turned=lying[at]) for at in whole if lying[at]}
    readings = read([*(row.pixels for row in whole.values()), *(row.pixels for row in turned.values())])
    upright = dict(zip(whole, readings, strict=False))
    aside = dict(zip(turned, readings[len(whole) :], strict=True))
    return [
        merge_readings(whole[at], upright[at], aside.get(at, Reading()), found[at][1]) if at in whole else Reading()
        for at in range(len(columns))
    ]


# Rules between columns and bands, and frames: longer than this share of the page's longer side, thinner than that one
# of it; characters of the largest titles have shorter strokes.
RULE, RULE_THICK = 0.12, 0.006


def without_level_rules(page: Pixels) -> Pixels:
    """A page without its level rules: where columns lie as lines, those between columns are taken for strokes."""
    dark = cv2.adaptiveThreshold(page, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    side = max(dark.shape)
    long, thick = max(3, round(RULE * side)), max(3, round(RULE_THICK * side))
    # A rule that leans a little is cut into steps: closed across, it is whole again.
    level = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    rules = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    thin = rules - cv2.morphologyEx(rules, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8))
    around = cv2.dilate(thin, np.ones((5, 3), np.uint8))
    return np.where(around > 0, np.percentile(page, 75), page).astype(np.uint8) if thin.any() else page


def without_standing_rules(page: Pixels) -> Pixels:
    """A page without the rules that stand on it: between bands they part the columns, which end there."""
    return np.ascontiguousarray(without_level_rules(np.ascontiguousarray(page.T)).T)


# Lines that run down on a page of horizontal text: vertical titles, and labels set on their side.

# Chinese fills a column with 0.75 characters a width and more.
LEAST_CHARS = 0.6
# A column of upright characters is believed before a line on its side unless that is so much surer: readers know both.
SURER = 1.2

Read = Callable[[Sequence[Pixels]], Sequence[Reading]]


def read_standing(columns: Sequence[Pixels], read: Read) -> list[Reading]:
    """What lines that run down say; the centres are rows of their pictures."""
    if not columns:
        return []
    down = read_columns(columns, read)
    rising = read([np.ascontiguousarray(np.rot90(column, -1)) for column in columns])
    falling = read([np.ascontiguousarray(np.rot90(column, 1)) for column in columns])
    return [
        _surest(column, upright, _flipped(up, column), fall)
        for column, upright, up, fall in zip(columns, down, rising, falling, strict=True)
    ]


def _flipped(reading: Reading, column: Pixels) -> Reading:
    """A line that rises, its centres counted from the column's top."""
    return Reading(
        text=reading.text,
        centers=tuple(column.shape[0] - x for x in reading.centers),
        confidences=reading.confidences,
        alternatives=reading.alternatives,
    )


def _surest(column: Pixels, upright: Reading, *aside: Reading) -> Reading:
    best = max(aside, key=lambda reading: _certainty(reading, column))
    return best if _certainty(best, column) > SURER * _certainty(upright, column) else upright


def _certainty(reading: Reading, column: Pixels) -> float:
    expected = LEAST_CHARS * column.shape[0] / max(1, column.shape[1])
    return float(sum(reading.confidences) / max(1.0, len(reading.text), expected))


def standing_line(line_id: str, reading: Reading, origin: Box, to_upright: Transform, letter: str) -> Line:
    """A line that runs down: its characters lie over each other, each with its ink's extent in the line's box."""
    box = to_upright.box(origin).rounded()
    count, height = len(reading.text), max(1.0, origin.height)
    half = 0.5 * min(origin.width, height / max(1, count))
    return Line(
        id=line_id,
        text=reading.text,
        box=box,
        lefts=(box.x0,) * count,
        rights=(box.x1,) * count,
        confidences=tuple(round(value, 4) for value in reading.confidences),
        readers=letter * count,
        weights=(0.0,) * count,
        tops=tuple(round(max(0.0, (center - half) / height), 3) for center in reading.centers),
        bottoms=tuple(round(min(1.0, (center + half) / height), 3) for center in reading.centers),
        doubts=doubts_of(reading, letter),
    )
