"""The best place of a text inside a longer one: Levenshtein distance with free ends (Sellers' algorithm)."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]


class Infix(msgspec.Struct, frozen=True):
    """``target[start:end]`` is ``distance`` edits away from the query, and no other part is nearer."""

    distance: int
    start: int
    end: int


def find_infix(query: str, target: str, after: int = 0) -> Infix:
    """The nearest part of ``target``; of equally near ones the first that ends behind ``after``."""
    costs = _end_costs(_codes(query), _codes(target))
    best = int(costs.min())
    ends = np.flatnonzero(costs == best)
    later = ends[ends > after]
    end = int(later[0] if later.size else ends[0])
    # Read backwards from the end, the same search finds where that part begins.
    window = target[max(0, end - 2 * len(query) - best) : end]
    back = _end_costs(_codes(query[::-1]), _codes(window[::-1]))
    return Infix(best, end - int(np.flatnonzero(back == best)[0]), end)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.int32)


def _end_costs(query: Codes, target: Codes) -> Codes:
    """For every end in the target, the fewest edits to a part that ends there; one row a query character."""
    positions = np.arange(len(target) + 1, dtype=np.int32)
    row = np.zeros(len(target) + 1, dtype=np.int32)
    for count, code in enumerate(query, 1):
        above = row + 1
        above[1:] = np.minimum(above[1:], row[:-1] + (target != code))
        above[0] = count
        # min over k <= j of above[k] + (j - k): an insertion costs one a step.
        row = np.minimum.accumulate(above - positions) + positions
    return row
