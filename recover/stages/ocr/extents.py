"""The top and bottom of each character's own ink: what reaches into its column from a neighbour doesn't count.

A slash leans over the figure before it: cut between columns, a raised 3 before it would reach down to the line.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Left, right, stroke weight, top, bottom of a character, in pixels.
Measured = tuple[float, float, float, float, float]
# A blob of ink with this share of its width inside a column is that character's; with less than that it is not, and
# what lies between may be: characters that touch. A slash may lean over half of its neighbour.
OWN, FOREIGN, FOREIGN_SLASH = 0.7, 0.2, 0.5
_SLASHES = frozenset("/\\")


def own_extents(
    measured: Sequence[Measured], cuts: Sequence[int], blobs: npt.NDArray[np.int32], text: str
) -> list[Measured]:
    """``measured`` with tops and bottoms of whole blobs where each of a character's blobs is its own."""
    if not len(blobs):
        return list(measured)
    edges = np.asarray(cuts)
    inside = np.minimum(blobs[:, 2, None], edges[1:]) - np.maximum(blobs[:, 0, None], edges[:-1])
    share = np.maximum(inside, 0) / np.maximum(1, blobs[:, 2] - blobs[:, 0])[:, None]
    foreign = np.array([FOREIGN_SLASH if _is_by_slash(text, at) else FOREIGN for at in range(len(text))])
    own, shared = share >= OWN, (share >= foreign) & (share < OWN)
    is_clear = own.any(axis=0) & ~shared.any(axis=0)
    tops = np.where(own, blobs[:, 1, None], np.iinfo(np.int32).max).min(axis=0)
    bottoms = np.where(own, blobs[:, 3, None], -1).max(axis=0)
    return [
        (*char[:3], float(tops[at]), float(bottoms[at])) if is_clear[at] and char[2] > 0 else char
        for at, char in enumerate(measured)
    ]


def with_empty_filled(cuts: Sequence[int], columns: npt.NDArray[np.float32], text: str) -> list[int]:
    """``cuts`` with those moved that left a character without ink and gave its neighbour that of two."""
    moved = list(cuts)
    for at, char in enumerate(text):
        if char.isspace() or columns[moved[at] : moved[at + 1]].any():
            continue
        if at + 1 < len(text) and (gap := _first_gap(columns, moved[at + 1], moved[at + 2])) is not None:
            moved[at + 1] = gap
        elif at and (gap := _last_gap(columns, moved[at - 1], moved[at])) is not None:
            moved[at] = gap
    return moved


def _is_by_slash(text: str, at: int) -> bool:
    return not _SLASHES.isdisjoint(text[max(0, at - 1) : at + 2])


def _first_gap(columns: npt.NDArray[np.float32], start: int, end: int) -> int | None:
    """The first white column behind ink and before other ink."""
    gaps = _gaps(columns, start, end)
    return start + int(gaps[0]) if gaps.size else None


def _last_gap(columns: npt.NDArray[np.float32], start: int, end: int) -> int | None:
    gaps = _gaps(columns, start, end)
    return start + int(gaps[-1]) if gaps.size else None


def _gaps(columns: npt.NDArray[np.float32], start: int, end: int) -> npt.NDArray[np.int64]:
    inked = np.flatnonzero(columns[start:end])
    if inked.size < 2:
        return np.zeros(0, np.int64)
    white = np.flatnonzero(columns[start:end] == 0)
    return white[(white > inked[0]) & (white < inked[-1])]
