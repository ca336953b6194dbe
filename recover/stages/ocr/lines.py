"""Lines from readings: a reader's pixels become points, its characters get edges, weight and height."""

from __future__ import annotations

import re

from recover.model.geometry import Box, Transform
from recover.model.layer import LayerText
from recover.model.page import UNMEASURED, Alternative, Doubt, Insertion, Line
from recover.model.raster import Pixels
from recover.model.reading import Reading
from recover.model.styles import BOLD, ITALIC, with_flag
from recover.stages.ocr.ink import CharInk, measure_ink
from recover.text.raised_text import plain_text

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
