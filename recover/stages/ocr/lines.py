"""Lines from readings: pixels become points, and what was wiped out or stands above a line is looked for."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_han, plain_text
from recover.model.flow import cell_width, column_edge
from recover.model.geometry import Box, Transform
from recover.model.page import UNMEASURED, Alternative, Doubt, Insertion, LayerText, Line, Reading
from recover.model.raster import Pixels, Raster
from recover.model.records import Problem
from recover.model.replace import replace_text
from recover.model.styles import BOLD, ITALIC, RAISED, padded, with_flag
from recover.stages.ocr.ink import CharInk, inked, measure_ink

# What the names of fonts call their slanted and their heavy faces.
_ITALIC = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|(?<=[-,])demi", re.IGNORECASE)
# Spaces and marks fainter than this, between two characters, are what the network always has left.
FAINTEST = 0.002


def make_line(line_id: str, reading: Reading, pixels: Pixels, origin: Box, to_upright: Transform, letter: str) -> Line:
    """A line of the upright page. ``origin`` is the crop's box in pixels, ``to_upright`` maps pixels to points."""
    text, styles = plain_text(reading.text)
    ink = measure_ink(pixels, reading.centers, text)
    scale = to_upright.a
    left = to_upright.c + scale * int(origin.x0)
    height = max(1, pixels.shape[0])
    return Line(
        id=line_id,
        text=text,
        box=_line_box(to_upright.box(origin), ink, left, scale),
        lefts=tuple(round(left + scale * x, 2) for x in ink.lefts),
        rights=tuple(round(left + scale * x, 2) for x in ink.rights),
        confidences=tuple(round(value, 4) for value in reading.confidences),
        readers=letter * len(text),
        weights=tuple(round(value / height, 4) for value in ink.weights),
        tops=tuple(round(value / height, 3) for value in ink.tops),
        bottoms=tuple(round(value / height, 3) for value in ink.bottoms),
        styles=styles,
        doubts=doubts_of(reading, letter),
        insertions=_insertions(reading),
    )


def layer_line(line_id: str, layer: LayerText, pixels: Pixels, box: Box, to_upright: Transform) -> Line:
    """A line kept from the text layer: its characters and edges, their ink measured on the picture."""
    left, scale = to_upright.c, to_upright.a
    origin = int(to_upright.inverse().box(box).x0)
    centers = [(char.center[0] - left) / scale - origin for char in layer.boxes]
    text, styles = plain_text(layer.text)
    styles = with_flag(styles, _places(layer, _ITALIC), ITALIC, len(text))
    styles = with_flag(styles, _places(layer, _BOLD), BOLD, len(text))
    ink = measure_ink(pixels, centers, text)
    height = max(1, pixels.shape[0])
    return Line(
        id=line_id,
        text=text,
        box=box.rounded(),
        lefts=tuple(round(char.x0, 2) for char in layer.boxes),
        rights=tuple(round(char.x1, 2) for char in layer.boxes),
        confidences=(UNMEASURED,) * len(text),
        readers="t" * len(text),
        weights=tuple(round(value / height, 4) for value in ink.weights),
        tops=tuple(round(value / height, 3) for value in ink.tops),
        bottoms=tuple(round(value / height, 3) for value in ink.bottoms),
        styles=styles,
    )


def _places(layer: LayerText, faces: re.Pattern[str]) -> list[int]:
    """The characters whose font's name says that it is one of ``faces``."""
    return [at for at, font in enumerate(layer.fonts) if faces.search(font) and not layer.text[at].isspace()]


def _line_box(box: Box, ink: CharInk, left: float, scale: float) -> Box:
    """The detector's box, as wide as the ink."""
    if not ink.lefts:
        return box.rounded()
    return Box(left + scale * min(ink.lefts), box.y0, left + scale * max(ink.rights), box.y1).rounded()


def doubts_of(reading: Reading, letter: str) -> tuple[Doubt, ...]:
    """What else the characters of a reading may be."""
    return tuple(
        Doubt(at, tuple(Alternative(text, round(share, 4), letter) for text, share in others))
        for at, others in enumerate(reading.alternatives)
        if others
    )


def _insertions(reading: Reading) -> tuple[Insertion, ...]:
    """Spaces and marks that the reader nearly saw, in the order of their places."""
    spaces = ((at, " ", share) for at, share in enumerate(reading.spaces) if at and reading.text[at] != " ")
    marks = ((at, mark, share) for at, (mark, share) in enumerate(reading.marks) if at and mark)
    return tuple(Insertion(*one) for one in sorted((*spaces, *marks)) if one[2] >= FAINTEST)


# Marks that restoring a worn page all but wiped out: a second reading of a line as scanned may still see them.

# White behind Chinese, or a bracket in it, that could be a mark's cell, in cells.
ROOM = 0.45
BRACKETS, OPENERS, MARKS = ")）]］】〕", "(（[［【《“", "，。、；：.,"
NOTHING = ("", 0.0)


def right_edges(columns: Sequence[Sequence[int]], read: Mapping[int, Line]) -> dict[int, float]:
    """For every line that was read, where most of its column's long lines end, in points."""
    edges: dict[int, float] = {}
    for column in columns:
        indexes = [index for index in column if index in read and read[index].text]
        edge = column_edge([read[index] for index in indexes])
        edges |= dict.fromkeys(indexes, edge) if edge is not None else {}
    return edges


def places_with_room(line: Line, right_edge: float | None) -> tuple[int, ...]:
    """The offsets behind Chinese, or a bracket in it, where white could hold a mark."""
    cell = cell_width(line)
    return tuple(
        at
        for at in range(1, len(line.text) + 1)
        if cell and _may_stand(line.text, at) and _white(line, at, right_edge) >= ROOM * cell
    )


def _may_stand(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at : at + 1]
    return (is_han(before) or before in BRACKETS) and (not after or is_han(after) or after in OPENERS)


def _white(line: Line, at: int, right_edge: float | None) -> float:
    """The white before the character at ``at``; behind the last one, up to the column's edge and a cell at most."""
    if at < len(line.text):
        return line.lefts[at] - line.rights[at - 1]
    room = line.height if right_edge is None else right_edge - line.rights[-1]
    return min(room, line.height)


def with_second_look(line: Line, second: Line, right_edge: float | None) -> Line:
    """``line`` with what a second reading of it saw where there is room for a mark, if it is surer there."""
    seen = {one.at: (one.text, one.confidence) for one in line.insertions if one.text != " "}
    for at in places_with_room(line, right_edge):
        start = (line.lefts[at - 1] + line.rights[at - 1]) / 2
        end = line.lefts[at] if at < len(line.text) else line.rights[at - 1] + line.height
        found = max(_between(second, start, end), key=lambda one: one[1], default=NOTHING)
        seen[at] = max(seen.get(at, NOTHING), found, key=lambda one: one[1])
    spaces = (one for one in line.insertions if one.text == " ")
    marks = (Insertion(at, mark, share) for at, (mark, share) in seen.items() if mark)
    return msgspec.structs.replace(line, insertions=tuple(sorted((*spaces, *marks), key=lambda one: one.at)))


def _between(second: Line, start: float, end: float) -> Iterator[tuple[str, float]]:
    """The marks in a reading between two places (points): those it read, and those it nearly saw."""
    centers = [(left + right) / 2 for left, right in zip(second.lefts, second.rights, strict=True)]
    inside = {at for at, center in enumerate(centers) if start <= center <= end}
    behind = sum(center < (start + end) / 2 for center in centers)
    yield from ((second.text[at], second.confidences[at]) for at in inside if second.text[at] in MARKS)
    for doubt in second.doubts:
        yield from (
            (one.text, one.confidence) for one in doubt.alternatives if doubt.at in inside and one.text in MARKS
        )
    yield from ((one.text, one.confidence) for one in second.insertions if one.at == behind and one.text in MARKS)


# Raised marks over the white in a line, which its reader passed over: they may stand above the line's box.

# White this wide may hold a mark; what stands so high over a line's top or begins above its middle may be one, and no
# blob of it is higher than that; all in heights of the line. Behind a line's end a mark reaches no farther.
MARK_ROOM, OVER, MIDDLE, HIGHEST, BEHIND = 0.45, 0.55, 0.6, 0.7, 2.6
# So many characters tell where a mark stands.
SHOWN = 12
# Han so much wider than the line's usual one, stops wider than this part of it, hold more than their own ink. A cell is
# so much wider than what stands in it.
SWOLLEN, STOP, CELL = 1.15, 0.42, 1.1
_STOPS = frozenset("。，、；：")
# Beside what stands right of a line, less than this is left for a mark.
NARROW_PX = 4
# Read alone, figures of marks of 5 pt at 200 dpi had .94 and more, their brackets .52; ink is so much darker.
MARK_SURE, BRACKET_SURE, CONTRAST = 0.8, 0.4, 60
_BRACKETS = frozenset("[]［］()（）〔〕")
_MARK = re.compile(r"[\[［(（〔]?\d{1,3}(?:[-–—~～,，、]\d{1,3})*[\]］)）〕]?|[\u2460-\u2473]")
# What a reader that sees the lower half of a mark makes of it.
_SCRAPS = frozenset("-–—^`")
# What a lone stroke and quotation marks are read as.
_STROKES = frozenset("1"), frozenset("6"), frozenset("9")


class _Gap(msgspec.Struct, frozen=True):
    """White in a line: the characters that it stands for, its sides in points."""

    start: int
    end: int
    left: float
    right: float


def with_marks_over(
    lines: Sequence[Line],
    boxes: Sequence[Box],
    page: Raster,
    to_points: Transform,
    read: Callable[[Sequence[Pixels]], Sequence[Reading]],
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """``lines``, whose ``boxes`` are in pixels of ``page``, with the raised marks over white in them.

    Of marks that could not be read the second gives the words before them.
    """
    found = [
        (number, gap, box, blobs)
        for number, line in enumerate(lines)
        for gap in _gaps(line, to_points.a * boxes[number].height)
        if (seen := _over(gap, number, boxes, page, to_points.inverse())) is not None
        for box, blobs in (seen,)
    ]
    readings = read([_only(page.crop(box), blobs) for _, _, box, blobs in found]) if found else ()
    changed = dict(enumerate(lines))
    unread: list[str] = []
    for (number, gap, box, blobs), reading in reversed(list(zip(found, readings, strict=True))):
        text = "".join(reading.text.split())
        around = lines[number].text[gap.start - 1], lines[number].text[gap.end : gap.end + 1]
        if _may_be_mark(text, *around) and _is_sure(reading):
            place = to_points.box(_around(box, blobs))
            changed[number] = _with_mark(changed[number], gap, text, min(reading.confidences), place)
        elif len(blobs) > 2 and text[:1] in _BRACKETS and text[-1:] in _BRACKETS:
            unread.append(lines[number].text[max(0, gap.start - SHOWN) : gap.start])
    return tuple(changed[number] for number in range(len(lines))), tuple(reversed(unread))


def marks_unread(index: int, before: Sequence[str]) -> tuple[Problem, ...]:
    """A problem for each raised mark of a page that could not be read; ``before`` are the words it stands behind."""
    remedy = "compare the line with the page's picture"
    messages = (f"a raised mark behind '{words}' could not be read" for words in before)
    return tuple(Problem(stage="ocr", page=index, message=message, remedy=remedy) for message in messages)


def _may_be_mark(text: str, before: str, after: str) -> bool:
    """Whether a text is a mark; bare figures stand behind words alone, and may be strokes or quotation marks."""
    # Between two Han it may be dirt; behind a symbol (χ²检验) the text may go on.
    is_behind_word = before.isalpha() and not (after.isalnum() and (after.isascii() or is_han(before)))
    is_bare = text[:1].isdecimal() and _BRACKETS.isdisjoint(text)
    may_be_other = is_bare and (set(text) in _STROKES or not is_behind_word)
    return _MARK.fullmatch(text) is not None and not may_be_other


def _is_sure(reading: Reading) -> bool:
    told = zip(reading.text, reading.confidences, strict=True)
    return all(sure >= (BRACKET_SURE if char in _BRACKETS else MARK_SURE) for char, sure in told if not char.isspace())


def _gaps(line: Line, height: float) -> Iterator[_Gap]:
    """The white between a line's characters, and behind its last one."""
    if "t" in line.readers or len(line.tops) != len(line.text):
        return
    solid = [at for at, char in enumerate(line.text) if not char.isspace() and not _is_scrap(line, at)]
    widths = [line.rights[at] - line.lefts[at] for at in solid if is_han(line.text[at])]
    usual = statistics.median(widths) if widths else math.inf
    room = MARK_ROOM * min(height, CELL * usual)
    for before, after in pairwise(solid):
        left, right = _side(line, before, usual, -1), _side(line, after, usual, 1)
        if right - left > room:
            yield _Gap(before + 1, after, left, right)
    if solid:
        left = _side(line, solid[-1], usual, -1)
        yield _Gap(solid[-1] + 1, len(line.text), left, left + BEHIND * height)


def _side(line: Line, at: int, usual: float, side: int) -> float:
    """The edge of a character on one side; measured wider than its kind, it has taken a mark's ink for its own."""
    left, right = line.lefts[at], line.rights[at]
    most = SWOLLEN * usual if is_han(line.text[at]) else STOP * usual if line.text[at] in _STOPS else math.inf
    if right - left <= most:
        return right if side < 0 else left
    return left + most if side < 0 else right - most


def _is_scrap(line: Line, at: int) -> bool:
    is_hyphen = at > 0 and line.text[at - 1].isascii() and line.text[at - 1].isalnum()
    return line.text[at] in _SCRAPS and line.bottoms[at] < MIDDLE and not is_hyphen


def _over(
    gap: _Gap, number: int, boxes: Sequence[Box], page: Raster, to_pixels: Transform
) -> tuple[Box, npt.NDArray[np.int32]] | None:
    """The piece of the page over a gap, and the blobs in it that a raised mark may be; None without any."""
    own, (x0, x1) = boxes[number], (to_pixels.a * gap.left + to_pixels.c, to_pixels.a * gap.right + to_pixels.c)
    beside = [box.x0 for box in boxes if box.x0 > own.x1 - own.height and box.y0 < own.center[1] < box.y1]
    box = Box(x0 + 1, own.y0 - OVER * own.height, min([x1, *beside]) - 1, own.y0 + HIGHEST * own.height)
    if box.width < NARROW_PX:
        return None
    pixels = page.crop(box)
    _, blobs = inked(pixels)
    if not len(blobs) or int(np.percentile(pixels, 90)) - int(pixels.min()) < CONTRAST:
        return None
    top, height = max(0, int(box.y0)), own.height
    middles = top + (blobs[:, 1] + blobs[:, 3]) / 2
    floor = max((other.y1 for other in boxes if other.y1 < own.center[1] and _is_over(other, box)), default=0.0)
    kept = (blobs[:, 3] + top < own.y0 + MIDDLE * height) & (blobs[:, 3] - blobs[:, 1] < HIGHEST * height)
    kept &= (blobs[:, 1] > 0) & (middles > floor)
    # Ink that the gap's sides cut is a neighbour's.
    kept &= (blobs[:, 0] > 0) & (blobs[:, 2] < pixels.shape[1])
    return (box, blobs[kept]) if kept.any() else None


def _is_over(other: Box, box: Box) -> bool:
    return min(other.x1, box.x1) > max(other.x0, box.x0)


def _around(box: Box, blobs: npt.NDArray[np.int32]) -> Box:
    """The box of the blobs, which stand in a piece of the page, in its pixels."""
    left, top = max(0, int(box.x0)), max(0, int(box.y0))
    (x0, y0), (x1, y1) = blobs[:, :2].min(axis=0), blobs[:, 2:].max(axis=0)
    return Box(float(left + x0), float(top + y0), float(left + x1), float(top + y1))


def _only(pixels: Pixels, blobs: npt.NDArray[np.int32]) -> Pixels:
    """Nothing but the blobs, on white."""
    white = int(np.percentile(pixels, 90))
    canvas = np.full_like(pixels, white)
    places = np.column_stack((np.maximum(blobs[:, :2] - 1, 0), blobs[:, 2:] + 1))
    for x0, y0, x1, y1 in places:
        canvas[y0:y1, x0:x1] = pixels[y0:y1, x0:x1]
    (x0, y0), (x1, y1) = places[:, :2].min(axis=0), places[:, 2:].max(axis=0)
    rim = max(2, int(blobs[:, 3].max() - blobs[:, 1].min()) // 4)
    return np.pad(canvas[y0:y1, x0:x1], rim, constant_values=white)


def _with_mark(line: Line, gap: _Gap, text: str, confidence: float, place: Box) -> Line:
    """The line with a raised mark in a gap, in place of what was read of its lower half."""
    bare = replace_text(line, gap.start, gap.end, "")
    at, step = gap.start, place.width / len(text)
    put = replace_text(bare, at, at, text, round(confidence, 4))
    edges = [round(place.x0 + step * number, 2) for number in range(len(text) + 1)]
    top, bottom = ((y - line.box.y0) / line.box.height for y in (place.y0, place.y1))

    def new(values: tuple[float, ...], inside: Sequence[float]) -> tuple[float, ...]:
        return (*values[:at], *inside, *values[at + len(text) :])

    weight = statistics.median(weight for weight in line.weights if weight) if any(line.weights) else 0.0
    styles = list(padded(put.styles, len(put.text)))
    styles[at : at + len(text)] = [str(RAISED)] * len(text)
    return msgspec.structs.replace(
        put,
        lefts=new(put.lefts, edges[:-1]),
        rights=new(put.rights, edges[1:]),
        weights=new(put.weights, [weight] * len(text)),
        tops=new(put.tops, [top] * len(text)),
        bottoms=new(put.bottoms, [bottom] * len(text)),
        styles="".join(styles),
    )
