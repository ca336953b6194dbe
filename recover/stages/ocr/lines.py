"""Lines from readings: pixels become points, and marks that restoring wiped out are looked for once more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recover.lexicon.characters import is_han, plain_text
from recover.model.flow import cell_width, column_edge
from recover.model.geometry import Box, Transform
from recover.model.page import UNMEASURED, Alternative, Doubt, Insertion, LayerText, Line, Reading
from recover.model.raster import Pixels
from recover.model.styles import BOLD, ITALIC, with_flag
from recover.stages.ocr.ink import CharInk, measure_ink

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
