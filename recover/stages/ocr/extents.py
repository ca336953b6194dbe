"""The top and bottom of each character's own ink: what reaches into its column from a neighbour doesn't count.

A slash leans over the figure before it: cut between columns, a raised 3 before it would reach down to the line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from recover.text.scripts import is_wide

Columns = npt.NDArray[np.float32]
# Left, right, stroke weight, top, bottom of a character, in pixels.
Measured = tuple[float, float, float, float, float]
# A blob of ink with this share of its width inside a column is that character's; with less than that it is not, and
# what lies between may be: characters that touch. A slash may lean over half of its neighbour.
OWN, FOREIGN, FOREIGN_SLASH = 0.7, 0.2, 0.5
_SLASHES = frozenset("/\\")
_SIGNS = frozenset("-–−+.·")


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
    _give_slashes(own, blobs, text, [char[2] > 0 for char in measured])
    is_clear = own.any(axis=0) & ~shared.any(axis=0)
    tops = np.where(own, blobs[:, 1, None], np.iinfo(np.int32).max).min(axis=0)
    bottoms = np.where(own, blobs[:, 3, None], -1).max(axis=0)
    return [
        (*char[:3], float(tops[at]), float(bottoms[at])) if is_clear[at] and char[2] > 0 else char
        for at, char in enumerate(measured)
    ]


def _give_slashes(own: npt.NDArray[np.bool_], blobs: npt.NDArray[np.int32], text: str, has_ink: Sequence[bool]) -> None:
    """The last blob of the character before it to a slash that leans over it wholly."""
    for at in range(1, len(text)):
        held = np.flatnonzero(own[:, at - 1])
        if text[at] in _SLASHES and not has_ink[at] and held.size > 1:
            own[held[np.argmax(blobs[held, 2])], at - 1] = False


def with_empty_filled(cuts: Sequence[int], columns: Columns, text: str) -> list[int]:
    """``cuts`` with those moved that left a character without ink and gave its neighbour that of two."""
    moved = list(cuts)
    # A sign may be so faint that it has no ink at all.
    for at in sorted(range(len(text)), key=lambda place: text[place] in _SIGNS):
        if text[at].isspace() or columns[moved[at] : moved[at + 1]].any():
            continue
        for part in (_white, _thin):
            if at + 1 < len(text) and (place := _parted(part, columns, moved, at + 1, text, 0)):
                moved[at + 1] = place
                break
            if at and (place := _parted(part, columns, moved, at - 1, text, -1)):
                moved[at] = place
                break
    return moved


def _parted(
    part: Callable[[Columns, int], int | None],
    columns: Columns,
    cuts: Sequence[int],
    at: int,
    text: str,
    which: int,
) -> int | None:
    """Where to part the column of ``text[at]``, if it may hold two characters; first (0) or last (-1) of the places."""
    if is_wide(text[at]) or text[at].isspace():
        return None
    inked = np.flatnonzero(columns[cuts[at] : cuts[at + 1]])
    if inked.size < 2:
        return None
    first, last = cuts[at] + int(inked[0]), cuts[at] + int(inked[-1])
    place = part(columns[first : last + 1], which)
    return first + place if place else None


def _white(ink: Columns, which: int) -> int | None:
    white = np.flatnonzero(ink == 0)
    return int(white[which]) if white.size else None


def _thin(ink: Columns, which: int) -> int | None:  # noqa: ARG001 there is one thinnest place
    rim = ink.size // 4
    return rim + int(ink[rim:-rim].argmin()) if rim else None


def _is_by_slash(text: str, at: int) -> bool:
    return not _SLASHES.isdisjoint(text[max(0, at - 1) : at + 2])
