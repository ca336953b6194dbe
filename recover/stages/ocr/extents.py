"""The top and bottom of each character's own ink: what reaches into its column from a neighbour doesn't count.

A slash leans over the figure before it: cut between columns, a raised 3 before it would reach down to the line.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Left, right, stroke weight, top, bottom of a character, in pixels.
Measured = tuple[float, float, float, float, float]
# A blob of ink with this share of its width inside a column is that character's; with less than half it is not.
OWN, SHARED = 0.7, 0.5


def own_extents(measured: Sequence[Measured], cuts: Sequence[int], blobs: npt.NDArray[np.int32]) -> list[Measured]:
    """``measured`` with tops and bottoms of whole blobs where each of a character's blobs is its own."""
    if not len(blobs):
        return list(measured)
    edges = np.asarray(cuts)
    inside = np.minimum(blobs[:, 2, None], edges[1:]) - np.maximum(blobs[:, 0, None], edges[:-1])
    share = np.maximum(inside, 0) / np.maximum(1, blobs[:, 2] - blobs[:, 0])[:, None]
    own, shared = share >= OWN, (share >= SHARED) & (share < OWN)
    is_clear = own.any(axis=0) & ~shared.any(axis=0)
    tops = np.where(own, blobs[:, 1, None], np.iinfo(np.int32).max).min(axis=0)
    bottoms = np.where(own, blobs[:, 3, None], -1).max(axis=0)
    return [
        (*char[:3], float(tops[at]), float(bottoms[at])) if is_clear[at] and char[2] > 0 else char
        for at, char in enumerate(measured)
    ]
