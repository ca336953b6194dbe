"""A photographed book: its pages found, parted and made level, side by side on one flat picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from recover.model.geometry import Box, Mesh, Transform
from recover.model.raster import Pixels, Raster
from recover.stages.clean.bend import WHITE

Course = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

# The level's terms, as powers of x and y; without x there is y alone, so lines keep their distances.
TERMS = tuple((i, j) for i in (1, 2, 3, 4) for j in (0, 1, 2) if i + j <= 4)
# A line's course is looked at in so many places; lines that leave the level by more than this, in heights of type,
# are none of the page's.
STOPS, STRAY, ROUNDS = 24, 0.5, 4
# So many lines tell a page's surface.
MIN_LINES = 5
# Keeps terms that nothing tells near 0.
STIFFNESS = 1e-3
# Two lines' ends tell a margin when so many heights of type lie between them; other ends agree within a part of one.
APART, AGREE, MIN_AGREE = 4.0, 0.5, 4


class Surface(NamedTuple):
    """The level of a page's points: its terms' weights, and the place and size by which x and y are measured."""

    weights: Floats
    center: tuple[float, float]
    size: float

    def level(self, x: Floats, y: Floats) -> Floats:
        """How low points stand on the page, in pixels."""
        return y + self.size * (_terms(x, y, self.center, self.size) @ self.weights)


def _terms(x: Floats, y: Floats, center: tuple[float, float], size: float) -> Floats:
    u, v = (x - center[0]) / size, (y - center[1]) / size
    return np.stack([u**i * v**j for i, j in TERMS], axis=-1)


def thinned(course: Course) -> Course:
    """A course at STOPS places."""
    stops = np.linspace(0, len(course) - 1, STOPS).round().astype(int)
    return np.asarray(course[stops], np.float32)


def fit_surface(courses: Sequence[Course], em: float) -> tuple[Surface, list[Course]] | None:
    """The surface on which most of the courses are level, and those courses; None for too few."""
    kept = list(courses)
    points = np.concatenate([thinned(course) for course in kept]).astype(np.float64)
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    center = (float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2)
    size = float((high - low).max()) / 2
    surface = None
    for _ in range(ROUNDS):
        if len(kept) < MIN_LINES:
            return None
        surface = Surface(_weights(kept, center, size), center, size)
        fitting = [course for course in courses if _spread(surface, course) < STRAY * em]
        if len(fitting) == len(kept):
            break
        kept = fitting
    return (surface, kept) if surface is not None and len(kept) >= MIN_LINES else None


def _weights(courses: Sequence[Course], center: tuple[float, float], size: float) -> Floats:
    """The weights that keep every course level, by least squares."""
    sides, goals = [], []
    for course in courses:
        stops = thinned(course).astype(np.float64)
        terms = _terms(stops[:, 0], stops[:, 1], center, size)
        long = np.sqrt(np.ptp(stops[:, 0]) / size)
        sides.append(long * (terms - terms.mean(axis=0)))
        goals.append(long * (stops[:, 1].mean() - stops[:, 1]) / size)
    stiff = STIFFNESS * np.sqrt(len(courses) * STOPS) * np.diag([i + j - 1.0 for i, j in TERMS])
    found, *_ = np.linalg.lstsq(
        np.concatenate([*sides, stiff]), np.concatenate([*goals, np.zeros(len(TERMS))]), rcond=None
    )
    return np.asarray(found, np.float64)


def _spread(surface: Surface, course: Course) -> float:
    """By how much a course leaves its level, the odd end aside."""
    stops = thinned(course).astype(np.float64)
    levels = surface.level(stops[:, 0], stops[:, 1])
    return float(np.quantile(np.abs(levels - np.median(levels)), 0.9))


def margin(ends: Sequence[tuple[float, float]], em: float, side: int) -> tuple[float, float] | None:
    """The edge that most lines share, as x = a + b·level: of their starts (side -1) or of their ends (side 1).

    Lines may stop short of their edge, as paragraphs do, but hardly reach beyond it. None where no edge shows.
    """
    places = np.array(ends, np.float64)
    best, chosen = MIN_AGREE - 1.0, None
    for one, two in itertools.combinations(range(len(places)), 2):
        rise = places[two, 1] - places[one, 1]
        if abs(rise) < APART * em:
            continue
        lean = (places[two, 0] - places[one, 0]) / rise
        off = side * (places[:, 0] - places[one, 0] - lean * (places[:, 1] - places[one, 1]))
        inside = np.abs(off) < AGREE * em
        votes = float(inside.sum()) - float((off >= AGREE * em).sum()) - 0.2 * float(np.abs(off[inside]).mean()) / em
        if votes > best and abs(lean) < 1:
            best, chosen = votes, (float(places[one, 0] - lean * places[one, 1]), float(lean))
    return chosen


Places = npt.NDArray[np.float32]

# Boxes around sloping lines reach into each other: so many of a page's lines do, by so much of their height.
TANGLED, REACH = 0.3, 0.3
# Lines of a scan differ in slope by a part of a degree.
SLOPES_DIFFER_DEGREES = 1.2
# A course is a line's when it is so much longer than high; the type is so much higher than a line's core's half.
MIN_RATIO, EM_OVER_HALF_CORE = 4.0, 3.4
# Nothing is cut where two pages meet: the gutter crosses no line, and is at least so wide, in heights of type.
GUTTER, PLACES, LEAST_SIDE = 0.8, 60, 0.15
# A surface that so little of the print follows, by the lines' lengths, is none.
MOST = 0.8
# White around the print, and between the pages, in heights of type.
RIM, GAP = 2.0, 3.0
# Short lines are the page's up to so far above and below it, in heights of type, and beside it, in its widths.
NEAR, SLACK = 6.0, 0.05
# A line is print on the desk when it stands so far from the others, in heights of type, on a ground so much other.
ALONE, OTHER_GROUND = 4.5, 0.12
# Knots of a page's mesh each way.
KNOTS = 40


# An edge of the print: its x at level 0, and by how much x grows a level.
Edge = tuple[float, float]


class Sheet(NamedTuple):
    """One flat page: where its pixels lie on the photograph, one knot every so many pixels."""

    xs: Floats
    ys: Floats
    width: int
    height: int


def is_tangled(lines: Sequence[Box]) -> bool:
    """Whether boxes of lines reach into each other, as those of lines that slope."""
    if not lines:
        return False
    x0, y0, x1, y1 = np.array([(line.x0, line.y0, line.x1, line.y1) for line in lines]).T
    wide = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    high = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    reaching = (high > REACH * np.minimum((y1 - y0)[:, None], y1 - y0)) & (wide > 2 * high)
    np.fill_diagonal(reaching, val=False)
    return float(reaching.any(axis=1).mean()) > TANGLED


def flat_pages(photograph: Raster, courses: Sequence[Course]) -> Raster | None:
    """The pages of a photograph, level and side by side; None when its lines tell of no bent or tilted page."""
    lines = [course for course in courses if np.ptp(course[:, 0]) > MIN_RATIO * 2 * float(np.median(course[:, 2]))]
    short = [course for course in courses if not any(course is line for line in lines)]
    if len(lines) < 2 or not _slopes_differ(lines):
        return None
    em = EM_OVER_HALF_CORE * float(np.median(np.concatenate([course[:, 2] for course in lines])))
    sheets = []
    for page in _parted(lines, em):
        fitted = fit_surface(page, em)
        if fitted is None:
            return None
        surface, level = fitted
        if _length(level) < MOST * _length(page):
            return None
        sheet = _sheet(surface, _on_paper(photograph.pixels, surface, level, em), short, em)
        if sheet is None:
            return None
        sheets.append(sheet)
    return _side_by_side(photograph, sheets, em)


def _length(lines: Sequence[Course]) -> float:
    return sum(float(np.ptp(line[:, 0])) for line in lines)


def _slopes_differ(lines: Sequence[Course]) -> bool:
    """Whether the lines, weighed by their lengths, run in different directions."""
    slopes = np.array([np.degrees(np.arctan(np.polyfit(line[:, 0], line[:, 1], 1)[0])) for line in lines])
    weights = np.array([np.ptp(line[:, 0]) for line in lines])
    mean = float(np.average(slopes, weights=weights))
    return float(np.sqrt(np.average((slopes - mean) ** 2, weights=weights))) > SLOPES_DIFFER_DEGREES


def _parted(lines: Sequence[Course], em: float) -> list[list[Course]]:
    """The lines of the left page and those of the right; all of them together where no gutter shows."""
    low, high = min(float(line[0, 0]) for line in lines), max(float(line[-1, 0]) for line in lines)
    top, bottom = min(float(line[0, 1]) for line in lines), max(float(line[0, 1]) for line in lines)
    widest, chosen = GUTTER * em, None
    total = _length(lines)
    long = np.array([np.ptp(line[:, 0]) for line in lines], np.float64)
    starts, ends = (np.array([line[at, :2] for line in lines], np.float64) for at in (0, -1))
    for upper, lower in itertools.product(np.linspace(low, high, PLACES), repeat=2):
        lean = (lower - upper) / max(1.0, bottom - top)
        after = starts[:, 0] - upper - lean * (starts[:, 1] - top)
        before = upper + lean * (ends[:, 1] - top) - ends[:, 0]
        gap = np.maximum(after, before)
        right = float(long[after > 0].sum())
        free = float(gap.min())
        if free > widest and LEAST_SIDE * total < right < (1 - LEAST_SIDE) * total:
            widest, chosen = free, after > 0
    if chosen is None:
        return [list(lines)]
    return [[line for line, right in zip(lines, chosen, strict=True) if right == side] for side in (False, True)]


def _sheet(surface: Surface, lines: Sequence[Course], short: Sequence[Course], em: float) -> Sheet | None:
    """A page as far as its print reaches; None for a surface that folds over itself."""
    starts = [_end(surface, line, 0) for line in lines]
    ends = [_end(surface, line, -1) for line in lines]
    lefts, rights = margin(starts, em, -1), margin(ends, em, 1)
    middle = float(np.mean([level for _, level in (*starts, *ends)]))
    (left, left_lean), (right, right_lean) = edges = _edges(lefts, rights, starts, ends)
    wide = right + right_lean * middle - left - left_lean * middle
    print_ends = [*starts, *ends, *_beside(surface, short, edges, (*starts, *ends), em)]
    levels = [level for _, level in print_ends]
    top, bottom = min(levels) - RIM * em, max(levels) + RIM * em
    flat = [_across(x, level, *edges) for x, level in print_ends]
    first, last = min(flat) - RIM * em / wide, max(flat) + RIM * em / wide
    shares, rows = np.meshgrid(np.linspace(first, last, KNOTS), np.linspace(top, bottom, KNOTS))
    xs = left + left_lean * rows + shares * (right - left + (right_lean - left_lean) * rows)
    ys = _lowered(surface, xs, rows, em)
    return None if ys is None else Sheet(xs, ys, round((last - first) * wide), round(bottom - top))


def _on_paper(pixels: Pixels, surface: Surface, lines: Sequence[Course], em: float) -> list[Course]:
    """The lines without those that stand far from all others and on another ground: print on the desk."""
    levels = np.array([_end(surface, line, len(line) // 2)[1] for line in lines])
    grounds = np.array([_ground(pixels, line) for line in lines])
    usual = float(np.median(grounds))
    order = np.argsort(levels)
    steps = np.diff(levels[order], prepend=-np.inf, append=np.inf)
    alone = np.zeros(len(lines), bool)
    alone[order] = np.minimum(steps[:-1], steps[1:]) > ALONE * em
    foreign = alone & (np.abs(grounds - usual) > OTHER_GROUND * usual)
    return [line for line, is_foreign in zip(lines, foreign, strict=True) if not is_foreign]


def _ground(pixels: Pixels, line: Course) -> float:
    """How light the paper around a line's middle is."""
    reach = 3 * float(np.median(line[:, 2]))
    x0, x1, y = float(line[0, 0]), float(line[-1, 0]), float(np.median(line[:, 1]))
    band = pixels[max(0, int(y - reach)) : int(y + reach) + 1, max(0, int(x0)) : int(x1) + 1]
    return float(np.quantile(band, 0.7)) if band.size else float(WHITE)


def _beside(
    surface: Surface,
    short: Sequence[Course],
    edges: tuple[Edge, Edge],
    ends: Sequence[tuple[float, float]],
    em: float,
) -> list[tuple[float, float]]:
    """The ends of what is too short to tell a slope, as a page's number, and stands above, between or below lines."""
    top, bottom = min(level for _, level in ends), max(level for _, level in ends)
    found = []
    for course in short:
        both = [_end(surface, course, at) for at in (0, -1)]
        within = all(-SLACK < _across(x, level, *edges) < 1 + SLACK for x, level in both)
        if within and all(top - NEAR * em < level < bottom + NEAR * em for _, level in both):
            found += both
    return found


def _end(surface: Surface, line: Course, at: int) -> tuple[float, float]:
    """The x and the level of a course's end."""
    x, y = np.array([line[at, 0]], np.float64), np.array([line[at, 1]], np.float64)
    return float(x[0]), float(surface.level(x, y)[0])


def _across(x: float, level: float, left: Edge, right: Edge) -> float:
    """How far a point stands from the left edge to the right, as a share."""
    edge, other = left[0] + left[1] * level, right[0] + right[1] * level
    return (x - edge) / max(1.0, other - edge)


def _edges(
    lefts: Edge | None,
    rights: Edge | None,
    starts: Sequence[tuple[float, float]],
    ends: Sequence[tuple[float, float]],
) -> tuple[Edge, Edge]:
    """Both edges of the print; an edge that doesn't show leans as the other does."""
    if lefts is None:
        lean = rights[1] if rights else 0.0
        lefts = min(x - lean * level for x, level in starts), lean
    if rights is None:
        lean = lefts[1]
        rights = max(x - lean * level for x, level in ends), lean
    return lefts, rights


def _lowered(surface: Surface, xs: Floats, levels: Floats, em: float) -> Floats | None:
    """The y of points by their x and level, None where levels don't rise with y."""
    ys = levels.copy()
    for _ in range(30):
        slope = (surface.level(xs, ys + 1.0) - surface.level(xs, ys - 1.0)) / 2
        if float(slope.min()) < 0.2:
            return None
        ys = ys - np.clip((surface.level(xs, ys) - levels) / slope, -10 * em, 10 * em)
    return ys if float(np.abs(surface.level(xs, ys) - levels).max()) < 1.0 else None


def _side_by_side(photograph: Raster, sheets: Sequence[Sheet], em: float) -> Raster:
    """The flat pages on one picture, with the map back to the photograph."""
    gap, height = round(GAP * em), max(sheet.height for sheet in sheets)
    maps = [[_grown(plane, sheet.width, sheet.height, height) for plane in (sheet.xs, sheet.ys)] for sheet in sheets]
    across, down = (_joined([pair[plane] for pair in maps], gap) for plane in (0, 1))
    pixels = cv2.remap(
        photograph.pixels, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE
    )
    left = 0
    for sheet in sheets:
        pixels[sheet.height :, left : left + sheet.width] = WHITE
        left += sheet.width
        pixels[:, left : left + gap] = WHITE
        left += gap
    return Raster(pixels=np.asarray(pixels, np.uint8), to_page=_back(photograph, across, down, round(em)))


def _grown(plane: Floats, width: int, height: int, full_height: int) -> Places:
    """A plane of knots at every pixel: the first and the last knot lie on the sheet's first and last pixel."""
    column = np.linspace(0, plane.shape[1] - 1, width, dtype=np.float32)
    row = np.linspace(0, plane.shape[0] - 1, height, dtype=np.float32)
    grid_x, grid_y = np.meshgrid(column, row)
    grown = cv2.remap(plane.astype(np.float32), grid_x, grid_y, cv2.INTER_LINEAR)
    return np.pad(np.asarray(grown, np.float32), ((0, full_height - height), (0, 0)), mode="edge")


def _joined(planes: Sequence[Places], gap: int) -> Places:
    """Planes side by side, each leading over to the next in the gap."""
    joined = planes[0]
    for plane in planes[1:]:
        shares = np.linspace(0, 1, gap, dtype=np.float32)[None, :]
        joined = np.hstack([joined, joined[:, -1:] * (1 - shares) + plane[:, :1] * shares, plane])
    return joined


def _back(photograph: Raster, across: Places, down: Places, step: int) -> Transform:
    """The map from the flat picture to the page, its mesh in points: its scale is the photograph's."""
    scale, xs, ys = photograph.scale, across[::step, ::step], down[::step, ::step]
    mesh = Mesh(xs.shape[1], step * scale, step * scale, tuple(map(float, xs.ravel())), tuple(map(float, ys.ravel())))
    return Transform(a=scale, e=scale, mesh=mesh).then(photograph.to_page)
