"""What stands on the pages of a document and what became of it: lines, regions, corrections, problems, the account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from recover.model.geometry import Box, share_under

# The OCR engines: a new one is a name here and its module in ``recover/engines``.
Engine = Literal["ppocr", "tesseract"]
Origin = Literal["text-layer", Engine, "person"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Immutable, compared by value, written as a JSON object."""


class Correction(Record, frozen=True, kw_only=True):
    """A change to what was read."""

    page: int
    box: Box | None
    was: str
    now: str
    why: str
    evidence: str


class Problem(Record, frozen=True, kw_only=True):
    """Something the reader should know: what, where, and what can be done."""

    stage: str
    page: int | None
    message: str
    remedy: str


class Furniture(Record, frozen=True, kw_only=True):
    """Text that belongs to the page and not to the paper: running heads, feet, page numbers; ``line`` is where."""

    page: int
    box: Box
    text: str
    kind: str
    line: str = ""


class PageLine(Record, frozen=True, kw_only=True):
    """A line as printed on the original page.

    ``quad`` is its outline (x, y four times, from the top left, clockwise); ``edges`` holds the left and right
    edge of every character as thousandths of the line's length, so that a slanted line costs no more than a
    level one. ``confidences`` are per mille per character; -1 where nobody measured. ``doubts`` hold, for an
    offset, the other readings of the character there, each with its confidence per mille. ``styles`` says how
    each character is set, one hexadecimal digit each: 1 raised, 2 lowered, 4 italic, 8 bold; "" where all are plain.
    """

    id: str
    text: str
    quad: tuple[float, ...]
    edges: tuple[int, ...]
    confidences: tuple[int, ...]
    origin: Origin
    doubts: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = ()
    styles: str = ""

    @property
    def box(self) -> Box:
        """The upright box around the line."""
        xs, ys = self.quad[::2], self.quad[1::2]
        return Box(min(xs), min(ys), max(xs), max(ys))


class PageRegion(Record, frozen=True, kw_only=True):
    """A region of the page, its place in the reading order (from 0; None for furniture) and its lines."""

    id: str
    kind: str
    box: Box
    order: int | None
    lines: tuple[PageLine, ...] = ()
    decision: str = ""
    reasons: tuple[str, ...] = ()


class PageRecord(Record, frozen=True, kw_only=True):
    """A page: its size in points, its turn and skew in degrees, the regions on it and its picture.

    ``precision`` is the number format the networks read it in (f32, bf16, f16).
    """

    number: int
    width: float
    height: float
    dpi: float
    rotation: int = 0
    skew: float = 0.0
    cleanup: tuple[str, ...] = ()
    image: str = ""
    precision: str = ""
    regions: tuple[PageRegion, ...] = ()


# More of a place than this under lines of the text: its print stands there, and the place is another reading of it.
READ_OTHERWISE = 0.5


class OpenPlace(Record, frozen=True, kw_only=True):
    """Print that stands in no text of the document: what could be read of it, and why it was left out."""

    box: Box
    text: str
    what: Literal["rejected", "unread"]
    why: str

    def is_lost(self, rows: Iterable[Box]) -> bool:
        """Whether its print stands in no line of the text (``rows``), as its reader or anybody else reads it."""
        return self.what == "unread" or share_under(self.box, rows) <= READ_OTHERWISE


class Counts(Record, frozen=True, kw_only=True):
    """Characters (white space not counted) by where they ended; ``characters`` is the sum of the classes below it."""

    characters: int = 0
    text: int = 0
    front: int = 0
    references: int = 0
    tables: int = 0
    captions: int = 0
    notes: int = 0
    formulas: int = 0
    figures: int = 0
    furniture: int = 0
    rejected: int = 0
    unread: int = 0


class PageAccount(Counts, frozen=True, kw_only=True):
    """A page's characters by where they ended, and the places that stand in no text."""

    page: int
    open: tuple[OpenPlace, ...] = ()


class Account(Counts, frozen=True, kw_only=True):
    """Where every character found in the file ended: each stands in exactly one class."""

    pages: tuple[PageAccount, ...] = ()
