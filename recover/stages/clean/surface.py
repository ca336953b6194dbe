"""The surface of one photographed page: what is level on it, and where its lines begin and end.

Along a line of print the level never changes, wherever the camera stood and however the page bends. The level is
sought as y plus a polynomial of x and y that keeps every line's points together; no line needs to be straight.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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
