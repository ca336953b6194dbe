"""Lines that only the text layer tells of: type whose font the file lacks, and print that no detector found.

Where a font is not in the file and no other takes its place, nothing is drawn: the page looks empty and the layer is
the only witness. Print that a detector missed is there to be read; the layer says where.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec
import numpy as np

from recover.lexicon.characters import is_han, is_latin, plain_letters
from recover.model.geometry import Box, Transform, enclose
from recover.model.page import LayerChar
from recover.model.raster import Raster
from recover.text.legible import legibility

# Darker than this is ink; a cell with a smaller share of it is blank.
DARK, BLANK = 160, 0.004
# Undrawn letters that make a line one of the layer
LEAST = 1
# Characters of one line stand at one height, this nearly, and no farther apart, in type sizes.
LEVEL, APART = 0.5, 2.5
# A detected line that lies with this share of its area in one of the layer's is a part of that.
PART = 0.5
# Lines' boxes reach so far around their characters' cells, in type sizes, as a detector draws them.
FRAME = 0.12


class LayerLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the layer that no detector found: its box in points on the upright page, and whether it is printed."""

    box: Box
    text: str
    is_printed: bool

    @property
    def is_language(self) -> bool:
        return legibility(self.text).is_legible


def layer_lines(
    characters: Sequence[LayerChar], found: Sequence[Box], to_upright: Transform, upright: Raster
) -> tuple[LayerLine, ...]:
    """The layer's own lines; ``found`` are the detected ones in points on the upright page."""
    placed = [(to_upright.box(char.box), char) for char in characters if _may_stand(char)]
    blank = [_is_undrawn(char) and _is_blank(box, upright) for box, char in placed]
    undrawn = [box for (box, char), empty in zip(placed, blank, strict=True) if empty and _is_letter(char.text)]
    lines = [] if len(undrawn) < LEAST else [row for row in _rows(placed) if _holds_any(row, undrawn)]
    taken = [*found, *(_frame(row) for row in lines)]
    printed = [
        (box, char)
        for (box, char), empty in zip(placed, blank, strict=True)
        if not empty and not _is_in(_inked(box, char, to_upright), taken) and not _is_blank(box, upright)
    ]
    rows = [row for row in _rows(printed) if any(_is_letter(char.text) or char.text.isdigit() for _, char in row)]
    return (
        *(LayerLine(box=_frame(row), text=_text(row), is_printed=False) for row in lines),
        *(LayerLine(box=_frame(row), text=_text(row), is_printed=True) for row in rows),
    )


def without_parts(found: Sequence[Box], lines: Sequence[LayerLine]) -> tuple[Box, ...]:
    """The detected lines that are no parts of undrawn ones: of those a detector sees only what is drawn."""
    undrawn = [line.box for line in lines if not line.is_printed]
    return tuple(box for box in found if not any(box.intersection(line) > PART * box.area for line in undrawn))


def without_marks(found: Sequence[Box], characters: Sequence[LayerChar], to_upright: Transform) -> tuple[Box, ...]:
    """The detected lines (points on the upright page) that are no words of a watermark alone."""
    placed = [(to_upright.box(char.box).center, char.is_mark) for char in characters if not char.text.isspace()]
    marks, others = ([place for place, is_mark in placed if is_mark is mark] for mark in (True, False))
    if not marks:
        return tuple(found)
    return tuple(box for box in found if _holds_place(box, others) or not _holds_place(box, marks))


def _holds_place(box: Box, places: Sequence[tuple[float, float]]) -> bool:
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for x, y in places)


def _may_stand(char: LayerChar) -> bool:
    return char.is_painted and not char.is_mark and not char.text.isspace() and char.slant == 0 and char.box.width > 0


def _is_undrawn(char: LayerChar) -> bool:
    return char.ink is None and not char.is_embedded


def _is_letter(text: str) -> bool:
    return any(is_han(char) or is_latin(char) for char in text)


def _is_blank(box: Box, upright: Raster) -> bool:
    scale = 1 / upright.scale
    pixels = upright.crop(Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale))
    return not pixels.size or float(np.mean(pixels < DARK)) < BLANK


def _rows(placed: Sequence[tuple[Box, LayerChar]]) -> list[list[tuple[Box, LayerChar]]]:
    """Characters that stand in one line, from the left; lines are cut where white parts columns."""
    rows: list[list[tuple[Box, LayerChar]]] = []
    for item in sorted(placed, key=lambda pair: pair[0].center[1]):
        middle = statistics.fmean(box.center[1] for box, _ in rows[-1][-8:]) if rows else 0.0
        if rows and abs(item[0].center[1] - middle) < LEVEL * item[0].height:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [part for row in rows for part in _parted(sorted(row, key=lambda pair: pair[0].x0))]


def _parted(row: Sequence[tuple[Box, LayerChar]]) -> list[list[tuple[Box, LayerChar]]]:
    parts: list[list[tuple[Box, LayerChar]]] = [[row[0]]]
    for item in row[1:]:
        if item[0].x0 - parts[-1][-1][0].x1 > APART * item[0].height:
            parts.append([])
        parts[-1].append(item)
    return parts


def _holds_any(row: Sequence[tuple[Box, LayerChar]], boxes: Sequence[Box]) -> bool:
    own = enclose(box for box, _ in row)
    return any(own.intersection(box) > PART * box.area for box in boxes)


def _inked(box: Box, char: LayerChar, to_upright: Transform) -> Box:
    """A character's ink, which lies in its line where its cell may not: that of ） is white for the most part."""
    return box if char.ink is None else to_upright.box(char.ink)


def _is_in(box: Box, lines: Sequence[Box]) -> bool:
    x, y = box.center
    return any(line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1 for line in lines)


def _frame(row: Sequence[tuple[Box, LayerChar]]) -> Box:
    box = enclose(cell for cell, _ in row)
    rim = FRAME * statistics.median(cell.height for cell, _ in row)
    return Box(box.x0 - rim, box.y0 - rim / 2, box.x1 + rim, box.y1 + rim / 2)


def _text(row: Sequence[tuple[Box, LayerChar]]) -> str:
    return plain_letters("".join(char.text for _, char in row))
