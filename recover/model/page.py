"""A page on its way from picture to text: blocks, the text layer, readings, lines of characters in regions."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from recover.model.geometry import Box, Transform, enclose
from recover.model.records import Correction, Engine, Origin, Problem
from recover.model.styles import PLAIN, padded

RegionKind = Literal[
    "text",
    "title",
    "figure",
    "figure-caption",
    "table",
    "table-caption",
    "header",
    "footer",
    "reference",
    "equation",
    "footnote",
    "margin",
]

# One letter a character keeps a page's provenance as short as its text.
READERS: dict[str, Origin] = {"t": "text-layer", "h": "person"}
for _engine in get_args(Engine):
    READERS[next(letter for letter in _engine if letter not in READERS)] = _engine
LETTERS = {origin: letter for letter, origin in READERS.items()}

UNMEASURED = -1.0
# Detectors tear lines at the white of these.
TEARING = frozenset("，。；：、,;")


class Alternative(msgspec.Struct, frozen=True, array_like=True):
    """Another reading of one character, with what its reader thought of it (0 to 1)."""

    text: str
    confidence: float
    reader: str


class Doubt(msgspec.Struct, frozen=True, array_like=True):
    """The other readings of the character at ``at``."""

    at: int
    alternatives: tuple[Alternative, ...]


class Insertion(msgspec.Struct, frozen=True, array_like=True):
    """A space or a mark that the reader nearly saw before the character at ``at``, with what it thought of it."""

    at: int
    text: str
    confidence: float


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of print; every tuple holds one value a character of ``text``.

    ``lefts`` and ``rights`` are x in points; ``confidences`` 0 to 1, or UNMEASURED; ``readers`` one letter of
    READERS a character; ``weights`` the stroke's thickness over the type size, 0 where there is no ink;
    ``tops`` and ``bottoms`` the ink's extent as shares of the line's height, from its top; ``styles`` how each
    character is set (``model/styles.py``), empty where all are plain.
    """

    id: str
    text: str
    box: Box
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    confidences: tuple[float, ...]
    readers: str
    weights: tuple[float, ...] = ()
    tops: tuple[float, ...] = ()
    bottoms: tuple[float, ...] = ()
    styles: str = ""
    doubts: tuple[Doubt, ...] = ()
    insertions: tuple[Insertion, ...] = ()

    @property
    def confidence(self) -> float | None:
        """The mean over the characters somebody measured; None when nobody did."""
        measured = [value for value in self.confidences if value >= 0]
        return sum(measured) / len(measured) if measured else None

    @property
    def height(self) -> float:
        return self.box.height

    def char_box(self, start: int, end: int) -> Box:
        """The box of ``text[start:end]``."""
        return Box(min(self.lefts[start:end]), self.box.y0, max(self.rights[start:end]), self.box.y1)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What was done with a region's text layer, and why."""

    outcome: Literal["none", "keep", "re-read", "reconcile"] = "none"
    reasons: tuple[str, ...] = ()


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A block of the page; ``column`` numbers the page's columns in reading order, ``image`` names a float's crop.

    ``latex`` is what a formula of drawn type says, "" where nothing tells for sure.

    What is printed sideways (turned upright by ``turn`` degrees clockwise) has boxes of its own, as it is read;
    ``to_upright`` leads from them to points on the upright page.
    """

    id: str
    kind: RegionKind
    box: Box
    lines: tuple[Line, ...] = ()
    decision: Decision = Decision()
    image: str = ""
    column: int = 0
    rules_across: tuple[Box, ...] = ()
    rules_down: tuple[Box, ...] = ()
    turn: int = 0
    to_upright: Transform = Transform()
    latex: str = ""


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """Something found on the page that stands in no region, and why.

    ``box`` is in points on the *original* page. ``what`` is "rejected" for text that was read or came with the file
    and was set aside (a watermark's words, a garbled text layer), "unread" for print that nobody could read.
    """

    box: Box
    text: str
    why: str
    what: Literal["rejected", "unread"] = "rejected"


class PageReading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read from one page, its regions in reading order."""

    index: int
    width: float
    height: float
    dpi: float
    kind: Literal["scan", "digital", "blank"] = "scan"
    rotation: int = 0
    skew: float = 0.0
    cleanup: tuple[str, ...] = ()
    to_page: Transform = Transform()
    regions: tuple[Region, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
    image: str = ""
    precision: str = ""


def merge_lines(left: Line, right: Line, gap: str) -> Line:
    """One line of two that stand side by side, ``gap`` (a space or nothing) between them."""
    shift = len(left.text) + len(gap)
    box = enclose((left.box, right.box))
    ends = left.box.x1, right.box.x0
    left, right = _in_box(left, box), _in_box(right, box)
    return Line(
        id=left.id,
        text=left.text + gap + right.text,
        box=box,
        lefts=(*left.lefts, *(ends[0] for _ in gap), *right.lefts),
        rights=(*left.rights, *(ends[1] for _ in gap), *right.rights),
        confidences=(*left.confidences, *(UNMEASURED for _ in gap), *right.confidences),
        readers=left.readers + (right.readers[:1] or "p") * len(gap) + right.readers,
        weights=_padded(left.weights, right.weights, left, right, len(gap)),
        tops=_padded(left.tops, right.tops, left, right, len(gap)),
        bottoms=_padded(left.bottoms, right.bottoms, left, right, len(gap)),
        styles=_joined_styles(left, right, len(gap)),
        doubts=(*left.doubts, *(Doubt(doubt.at + shift, doubt.alternatives) for doubt in right.doubts)),
        insertions=(
            *(one for one in left.insertions if one.at < len(left.text)),
            *(Insertion(one.at + shift, one.text, one.confidence) for one in right.insertions if one.at),
        ),
    )


def _in_box(line: Line, box: Box) -> Line:
    """The line with what is measured of its ink as shares of a box around it."""
    scale = line.box.height / box.height if box.height else 1.0
    if scale == 1.0:
        return line
    lead = (line.box.y0 - box.y0) / box.height
    return msgspec.structs.replace(
        line,
        weights=tuple(weight * scale for weight in line.weights),
        tops=tuple(lead + top * scale for top in line.tops),
        bottoms=tuple(lead + bottom * scale for bottom in line.bottoms),
    )


def slice_line(line: Line, start: int, end: int) -> Line:
    """The part ``text[start:end]`` as a line of its own, white space at its ends left out."""
    while start < end and line.text[start].isspace():
        start += 1
    while end > start and line.text[end - 1].isspace():
        end -= 1
    box = Box(line.lefts[start], line.box.y0, line.rights[end - 1], line.box.y1) if start < end else line.box
    return msgspec.structs.replace(
        line,
        text=line.text[start:end],
        box=box,
        lefts=line.lefts[start:end],
        rights=line.rights[start:end],
        confidences=line.confidences[start:end],
        readers=line.readers[start:end],
        weights=line.weights[start:end],
        tops=line.tops[start:end],
        bottoms=line.bottoms[start:end],
        styles=line.styles[start:end],
        doubts=tuple(Doubt(doubt.at - start, doubt.alternatives) for doubt in line.doubts if start <= doubt.at < end),
        insertions=tuple(
            Insertion(one.at - start, one.text, one.confidence) for one in line.insertions if start < one.at <= end
        ),
    )


def part_at_white(line: Line, white: float) -> tuple[Line, ...]:
    """The line cut wherever more than ``white`` points part its characters; the line alone where nothing does."""
    cuts = [0]
    ink = line.rights[0] if line.rights else 0.0
    for at in range(1, len(line.text)):
        if line.text[at].isspace():
            continue
        if line.lefts[at] - ink > white and line.text[:at].strip():
            cuts.append(at)
        ink = line.rights[at]
    if len(cuts) < 2:
        return (line,)
    return tuple(slice_line(line, start, end) for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True))


def _padded(
    first: tuple[float, ...], second: tuple[float, ...], left: Line, right: Line, gap: int
) -> tuple[float, ...]:
    if not first and not second:
        return ()
    head = first or (0.0,) * len(left.text)
    tail = second or (0.0,) * len(right.text)
    return (*head, *(0.0,) * gap, *tail)


def _joined_styles(left: Line, right: Line, gap: int) -> str:
    if not left.styles and not right.styles:
        return ""
    return padded(left.styles, len(left.text)) + PLAIN * gap + padded(right.styles, len(right.text))


# What the layout network sees on a page: blocks of print, before their lines are known.


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A block the network saw: its kind, box in pixels and score from 0 to 1."""

    kind: RegionKind
    box: Box
    score: float


# The text layer of a PDF page: single characters, and what they say in a line.


class LayerChar(msgspec.Struct, frozen=True, array_like=True):
    """A character of a PDF's text layer, on the page as shown, in points.

    ``box`` is its cell: as wide as it advances, as high as the type is large. ``ink`` is its outline's box; None where
    the file's own fonts draw nothing for it. ``slant`` is how far its line rises, in degrees; 0 for usual print.
    ``is_embedded`` tells whether the file brings its font along, ``is_painted`` whether the file asks for it to be
    painted at all: the layers that OCR programs put under scans are not. ``is_mark``: it is of pale words that stand
    all over the page, a watermark.
    """

    text: str
    box: Box
    font: str
    size: float
    ink: Box | None = None
    slant: float = 0.0
    is_embedded: bool = True
    is_painted: bool = True
    is_mark: bool = False


class LayerText(msgspec.Struct, frozen=True, kw_only=True):
    """The layer's reading of one line, on the upright page: of each character the box, the font and the outline's box.

    ``inks`` may be empty: then nothing is known of the outlines.
    """

    text: str
    boxes: tuple[Box, ...]
    fonts: tuple[str, ...]
    inks: tuple[Box | None, ...] = ()


# What a reader saw in a picture of one line.


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader saw in one line image; every tuple holds one value a character of ``text``.

    ``centers`` are x in pixels of the image; ``confidences`` the reader's own posterior, 0 to 1;
    ``alternatives`` what else each character may be, best first, empty where the reader was sure;
    ``spaces`` the chance of a space before each character, empty when the reader cannot tell;
    ``marks`` the likeliest mark, with its chance, before each character and behind the last, empty likewise.
    """

    text: str = ""
    centers: tuple[float, ...] = ()
    confidences: tuple[float, ...] = ()
    alternatives: tuple[tuple[tuple[str, float], ...], ...] = ()
    spaces: tuple[float, ...] = ()
    marks: tuple[tuple[str, float], ...] = ()
