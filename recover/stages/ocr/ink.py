"""Ink: the dark pixels of a line, and what they tell of each character: its edges, its height, its weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_wide
from recover.model.raster import Pixels

Mask = npt.NDArray[np.uint8]
# Left, top, right and bottom of each blob of ink, in pixels.
Blobs = npt.NDArray[np.int32]
# Specks are smaller than this share of the line's height squared; a full stop is three times as large.
SPECK = 0.004
# A raised minus is as small: a stroke, this wide over the line's height.
MINUS_WIDTH = 0.09


class CharInk(msgspec.Struct, frozen=True, kw_only=True):
    """Per character: left and right edge in pixels, stroke weight in pixels, ink's top and bottom in pixels."""

    lefts: tuple[float, ...] = ()
    rights: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    tops: tuple[float, ...] = ()
    bottoms: tuple[float, ...] = ()


def ink_mask(pixels: Pixels) -> Mask:
    """1 where there is ink; an empty mask where the picture has no contrast."""
    return inked(pixels)[0]


def inked(pixels: Pixels) -> tuple[Mask, Blobs]:
    """The mask of the ink and its connected blobs, without what is smaller than the smallest stop."""
    if pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < 24:
        return np.zeros(pixels.shape, np.uint8), np.zeros((0, 4), np.int32)
    _, drawn = cv2.threshold(pixels, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    mask = np.asarray(drawn, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < max(3.0, SPECK * mask.shape[0] ** 2)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small &= ~((wide >= MINUS_WIDTH * mask.shape[0]) & (wide >= 2 * high) & (stats[:, cv2.CC_STAT_AREA] > 3))
    small[0] = True
    kept = np.where(small[labels], 0, mask).astype(np.uint8) if count > 1 else mask
    left, top, width, height = stats[~small, :4].T
    return kept, np.stack((left, top, left + width, top + height), axis=1)


def measure_ink(pixels: Pixels, centers: Sequence[float], text: str) -> CharInk:
    """Cut a line between its characters' centres and measure each piece."""
    if not centers:
        return CharInk()
    mask, blobs = inked(pixels)
    columns = mask.sum(axis=0).astype(np.float32)
    cuts = with_empty_filled(_cuts(columns, centers, pixels.shape[0], text), columns, text)
    depth = _stroke_depth(pixels, mask)
    measured = [_measure(mask, depth, columns, cuts[i], cuts[i + 1], text[i]) for i in range(len(centers))]
    lefts, rights, weights, tops, bottoms = zip(*own_extents(measured, cuts, blobs, text), strict=True)
    return CharInk(lefts=lefts, rights=rights, weights=weights, tops=tops, bottoms=bottoms)


def _cuts(columns: npt.NDArray[np.float32], centers: Sequence[float], height: int, text: str) -> list[int]:
    """Where to cut: the whitest column between two centres, of several that where they should meet."""
    width = len(columns)
    first = max(0, round(centers[0] - height))
    last = min(width, round(centers[-1] + height))
    cuts = [first]
    cells = [2 if is_wide(char) else 1 for char in text]
    for at, (left, right) in enumerate(pairwise(centers)):
        low, high = int(left), max(int(left) + 1, int(np.ceil(right)))
        between = columns[low:high]
        if between.size == 0:
            cuts.append(min(width, low))
            continue
        # A letter is half as wide as Han, whose own strokes leave white between them.
        middle = left + (right - left) * cells[at] / (cells[at] + cells[at + 1]) - low
        cuts.append(low + _whitest(between, middle))
    return [*cuts, last]


def _whitest(between: npt.NDArray[np.float32], middle: float) -> int:
    """The whitest column; of several the one nearest ``middle``, wide white before a gap between strokes."""
    inked = np.concatenate(([0], np.flatnonzero(between) + 1, [between.size + 1]))
    distance = np.abs(np.arange(between.size) - middle) / max(1.0, between.size)
    starts, lengths = inked[:-1], np.diff(inked) - 1
    if not (lengths > 0).any():
        return int(np.argmin(between + distance))
    nearest = np.clip(middle, starts, starts + np.maximum(lengths - 1, 0))
    best = int(np.argmin(np.where(lengths > 0, np.abs(nearest - middle) - lengths, np.inf)))
    return int(nearest[best])


def _stroke_depth(pixels: Pixels, mask: Mask) -> npt.NDArray[np.float32]:
    """Each column's summed darkness between paper (0) and ink (1): blur spreads it without changing it."""
    inside = pixels[mask > 0]
    if inside.size == 0:
        return np.zeros(pixels.shape[1], np.float32)
    black = float(np.percentile(inside, 10))
    white = float(np.percentile(pixels[mask == 0], 60)) if (mask == 0).any() else 255.0
    darkness = np.clip((white - pixels.astype(np.float32)) / max(1.0, white - black), 0, 1)
    return np.asarray(darkness.sum(axis=0), np.float32)


def _measure(
    mask: Mask, depth: npt.NDArray[np.float32], columns: npt.NDArray[np.float32], start: int, end: int, char: str
) -> Measured:
    height = mask.shape[0]
    inked = np.flatnonzero(columns[start:end])
    if char.isspace() or inked.size == 0:
        return float(start), float(max(start, end)), 0.0, 0.0, float(height)
    left, right = start + int(inked[0]), start + int(inked[-1]) + 1
    piece = mask[:, left:right]
    rows = np.flatnonzero(piece.any(axis=1))
    return (
        float(left),
        float(right),
        _stroke_width(piece, float(depth[left:right].sum())),
        float(rows[0]),
        float(rows[-1] + 1),
    )


def _stroke_width(piece: Mask, darkness: float) -> float:
    """Twice the ink over its outline: the mean stroke's thickness in pixels."""
    padded = np.pad(piece, 1)
    outline = int(
        np.abs(np.diff(padded.astype(np.int8), axis=0)).sum() + np.abs(np.diff(padded.astype(np.int8), axis=1)).sum()
    )
    # An outline walked along pixel sides is 4/pi longer than the curve it follows.
    return 2 * darkness / max(1.0, outline * np.pi / 4)


# The top and bottom of each character's own ink: what reaches into its column from a neighbour doesn't count.

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
