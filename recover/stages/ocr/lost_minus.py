"""A raised minus that the reader passed over, told from its ink: 10⁻⁶ read as 10⁶ is another dose.

It is a flat blob of its own, high beside a letter or figure, before a raised figure or alone behind a letter (Cl⁻).
"""

from __future__ import annotations

import re
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from recover.model.raster import Pixels
from recover.model.reading import Reading
from recover.stages.ocr.ink import Blobs, inked

Value = TypeVar("Value")

# Sizes are shares of the line's height. Minuses of 5 typefaces measured .09 to .2 wide, .03 to .08 high.
NARROWEST, WIDEST, THICKEST, FLAT = 0.07, 0.26, 0.13, 1.7
# Its middle stands this high over the foot of its neighbour, as a share of a figure's height or of a small letter's.
HIGH, HIGH_OVER_SHORT = 0.58, 0.85
# A raised figure's foot stands so high, and its neighbour is this near.
RAISED_FOOT, NEAR = 0.22, 0.22
# Nobody measured these readings; of those on the bench nine in ten were right.
CONFIDENCE = 0.9
MINUS = "-"
# How such a minus is known again: what else it may be is nothing at all.
_PUT_IN = (("", 1 - CONFIDENCE),)
_MAY_HAVE = re.compile(r"10[\d⁰¹²³⁴-⁹]|[A-Za-z]")
_SIGNS = frozenset("-−–—~～=+_'’‘`\"“”^*⁻⁺¯·.:：;；÷±≤≥")
_SHORT = frozenset("acemnorsuvwxz")
_STANDS = re.compile(r"[A-Za-z0-9)\]₀-₉]")


def with_lost_minuses(reading: Reading, pixels: Pixels) -> Reading:
    """``reading`` of a line's ``pixels`` with the minuses it lacks."""
    if not reading.centers or not _MAY_HAVE.search(reading.text):
        return reading
    _, blobs = inked(pixels)
    places = {_place(blob, blobs, reading, pixels.shape[0]): _middle(blob) for blob in _flat(blobs, pixels.shape[0])}
    for at in sorted(places.keys() - {0}, reverse=True):
        reading = _with_minus(reading, at, places[at])
    return reading


def restored(reading: Reading) -> tuple[int, ...]:
    """The offsets of the minuses that were put into a reading."""
    told = zip(reading.text, reading.alternatives, strict=False)
    return tuple(at for at, (char, others) in enumerate(told) if char == MINUS and tuple(others) == _PUT_IN)


def _middle(blob: npt.NDArray[np.int32]) -> float:
    return float(blob[0] + blob[2]) / 2


def _flat(blobs: Blobs, height: int) -> list[npt.NDArray[np.int32]]:
    """Blobs shaped like a small minus that share their columns with no other."""
    wide, high = blobs[:, 2] - blobs[:, 0], blobs[:, 3] - blobs[:, 1]
    fits = (
        (wide >= NARROWEST * height)
        & (wide <= WIDEST * height)
        & (high <= max(2.0, THICKEST * height))
        & (wide >= FLAT * high)
    )
    found = []
    for blob in blobs[fits]:
        shared = np.minimum(blobs[:, 2], blob[2]) - np.maximum(blobs[:, 0], blob[0])
        if int((shared > 0.3 * (blob[2] - blob[0])).sum()) == 1:
            found.append(blob)
    return found


def _place(blob: npt.NDArray[np.int32], blobs: Blobs, reading: Reading, height: int) -> int:
    """The offset before which a minus is lost; 0 where none is."""
    left, right = _nearest(blob, blobs, -1), _nearest(blob, blobs, 1)
    if left is None or blob[0] - left[2] > NEAR * height:
        return 0
    at = _behind(left, reading)
    if not at or not _STANDS.match(reading.text[at - 1]) or not _SIGNS.isdisjoint(reading.text[at - 1 : at + 1]):
        return 0
    size = max(1, left[3] - left[1])
    rises = (left[3] - (blob[1] + blob[3]) / 2) / size
    if rises < (HIGH_OVER_SHORT if reading.text[at - 1] in _SHORT else HIGH):
        return 0
    following = reading.text[at : at + 1]
    if right is not None and right[0] - blob[2] <= NEAR * height and _is_figure(following):
        return at if left[3] - right[3] >= RAISED_FOOT * size else 0
    is_charge = reading.text[at - 1].isalpha() and not (following.isascii() and following.isalnum())
    return at if is_charge else 0


def _is_figure(char: str) -> bool:
    return char.isdecimal() or (bool(char) and char in "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _nearest(blob: npt.NDArray[np.int32], blobs: Blobs, side: int) -> npt.NDArray[np.int32] | None:
    """The next blob on the left (-1) or right (1), of those that are no stops."""
    beside = blobs[(blobs[:, 2] <= blob[0] + 1) if side < 0 else (blobs[:, 0] >= blob[2] - 1)]
    if not len(beside):
        return None
    return np.asarray(beside[beside[:, 2].argmax() if side < 0 else beside[:, 0].argmin()], np.int32)


def _behind(left: npt.NDArray[np.int32], reading: Reading) -> int:
    """The offset of the first character behind the blob's left neighbour."""
    middle = _middle(left)
    nearest = min(range(len(reading.centers)), key=lambda at: abs(reading.centers[at] - middle))
    return nearest + 1


def _with_minus(reading: Reading, at: int, x: float) -> Reading:
    return Reading(
        text=reading.text[:at] + MINUS + reading.text[at:],
        centers=_put(reading.centers, at, x),
        confidences=_put(reading.confidences, at, CONFIDENCE),
        alternatives=_put(reading.alternatives, at, _PUT_IN),
        spaces=_put(reading.spaces, at, 0.0),
        marks=_put(reading.marks, at, ("", 0.0)),
    )


def _put(values: tuple[Value, ...], at: int, value: Value) -> tuple[Value, ...]:
    return (*values[:at], value, *values[at:]) if values else ()
