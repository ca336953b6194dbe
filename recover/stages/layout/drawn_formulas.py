"""Display formulas of drawn type: their characters with how each is set, and the rules between them.

Only where every character and every stroke of ink is accounted for is anything said: a wrong formula is worse than
its picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from recover.lexicon.characters import is_han
from recover.model.geometry import Box, Transform, enclose
from recover.model.page import LayerChar
from recover.model.raster import Pixels
from recover.stages.layout.formula_structure import (
    ACCENTS,
    NEAR,
    SMALL,
    SMALLER,
    Band,
    NotTold,
    Part,
    bands_of,
    pieces_of,
    row_of,
)
from recover.text.mathematics import GREEK, LARGE, RELATIONS, Face, Lines, Node, Sign, is_known, to_latex

# A cell's foot lies so far below its baseline, in type sizes (``acquire/layer.py``).
_BELOW = 0.13
# Ink thinner and flatter than this is a rule; less of it than this, in square type sizes, is the rim of a character.
_THICK, _FLAT, _RIM = 0.12, 4.0, 0.004
_FACES: tuple[tuple[str, Face], ...] = (
    ("BOLD ITALIC", "bold"), ("BOLD", "bold"), ("ITALIC", "italic"), ("SCRIPT", "script"), ("DOUBLE-STRUCK", "double"),
)  # fmt: skip
_SLANTED = re.compile(r"ital|obli|slant|CMMI|-It\b|MTMI", re.IGNORECASE)
_ALIKE = str.maketrans("µ∆Ω‐–⋅∕", "μΔΩ−−·/")


Mask = npt.NDArray[np.uint8]


def latex_of(characters: Sequence[LayerChar], to_upright: Transform, pixels: Pixels, area: Box) -> str | None:
    """The LaTeX of the formula in ``area``, whose picture ``pixels`` is; None where it can't be told for sure."""
    try:
        parts = [_part(char, to_upright) for char in characters if char.text.strip()]
        return to_latex(_formula(_with_least(parts), _rules(parts, pixels, area)))
    except NotTold:
        return None


def _part(char: LayerChar, to_upright: Transform) -> Part:
    text, face = _letter(char.text, char.font)
    if char.ink is None or not char.is_embedded or not char.is_painted or char.slant:
        raise NotTold(char.text)
    return Part(
        node=Sign(text, face),
        ink=to_upright.box(char.ink),
        baseline=to_upright.box(char.box).y1 - _BELOW * char.size,
        size=char.size,
        grows=text in LARGE or text in "()[]{}|√",
    )


def _with_least(parts: Sequence[Part]) -> list[Part]:
    largest = max((part.size for part in parts), default=0.0)
    return [msgspec.structs.replace(part, is_least=part.size < SMALLER * largest) for part in parts]


def _letter(text: str, font: str) -> tuple[str, Face]:
    """The plain character and how it is set."""
    char = text.translate(_ALIKE)
    if len(char) != 1:
        raise NotTold(text)
    name = unicodedata.name(char, "")
    if name.startswith("MATHEMATICAL ") or char == "ℎ":
        return _styled_letter(char, name)
    if is_han(char):
        return char, "words"
    if char.isascii() and char.isalpha():
        return char, "italic" if _SLANTED.search(font) else "upright"
    if char.isdecimal() and char.isascii():
        return char, "number"
    if char in ACCENTS or char == "√" or is_known(char):
        return char, "italic" if char in GREEK and char.islower() else "sign"
    raise NotTold(text)


def _styled_letter(char: str, name: str) -> tuple[str, Face]:
    """The letter of one of Unicode's mathematical alphabets."""
    kind, code = unicodedata.decomposition(char).split()
    plain = chr(int(code, 16))
    face = "italic" if char == "ℎ" else next((face for word, face in _FACES if word in name), None)
    if kind != "<font>" or face is None or not (is_known(plain) or plain.isascii()):
        raise NotTold(char)
    if plain.isdecimal():
        return plain, "number"
    return plain, face if plain.isascii() or plain.islower() else "sign"


def _rules(parts: Sequence[Part], pixels: Pixels, area: Box) -> list[Box]:
    """The strokes that no character accounts for; anything but level rules leaves the formula untold."""
    if not parts:
        raise NotTold
    scale = area.width / pixels.shape[1]
    size = max(part.size for part in parts)
    _, ink = cv2.threshold(pixels, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    mask = ink.copy()
    for part in parts:
        x0, x1 = ((x - area.x0) / scale for x in (part.ink.x0, part.ink.x1))
        y0, y1 = ((y - area.y0) / scale for y in (part.ink.y0, part.ink.y1))
        rows, columns = slice(max(0, int(y0) - 1), int(y1) + 2), slice(max(0, int(x0) - 1), int(x1) + 2)
        if not ink[rows, columns].any():
            raise NotTold(part.text)
        mask[rows, columns] = 0
    strokes: list[list[int]] = []
    found = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask))[2][1:].tolist()
    for x, y, width, height, count in sorted(found):
        if count * scale**2 < _RIM * size**2:
            continue
        if height * scale > max(_THICK * size, 3 * scale):
            raise NotTold("ink")
        # Characters that touch a rule took their part of it with them.
        before = next((one for one in strokes if _goes_through(ink, one, (x, y, height))), None)
        if before is None:
            strokes.append([x, y, x + width, y + height])
        else:
            before[2] = x + width
    if any(right - left < _FLAT * (bottom - top) for left, top, right, bottom in strokes):
        raise NotTold("ink")
    return [_points(stroke, scale, area) for stroke in strokes]


def _points(stroke: Sequence[int], scale: float, area: Box) -> Box:
    x0, y0, x1, y1 = (value * scale for value in stroke)
    return Box(area.x0 + x0, area.y0 + y0, area.x0 + x1, area.y0 + y1)


def _goes_through(ink: Mask, stroke: Sequence[int], other: tuple[int, int, int]) -> bool:
    """Whether ink leads from the end of a stroke to the next on its right, in one of its rows."""
    _, top, right, bottom = stroke
    x, y, height = other
    rows = ink[max(top, y) : min(bottom, y + height), right:x]
    return rows.size > 0 and bool(rows.all(axis=1).any())


def _formula(parts: Sequence[Part], rules: Sequence[Box]) -> Node:
    """The whole formula: a row, or several rows above each other that are level at their first relation."""
    size = max(part.size for part in parts)
    rows = _with_own_relation(bands_of(parts, rules), size)
    if len(rows) < 2:
        return row_of(pieces_of(parts, rules))
    pieces = [pieces_of(*row) for row in rows]
    starts = [next((at for at, piece in enumerate(row) if piece.text in RELATIONS), len(row)) for row in pieces]
    places = [row[at].ink.x0 for row, at in zip(pieces, starts, strict=True) if at < len(row)]
    if len(places) < len(rows) or max(places) - min(places) > NEAR * size:
        raise NotTold("rows")
    return Lines(tuple((row_of(row[:at]), row_of(row[at:])) for row, at in zip(pieces, starts, strict=True)))


def _with_own_relation(bands: Sequence[Band], size: float) -> list[Band]:
    """The bands with those that hold no relation of a row's size, limits of sums, joined to the nearer beside them."""
    rows = list(bands)
    while len(rows) > 1:
        lacking = [at for at, (parts, _) in enumerate(rows) if not any(_relates(part, size) for part in parts)]
        if not lacking:
            break
        at = lacking[0]
        beside = [other for other in (at - 1, at + 1) if 0 <= other < len(rows)]
        first = min(min(beside, key=lambda other: _white(rows[at], rows[other])), at)
        (parts, rules), (others, other_rules) = rows[first : first + 2]
        rows[first : first + 2] = [([*parts, *others], [*rules, *other_rules])]
    return rows


def _relates(part: Part, size: float) -> bool:
    return part.text in RELATIONS and part.size > SMALL * size


def _white(one: Band, other: Band) -> float:
    upper, lower = sorted(
        (enclose([*(part.ink for part in parts), *rules]) for parts, rules in (one, other)), key=lambda box: box.y0
    )
    return lower.y0 - upper.y1
