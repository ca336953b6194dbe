"""Stretches of small type in a line: blobs of ink that stand off it, and what the reader said they are.

Heights are shares of a capital's.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_han, is_wide
from recover.model.page import Line
from recover.model.raster import Pixels
from recover.model.styles import LOWERED, RAISED
from recover.stages.type_styles.scripts import Frame, Shape, script_at, shape

Boxes = npt.NDArray[np.int32]

# A raised blob ends so high; a lowered one ends so deep and begins no higher.
LIFTED, SUNK, SUNK_TOP = 0.24, 0.06, 0.66
# A flat blob is a sign: raised with its middle above this. No blob of small type is higher than this, no sign thicker.
HIGH_SIGN, FLAT, TALLEST, WIDEST_SIGN, THIN = 0.56, 1.6, 0.95, 0.55, 0.26
# Small blobs farther apart than this are of two zones.
APART = 0.5
# Readings surer than this of as many characters as there are blobs are not looked at again.
SURE = 0.97
# Small type is no narrower than this a character.
NARROWEST = 0.13
# So many Han tell how wide they are; ink that is wider than that by so much is not one's own.
ENOUGH, TOO_WIDE = 3, 1.12
# White before raised type that could hold a minus too thin for a blob.
MINUS_ROOM = 0.25
_TWO_BLOBS = frozenset("ij=:;%÷±")
# What stands off the line by nature.
_OFF_LINE = frozenset("'\"’‘“”`´^~*°℃,.;:，。、；：·…_—=≤≥<>≈")
_TIMES_TEN = re.compile(r"[×xX*] ?10\Z")


class Picture(msgspec.Struct, frozen=True):
    """A line's picture, its left edge in points, the points of a pixel, and the boxes of its ink's blobs in pixels."""

    pixels: Pixels
    left: float
    scale: float
    blobs: Boxes


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of small type: its pixels' box, the characters read in it, how many blobs it has, its height."""

    start: int
    end: int
    kind: int
    box: tuple[int, int, int, int]
    parts: tuple[tuple[int, int, int, int], ...]
    others: tuple[tuple[int, int, int, int], ...]
    most: int
    height: float
    left: float
    right: float


class _Blob(msgspec.Struct, frozen=True):
    """A blob of ink, the character it stands at, and its kind: raised, lowered, or 0 for on the line."""

    box: tuple[int, int, int, int]
    at: int
    kind: int
    is_stranger: bool = False


def find_zones(line: Line, picture: Picture, frame: Frame) -> Iterator[Zone]:
    """Stretches of small type that the reader was unsure of, or where ink stands that it didn't read."""
    pixels, left, scale = picture.pixels, picture.left, picture.scale
    places = [((x0 - left) / scale, (x1 - left) / scale) for x0, x1 in zip(line.lefts, line.rights, strict=True)]
    boxes = sorted(tuple(map(int, box)) for box in picture.blobs)
    blobs = [blob for box in boxes if (blob := _placed(box, line, places, frame, pixels.shape[0]))]  # type: ignore[arg-type]
    blobs = _with_strangers(blobs, line, places, frame, pixels.shape[0])
    mains = _mains(blobs)
    blobs = [blob for blob in blobs if not (blob.kind and is_wide(line.text[blob.at])) or _is_before(blob, blobs)]
    shared = {blob.at for blob in blobs if not _is_over(mains[blob.at], blob)}
    blobs = [
        _as_read(blob, line, frame, pixels.shape[0], is_shared=blob.at in shared) if mains[blob.at] is blob else blob
        for blob in blobs
    ]
    mains = _mains(blobs)
    told = [script_at(line, at, frame) for at in range(len(line.text))]
    reach = APART * frame.capitals * pixels.shape[0]
    for run in _runs(blobs, mains, reach):
        zone = _zone(run, blobs, mains, line, NARROWEST * frame.capitals * pixels.shape[0])
        if zone is not None and _is_doubtful(zone, line, told, MINUS_ROOM * frame.capitals * pixels.shape[0]):
            x0, _, x1, _ = zone.box
            height = (zone.box[3] - zone.box[1]) / (frame.capitals * pixels.shape[0])
            yield msgspec.structs.replace(zone, left=left + scale * x0, right=left + scale * x1, height=height)


def _placed(
    box: tuple[int, int, int, int], line: Line, places: Sequence[tuple[float, float]], frame: Frame, height: int
) -> _Blob | None:
    middle = (box[0] + box[2]) / 2
    first = max(0, bisect_right(places, middle, key=lambda place: place[0]) - 2)
    near = [at for at in range(first, min(first + 4, len(places))) if line.weights[at]]
    if not near:
        return None
    # What no character's ink is stands at the nearest.
    at = min(near, key=lambda at: max(places[at][0] - middle, middle - places[at][1], 0))
    if max(places[at][0] - middle, middle - places[at][1]) > APART * frame.capitals * height:
        return None
    return _Blob(box, at, _kind(box, line.text[at], frame.baselines[at] * height, frame.capitals * height))


def _with_strangers(
    blobs: Sequence[_Blob], line: Line, places: Sequence[tuple[float, float]], frame: Frame, height: int
) -> list[_Blob]:
    """The blobs, with the kind of those that a Han character's place holds though it would be too wide with them."""
    widths = [x1 - x0 for char, (x0, x1) in zip(line.text, places, strict=True) if shape(char) is Shape.HAN]
    if len(widths) < ENOUGH:
        return list(blobs)
    cell = TOO_WIDE * statistics.median(widths)
    found = []
    for blob in blobs:
        mates = [other for other in blobs if other is not blob and other.at == blob.at]
        is_stranger = is_han(line.text[blob.at]) and _is_outermost(blob, mates)
        if is_stranger and places[blob.at][1] - places[blob.at][0] > cell:
            kind = _kind(blob.box, "1", frame.baselines[blob.at] * height, frame.capitals * height)
            found.append(msgspec.structs.replace(blob, kind=kind, is_stranger=kind != 0))
        else:
            found.append(blob)
    return found


def _is_outermost(blob: _Blob, mates: Sequence[_Blob]) -> bool:
    """Whether white parts a blob from all others of its character's place."""
    is_left = all(blob.box[2] < other.box[0] for other in mates)
    return bool(mates) and (is_left or all(blob.box[0] > other.box[2] for other in mates))


def _is_before(blob: _Blob, blobs: Sequence[_Blob]) -> bool:
    """Whether a sign in a Han character's place ends before all of that begins: the reader passed it over."""
    return blob.is_stranger or all(
        other is blob or other.at != blob.at or other.box[0] >= blob.box[2] for other in blobs
    )


def _as_read(blob: _Blob, line: Line, frame: Frame, height: int, *, is_shared: bool) -> _Blob:
    """The largest blob of a character stands as the character does.

    ``is_shared``: the character's place holds a blob of another.
    """
    char = line.text[blob.at]
    if char in _OFF_LINE and not _is_power(line.text, blob.at):
        return msgspec.structs.replace(blob, kind=0)
    if shape(char) is Shape.OTHER:
        return blob
    extent = (blob.box[1] / height, blob.box[3] / height) if is_shared else None
    return msgspec.structs.replace(blob, kind=script_at(line, blob.at, frame, extent))


def _is_power(text: str, at: int) -> bool:
    """Whether a ring stands behind ``×10``: a figure that was taken for a degree."""
    return text[at] == "°" and bool(_TIMES_TEN.search(text, 0, at))


def _kind(box: tuple[int, int, int, int], char: str, baseline: float, capital: float) -> int:
    is_flat = box[2] - box[0] >= FLAT * (box[3] - box[1])
    is_foreign = is_wide(char) or (not char.isascii() and shape(char) is Shape.OTHER)
    if is_foreign and not (is_flat and box[3] - box[1] <= THIN * capital and box[2] - box[0] <= WIDEST_SIGN * capital):
        return 0
    top, bottom = (baseline - box[1]) / capital, (baseline - box[3]) / capital
    if is_flat:
        return RAISED if (top + bottom) / 2 >= HIGH_SIGN else 0
    if bottom >= LIFTED and top - bottom <= TALLEST:
        return RAISED
    return LOWERED if bottom <= -SUNK and top <= SUNK_TOP else 0


def _mains(blobs: Sequence[_Blob]) -> Mapping[int, _Blob]:
    """Each character's largest blob."""
    mains: dict[int, _Blob] = {}
    for blob in blobs:
        if blob.at not in mains or _area(blob) > _area(mains[blob.at]):
            mains[blob.at] = blob
    return mains


def _area(blob: _Blob) -> int:
    return (blob.box[2] - blob.box[0]) * (blob.box[3] - blob.box[1])


def _runs(blobs: Sequence[_Blob], mains: Mapping[int, _Blob], reach: float) -> list[list[_Blob]]:
    """Neighbouring blobs of one kind that stand off the line."""
    runs: list[list[_Blob]] = []
    before = None
    for blob in blobs:
        if before is not None and before.kind and blob is not mains[blob.at] and _is_over(before, blob):
            runs[-1].append(blob)
            continue
        if blob.kind:
            is_next = before is not None and before.kind == blob.kind and blob.box[0] - before.box[2] < reach
            if is_next:
                runs[-1].append(blob)
            else:
                runs.append([blob])
        before = blob
    return runs


def _is_over(blob: _Blob, other: _Blob) -> bool:
    """Whether the other one shares half its columns with the blob: the dot of an i, a piece of a broken figure."""
    shared = min(blob.box[2], other.box[2]) - max(blob.box[0], other.box[0])
    return shared >= 0.5 * min(blob.box[2] - blob.box[0], other.box[2] - other.box[0])


def _zone(
    run: Sequence[_Blob], blobs: Sequence[_Blob], mains: Mapping[int, _Blob], line: Line, narrowest: float
) -> Zone | None:
    """The zone of a run; None where it is a part of a character that stands on the line: a dot, a stroke."""
    inside = sorted({blob.at for blob in run if mains[blob.at] in run})
    foreign = [blob for blob in run if mains[blob.at] not in run]
    for blob in foreign:
        main = mains[blob.at].box
        if 2 * (min(main[2], blob.box[2]) - max(main[0], blob.box[0])) >= blob.box[2] - blob.box[0]:
            return None
    if inside:
        start, end = inside[0], inside[-1] + 1
    else:
        is_behind = run[0].box[0] >= mains[run[0].at].box[2] - 1
        start = end = run[0].at + is_behind
    if end > start and all(line.text[at] in _OFF_LINE and not _is_power(line.text, at) for at in range(start, end)):
        return None
    box = (
        min(blob.box[0] for blob in run),
        min(blob.box[1] for blob in run),
        max(blob.box[2] for blob in run),
        max(blob.box[3] for blob in run),
    )
    return Zone(
        start=start,
        end=end,
        kind=run[0].kind,
        box=box,
        parts=tuple(blob.box for blob in run),
        others=tuple(blob.box for blob in blobs if blob not in run),
        most=max(len(run), round((box[2] - box[0]) / narrowest)),
        height=0.0,
        left=0.0,
        right=0.0,
    )


def _may_be_passed_over(text: str, at: int) -> bool:
    """Whether small type may stand unread before ``text[at]``: behind a letter or figure, and in or behind no word.

    Behind Chinese stand isotopes, before a capital, and the marks of names.
    """
    before, after = text[max(0, at - 3) : at], text[at : at + 1]
    if before[-1:] and is_han(before[-1]):
        return (after.isascii() and after.isupper()) or (bool(after) and is_wide(after) and not after.isalnum())
    is_in_word = after.isascii() and after.isalnum()
    is_behind_word = len(before) == 3 and before.isalpha() and before.isascii() and before.islower()
    return before[-1:].isalnum() and not is_in_word and not is_behind_word


def _is_doubtful(zone: Zone, line: Line, told: Sequence[int], room: float) -> bool:
    text = line.text[zone.start : zone.end]
    before = line.text[zone.start - 1 : zone.start]
    if not text and not _may_be_passed_over(line.text, zone.start):
        return False
    expected = sum(2 if char in _TWO_BLOBS else 1 for char in text if not char.isspace())
    if any(told[at] != zone.kind for at in range(zone.start, zone.end)):
        return True
    gap = zone.box[0] - max((box[2] for box in zone.others if box[2] <= zone.box[0] + 1), default=zone.box[0])
    if zone.kind == RAISED and before.isascii() and before.isalnum() and room < gap < 5 * room:
        return True
    return len(zone.parts) > expected or min(line.confidences[zone.start : zone.end], default=0.0) < SURE
