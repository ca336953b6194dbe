"""A column of vertical print cut into the cells of its characters.

Chinese characters stand in square cells, one below the other. White rows part them, but also the parts of one
character (二, 三, 言); so the cuts are those that make cells as high as the column's pitch and cross little ink.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels

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
    return [(top + start, top + end) for start, end in pairwise(cuts)]


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
