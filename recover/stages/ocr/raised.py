"""Raised figures, rings and minus signs, told from ink: marks of citations and notes, and 10⁻⁶ read as 10⁶."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_wide
from recover.model.page import Line, PageReading, Reading
from recover.model.raster import Pixels
from recover.model.records import Correction
from recover.model.replace import replace_text
from recover.stages.ocr.ink import Blobs, inked
from recover.text.labels import OPEN_ROLES, find_label
from recover.text.numbering import ring

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


# Raised rings at a line's end that its reader passed over: cut out and read alone they are plain.

# Such rings measured .53 to .59 of the line's height wide, .03 to .09 below its top and .61 to .65 above their foot.
RING_NARROWEST, RING_WIDEST, RING_TOP, RING_FOOT = 0.35, 0.85, 0.3, 0.8
# White around the ring, in line heights: with half of it ⑥ was read as 6. All were read with .97 and more.
RING_RIM, RING_SURE = 0.6, 0.9
_RINGS = frozenset(map(ring, range(1, 21)))


def with_lost_rings(
    readings: Sequence[Reading], images: Sequence[Pixels], read: Callable[[Sequence[Pixels]], Sequence[Reading]]
) -> list[Reading]:
    """The readings of lines, each with the raised ring behind its last character that it lacks."""
    ends = [_raised_end(reading, pixels) for reading, pixels in zip(readings, images, strict=True)]
    lost = [at for at, end in enumerate(ends) if end is not None]
    seen = read([_alone(images[at], end) for at in lost if (end := ends[at]) is not None]) if lost else ()
    found = list(readings)
    for at, second in zip(lost, seen, strict=True):
        end = ends[at]
        if end is not None and second.text.strip() in _RINGS and min(second.confidences) >= RING_SURE:
            found[at] = _put_behind(readings[at], second.text.strip(), min(second.confidences), (end[0] + end[2]) / 2)
    return found


def _raised_end(reading: Reading, pixels: Pixels) -> tuple[int, int, int, int] | None:
    """The box of the ink behind a line's last character, where it stands as high and is as large as a raised ring."""
    if not reading.centers or not is_wide(reading.text[-1]) or reading.text[-1] in _RINGS:
        return None
    height = pixels.shape[0]
    start = round(reading.centers[-1])
    # By itself: beside larger type the ring's thin line passes for paper.
    _, blobs = inked(pixels[:, start:])
    # A character reaches half its cell, about the line's height, to its right.
    behind = blobs[blobs[:, 0] > height / 4]
    if not len(behind):
        return None
    x0, y0 = (int(value) for value in behind[:, :2].min(axis=0))
    x1, y1 = (int(value) for value in behind[:, 2:].max(axis=0))
    is_round = RING_NARROWEST * height <= min(x1 - x0, y1 - y0) and max(x1 - x0, y1 - y0) <= RING_WIDEST * height
    is_raised = y0 <= RING_TOP * height and y1 <= RING_FOOT * height
    return (start + x0, y0, start + x1, y1) if is_round and is_raised else None


def _alone(pixels: Pixels, box: tuple[int, int, int, int]) -> Pixels:
    """A piece of a line on white."""
    x0, y0, x1, y1 = box
    rim, white = round(RING_RIM * pixels.shape[0]), int(np.percentile(pixels, 90))
    return np.pad(pixels[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1], rim, constant_values=white)


def _put_behind(reading: Reading, text: str, confidence: float, x: float) -> Reading:
    at = len(reading.text)
    return msgspec.structs.replace(
        reading,
        text=reading.text + text,
        centers=_put(reading.centers, at, x),
        confidences=_put(reading.confidences, at, confidence),
        alternatives=_put(reading.alternatives, at, ()),
        spaces=_put(reading.spaces, at, 0.0),
        marks=_put(reading.marks, at, ("", 0.0)),
    )


# Raised figures behind a word are a citation mark where the document raises its marks: brackets lost to wear put back.

# A raised figure ends above this share of the line's height and begins above that.
RAISED, RAISED_HIGH = 0.66, 0.35
# So many whole marks tell how the document sets them, this share of them raised.
LEAST, MOSTLY = 4, 0.5
# A mark names no more entries in a row.
LONGEST = 9
_OPENING, _CLOSING = r"\[［【〔", r"\]］】〕"
_BEHIND = r"(?<=[\u4e00-\u9fff）)”%])"
_WHOLE = re.compile(rf"{_BEHIND}[{_OPENING}](\d{{1,3}}(?:\s?[,，\-–]\s?\d{{1,3}})*)[{_CLOSING}]")
# A ratio, a range, a root: no mark goes on so.
_GOES_ON = r"\d|\s?[:：;；·]\s?\d|\s?[/／]"
_RUN = re.compile(rf"{_BEHIND}[{_OPENING}]?\d[\d,，、.\-–~]{{0,8}}(?<=\d)(?:[{_CLOSING}]|(?!{_GOES_ON}))")
WHY = "raised figures behind a word are a citation"
# Of the brackets put back so on the worn samples none was wrong.
RIGHT = 0.9


def with_raised_marks(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with the brackets of raised figures, each among the page's corrections."""
    lines = list(_body_lines(pages))
    marks = [_height(line, hit.start(1), hit.end(1)) for line in lines for hit in _WHOLE.finditer(line.text)]
    if len(marks) < LEAST or sum(height <= RAISED for height in marks) < MOSTLY * len(marks):
        return list(pages)
    body = {id(line) for line in lines}
    return [_mended(page, body) for page in pages]


def _body_lines(pages: Sequence[PageReading]) -> Iterator[Line]:
    """The lines of text behind the first abstract; above it stand names with their affiliations' numbers."""
    lines = [(region, line) for page in pages for region in page.regions for line in region.lines]
    labels = [at for at, (_, line) in enumerate(lines) if (label := find_label(line.text)) and label.role in OPEN_ROLES]
    for region, line in lines[labels[0] if labels else 0 :]:
        if region.kind in ("text", "abstract", "reference") and line.bottoms:
            yield line


def _figures(line: Line, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if line.text[at].isdecimal()]


def _height(line: Line, start: int, end: int) -> float:
    """Where the figures end, most of them, as a share of the line's height."""
    return statistics.median(line.bottoms[at] for at in _figures(line, start, end))


def _is_raised(line: Line, start: int, end: int) -> bool:
    figures = _figures(line, start, end)
    return max(line.bottoms[at] for at in figures) <= RAISED and min(line.tops[at] for at in figures) <= RAISED_HIGH


def _is_mark(line: Line, hit: re.Match[str]) -> bool:
    return _is_raised(line, hit.start(), hit.end()) and _may_be_numbers(hit[0])


def _may_be_numbers(printed: str) -> bool:
    """Whether a list's entries may be named so: numbers that rise, no endless range."""
    numbers = [int(number) for number in re.findall(r"\d+", printed)]
    ranges = [int(high) - int(low) for low, high in re.findall(r"(\d+)[-–~](?=(\d+))", printed)]
    return numbers[0] > 0 and all(low < high for low, high in pairwise(numbers)) and max(ranges, default=0) < LONGEST


def _mended(page: PageReading, body: set[int]) -> PageReading:
    corrections: list[Correction] = []
    regions = []
    for region in page.regions:
        lines = tuple(_in_line(line, page, corrections) if id(line) in body else line for line in region.lines)
        regions.append(msgspec.structs.replace(region, lines=lines))
    if not corrections:
        return page
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))


def _in_line(line: Line, page: PageReading, corrections: list[Correction]) -> Line:
    signs: list[tuple[int, str]] = []
    for hit in _RUN.finditer(line.text):
        opens, closes = not hit[0][0].isdecimal(), not hit[0][-1].isdecimal()
        # At a line's end the mark may go on below.
        may_go_on = not closes and hit.end() == len(line.text)
        if (opens and closes) or may_go_on or not _is_mark(line, hit):
            continue
        now = ("" if opens else "[") + hit[0] + ("" if closes else "]")
        lowest = max(line.bottoms[at] for at in range(hit.start(), hit.end()) if line.text[at].isdecimal())
        evidence = f"they end at {lowest:.2f} of the line's height"
        signs += ([] if opens else [(hit.start(), "[")]) + ([] if closes else [(hit.end(), "]")])
        box = page.to_page.box(line.char_box(hit.start(), hit.end())).rounded()
        corrections.append(Correction(page=page.index, box=box, was=hit[0], now=now, why=WHY, evidence=evidence))
    for at, sign in reversed(signs):
        line = replace_text(line, at, at, sign, RIGHT)
    return line
