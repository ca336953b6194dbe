"""A second look at small type: raised and lowered characters cut out of their line, enlarged and read again.

A reader scales a line to 48 pixels; at 150 dpi a raised minus is then two pixels high, and ``x`` with a lowered ``i``
is read as ``x``. Ink tells where that happened: small blobs off the line that no character accounts for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_wide
from recover.model.page import Alternative, Doubt, Line, Reading
from recover.model.raster import Pixels
from recover.model.replace import replace_text
from recover.model.styles import LOWERED, RAISED, padded
from recover.stages.type_styles.scripts import Frame, Shape, frame_of, measure_page, script_at, shape

Boxes = npt.NDArray[np.int32]
Read = Callable[[Sequence[Pixels]], Sequence[Reading]]

# Heights are shares of a capital's. A raised blob ends so high; a lowered one ends so deep and begins no higher.
LIFTED, SUNK, SUNK_TOP = 0.24, 0.06, 0.66
# A flat blob is a sign: raised with its middle above this. No blob of small type is higher than this.
HIGH_SIGN, FLAT, TALLEST, WIDEST_SIGN = 0.56, 1.6, 0.95, 0.55
# Small blobs farther apart than this are of two zones.
APART = 0.5
# Readings surer than this of as many characters as there are blobs are not looked at again.
SURE = 0.97
# A second reading counts from this confidence on.
LEAST, LEAST_NEW, SURER, NEVER = 0.5, 0.75, 0.1, 2.0
# White around the enlarged type, in capitals, and how high the picture is at least.
RIM, LOWEST = 0.22, 0.9
# So far over small type its dots may stand, in capitals; signs are no thicker.
DOTS, THIN = 0.3, 0.26
# So far beside small type its faintest strokes may stand.
FAINT = 0.3
# Small type is no narrower than this a character, in capitals.
NARROWEST = 0.13
# White before raised type that could hold a minus too thin for a blob, in capitals.
MINUS_ROOM = 0.25
_TWO_BLOBS = frozenset("ij=:;%÷±")
_READABLE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-−–/=.,()*±αβγδμ")
# What stands off the line by nature.
_OFF_LINE = frozenset("'\"’‘“”`´^~*°℃,.;:，。、；：·…_—=≤≥<>≈")
# Raised characters that stand where the reader saw none; signs whose ring stands alone.
_RAISED_ALONE = frozenset("0123456789+-−–")
RINGED = "%‰℃°C"
_SIGNS = frozenset("+-−–")
# A stroke between two signs is a slash.
_ALLELES = re.compile(r"^([-+])[1lI|i]([-+])$")
# Read of a lone stroke, which may be anything.
_STROKES = frozenset("1lI|/")


class Picture(msgspec.Struct, frozen=True):
    """A line's picture, its left edge in points, the points of a pixel, and the boxes of its ink's blobs in pixels."""

    pixels: Pixels
    left: float
    scale: float
    blobs: Boxes


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of small type: its pixels' box, the characters read in it, and how many blobs it has."""

    start: int
    end: int
    kind: int
    box: tuple[int, int, int, int]
    parts: tuple[tuple[int, int, int, int], ...]
    others: tuple[tuple[int, int, int, int], ...]
    most: int
    left: float
    right: float


class _Blob(msgspec.Struct, frozen=True):
    """A blob of ink, the character it stands at, and its kind: raised, lowered, or 0 for on the line."""

    box: tuple[int, int, int, int]
    at: int
    kind: int


def with_small_type(lines: Sequence[Line], pictures: Sequence[Picture], read: Read) -> tuple[Line, ...]:
    """``lines`` with what was read better of their small type; those of a text layer stay."""
    page = measure_page(lines)
    zones: list[tuple[int, Zone]] = []
    crops: list[Pixels] = []
    shapes: list[str] = []
    for number, (line, picture) in enumerate(zip(lines, pictures, strict=True)):
        frame = frame_of(line, page) if _may_have(line) else None
        if frame is None:
            continue
        for zone in find_zones(line, picture, frame):
            capital = frame.capitals * picture.pixels.shape[0]
            zones.append((number, zone))
            crops.append(_enlarged(picture.pixels, zone, capital))
            shapes.append(_by_shape(zone, capital))
    changed = dict(enumerate(lines))
    readings = read(crops) if crops else ()
    for (number, zone), signs, reading in reversed(list(zip(zones, shapes, readings, strict=True))):
        now, sure = (signs, SURE) if signs else ("".join(reading.text.split()), min(reading.confidences, default=0.0))
        changed[number] = _with_reading(changed[number], zone, now, sure)
    return tuple(changed[number] for number in range(len(lines)))


def _may_have(line: Line) -> bool:
    """Whether a line was read from print and has letters or figures that small type could stand at."""
    is_measured = len(line.tops) == len(line.text) and "t" not in line.readers
    return is_measured and any(char.isascii() and char.isalnum() for char in line.text)


def find_zones(line: Line, picture: Picture, frame: Frame) -> Iterator[Zone]:
    """Stretches of small type that the reader was unsure of, or where ink stands that it didn't read."""
    pixels, left, scale = picture.pixels, picture.left, picture.scale
    places = [((x0 - left) / scale, (x1 - left) / scale) for x0, x1 in zip(line.lefts, line.rights, strict=True)]
    boxes = sorted(tuple(map(int, box)) for box in picture.blobs)
    blobs = [blob for box in boxes if (blob := _placed(box, line, places, frame, pixels.shape[0]))]  # type: ignore[arg-type]
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
            yield msgspec.structs.replace(zone, left=left + scale * x0, right=left + scale * x1)


def _placed(
    box: tuple[int, int, int, int], line: Line, places: Sequence[tuple[float, float]], frame: Frame, height: int
) -> _Blob | None:
    middle = (box[0] + box[2]) / 2
    first = max(0, bisect_right(places, middle, key=lambda place: place[0]) - 2)
    near = (at for at in range(first, min(first + 4, len(places))) if line.weights[at])
    at = next((at for at in near if places[at][0] - 1 <= middle <= places[at][1] + 1), None)
    if at is None:
        return None
    return _Blob(box, at, _kind(box, line.text[at], frame.baselines[at] * height, frame.capitals * height))


def _is_before(blob: _Blob, blobs: Sequence[_Blob]) -> bool:
    """Whether a sign in a Han character's place ends before all of that begins: the reader passed it over."""
    return all(other is blob or other.at != blob.at or other.box[0] >= blob.box[2] for other in blobs)


def _as_read(blob: _Blob, line: Line, frame: Frame, height: int, *, is_shared: bool) -> _Blob:
    """The largest blob of a character stands as the character does.

    ``is_shared``: the character's place holds a blob of another.
    """
    char = line.text[blob.at]
    if char in _OFF_LINE:
        return msgspec.structs.replace(blob, kind=0)
    if shape(char) is Shape.OTHER:
        return blob
    extent = (blob.box[1] / height, blob.box[3] / height) if is_shared else None
    return msgspec.structs.replace(blob, kind=script_at(line, blob.at, frame, extent))


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
    if all(char in _OFF_LINE for char in line.text[start:end]) and end > start:
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
        left=0.0,
        right=0.0,
    )


def _may_be_passed_over(text: str, at: int) -> bool:
    """Whether small type may stand unread before ``text[at]``: behind a letter or figure, and in or behind no word."""
    before, after = text[max(0, at - 3) : at], text[at : at + 1]
    is_in_word = after.isascii() and after.isalnum()
    is_behind_word = len(before) == 3 and before.isalpha() and before.isascii() and before.islower()
    return before[-1:].isascii() and before[-1:].isalnum() and not is_in_word and not is_behind_word


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


def _enlarged(pixels: Pixels, zone: Zone, capital: float) -> Pixels:
    """The zone alone on white, as high as a line of its type; a dot too small for a blob comes along."""
    x0, y0, x1, y1 = zone.box
    height, width = pixels.shape
    rim, dots = max(2, round(RIM * capital)), round(DOTS * capital)
    top, bottom = max(0, y0 - dots), min(height, y1 + dots // 2)
    side = round(FAINT * capital)
    left = max([box[2] for box in zone.others if box[2] <= x0 + 1 and box[2] > x0 - side] + [0, x0 - side])
    right = min([box[0] for box in zone.others if box[0] >= x1 - 1 and box[0] < x1 + side] + [width, x1 + side])
    white = int(np.percentile(pixels, 90))
    canvas = pixels.copy()
    for bx0, by0, bx1, by1 in zone.others:
        canvas[by0:by1, bx0:bx1] = white
    for bx0, by0, bx1, by1 in zone.parts:
        canvas[by0:by1, bx0:bx1] = pixels[by0:by1, bx0:bx1]
    part = canvas[top:bottom, left:right]
    missing = max(0, round(LOWEST * capital) - part.shape[0])
    below = missing // 2
    return np.pad(part, ((rim // 2 + missing - below, rim // 2 + below), (2 * rim, 2 * rim)), constant_values=white)


def _by_shape(zone: Zone, capital: float) -> str:
    """What flat strokes say, which readers take for anything: ``-`` and ``-/-``; "" for all else."""
    flat = [x1 - x0 >= FLAT * (y1 - y0) and y1 - y0 <= THIN * capital for x0, y0, x1, y1 in sorted(zone.parts)]
    return "-" if flat == [True] else "-/-" if flat == [True, False, True] else ""


def _with_reading(line: Line, zone: Zone, now: str, sure: float) -> Line:
    """``line`` with what a second look read in a zone, where that is the better reading."""
    now = _ALLELES.sub(r"\1/\2", now.rstrip(".,"))
    if not now or now == "=" or not set(now) <= _READABLE or len(now) > zone.most:
        return line
    start, end = _stretch(line, zone, now)
    was = line.text[start:end]
    if "".join(was.split()) == now:
        return _marked(line, start, end, zone.kind)
    if now in (line.text[end : end + len(now)], line.text[max(0, start - len(now)) : start]) and len(now) <= len(was):
        return line
    if sure < _least(line, start, end, zone, now):
        return line
    sure = round(sure, 4)
    replaced = replace_text(line, start, end, now, sure)
    replaced = _marked(replaced, start, start + len(now), zone.kind)
    doubts = [
        Doubt(start + at, (Alternative(was[at : at + 1], round(1 - sure, 4), line.readers[max(0, start - 1)]),))
        for at in range(len(now))
        if was[at : at + 1] != now[at]
    ]
    kept = [one for one in replaced.doubts if not start <= one.at < start + len(now)]
    return msgspec.structs.replace(replaced, doubts=tuple(sorted((*kept, *doubts), key=lambda one: one.at)))


def _least(line: Line, start: int, end: int, zone: Zone, now: str) -> float:
    """How sure the second reading must be: surer than the first, but where it reads more of the ink."""
    was = line.text[start:end]
    if not was:
        is_ring = line.text[end : end + 1] in RINGED and now in "0oO"
        is_stroke = set(now) <= _STROKES and len(zone.parts) < 2
        may_be_new = not is_stroke and (_may_be_raised if zone.kind == RAISED else _may_be_lowered)(
            line.text, start, now
        )
        return LEAST_NEW if may_be_new and not is_ring else NEVER
    loses_sign = not _SIGNS.isdisjoint(was) and _SIGNS.isdisjoint(now)
    loses_letters = any(map(str.isalpha, was)) and not any(map(str.isalpha, now))
    if loses_sign or loses_letters:
        return NEVER
    first = min(line.confidences[start:end])
    if len(now) > len(was):
        return LEAST
    return max(LEAST, first + SURER) if len(now) < len(was) or not now.isdecimal() else max(SURE, first + SURER)


def _may_be_lowered(text: str, at: int, now: str) -> bool:  # noqa: ARG001 any letters and figures
    """Whether new lowered type may stand there: behind a letter, and before no mark, which hangs as low itself."""
    after = text[at : at + 1]
    return text[at - 1].isalpha() and (not after or after in " =" or (is_wide(after) and after.isalpha()))


def _may_be_raised(text: str, at: int, now: str) -> bool:
    """Whether figures and signs may be new raised ones there: signs, and figures behind ``10`` or a unit's letter."""
    is_in_number = text[at - 1].isdecimal() and text[at : at + 1].isdecimal()
    takes_figures = text[max(0, at - 2) : at] == "10" or (
        text[at - 1].islower() and not text[max(0, at - 3) : at].isalpha()
    )
    return set(now) <= _RAISED_ALONE and not is_in_number and (takes_figures or _SIGNS.issuperset(now))


def _stretch(line: Line, zone: Zone, now: str) -> tuple[int, int]:
    """The characters that a second reading is of: those of its zone, or more where they say the same."""
    start, end = zone.start, zone.end
    inside = [
        at
        for at in range(max(0, start - len(now)), min(len(line.text), end + len(now)))
        if not line.weights[at] or zone.left <= (line.lefts[at] + line.rights[at]) / 2 <= zone.right
    ]
    places = [at for at in inside if line.weights[at]]
    start, end = min([start, *places]), max([end, *(at + 1 for at in places)])
    for first in {start, max(0, end - len(now))}:
        # Figures are cut off their ink more often than letters are.
        letters = [at for at in range(first, min(first + len(now), len(line.text))) if line.text[at].isalpha()]
        is_inside = all(start <= at < end or at in inside for at in letters)
        if is_inside and line.text[first : first + len(now)] == now:
            return first, first + len(now)
    while end < len(line.text) and not line.weights[end] and line.text[end] in now:
        end += 1
    while start and not line.weights[start - 1] and line.text[start - 1] in now:
        start -= 1
    return start, end


def _marked(line: Line, start: int, end: int, kind: int) -> Line:
    styles = list(padded(line.styles, len(line.text)))
    styles[start:end] = [f"{kind:x}"] * (end - start)
    return msgspec.structs.replace(line, styles="".join(styles))
