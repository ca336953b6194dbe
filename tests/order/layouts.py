"""Pages as a printer sets them: random layouts whose reading order is known because they are built in it.

Lengths are in type sizes; ``Page.boxes`` are in pixels of a scan, worn by jitter and by what skew was left.
"""

from __future__ import annotations

import dataclasses
import math
import random

from hypothesis import strategies as st

from recover.model.geometry import Box

INDENT = 2.0
MARGIN = 6.0
# Plans of a page from the top down: s spans all columns, c is set in columns.
BANDS = ("c", "sc", "cs", "csc", "scs", "scsc", "ssc")
# Type of 10 pt at 65 to 320 dpi; degrees that straightening leaves.
EM, SKEW = st.floats(9.0, 45.0), st.floats(-0.2, 0.2)


@dataclasses.dataclass(frozen=True)
class Page:
    """Boxes in their true order, and the type size, both in pixels."""

    boxes: tuple[Box, ...]
    em: float

    def shuffled(self, seed: int) -> tuple[list[Box], list[int]]:
        """The boxes as a detector returns them, and the indexes that put them in order again."""
        places = list(range(len(self.boxes)))
        random.Random(seed).shuffle(places)
        return [self.boxes[place] for place in places], [places.index(index) for index in range(len(places))]


@dataclasses.dataclass(frozen=True)
class Set:
    """The measures of a page: its width, line pitch, height of a line's box, and the white between columns."""

    width: float
    pitch: float
    line: float
    gutter: float


def measures() -> st.SearchStrategy[Set]:
    return st.builds(
        Set,
        width=st.floats(44, 60),
        pitch=st.floats(1.35, 1.8),
        line=st.floats(0.95, 1.2),
        gutter=st.floats(1.5, 3.0),
    )


def paragraph(
    dice: random.Random, page: Set, x0: float, width: float, top: float, *, lines: int
) -> tuple[list[Box], float]:
    """Justified lines, the first set in, the last one short."""
    boxes = []
    for number in range(lines):
        left = x0 + (INDENT if number == 0 else 0.0)
        short = number == lines - 1
        right = x0 + (width * dice.uniform(0.35, 1.0) if short else width)
        boxes.append(Box(left, top, max(right, left + 1.5), top + page.line))
        top += page.pitch
    return boxes, top


def heading(dice: random.Random, page: Set, x0: float, width: float, top: float) -> tuple[list[Box], float]:
    top += dice.uniform(0.0, 0.8)
    return [Box(x0, top, x0 + min(width, dice.uniform(5, 12)), top + page.line)], top + page.pitch


def picture(dice: random.Random, x0: float, width: float, top: float) -> tuple[list[Box], float]:
    """A figure or table, which reaches the layout as one box, with white around it."""
    inset = dice.uniform(0.0, 0.1) * width
    top += dice.uniform(0.3, 1.0)
    bottom = top + dice.uniform(5, 14)
    return [Box(x0 + inset, top, x0 + width - inset, bottom)], bottom + dice.uniform(0.3, 1.0)


def column(dice: random.Random, page: Set, x0: float, width: float, top: float, *, bottom: float) -> list[Box]:
    """Paragraphs, headings and figures down to ``bottom``; text runs on to the column's foot."""
    boxes: list[Box] = []
    while (room := int((bottom - top) / page.pitch)) > 0:
        kind = dice.choice(["text", "text", "text", "heading", "picture"])
        if kind == "heading" and room >= 3:
            more, top = heading(dice, page, x0, width, top)
        elif kind == "picture" and room >= 14:
            more, top = picture(dice, x0, width, top)
        else:
            more, top = paragraph(dice, page, x0, width, top, lines=min(room, dice.randint(1, 9)))
        boxes += more
    return boxes


def columns(dice: random.Random, page: Set, count: int, top: float, *, is_last: bool) -> tuple[list[Box], float]:
    """Columns of one height; on a last page the last one may end early, but not all white."""
    width = (page.width - (count - 1) * page.gutter) / count
    bottom = top + dice.randint(8, 26) * page.pitch
    boxes: list[Box] = []
    for number in range(count):
        foot = bottom
        if is_last and number == count - 1:
            foot = top + max(4 * page.pitch, dice.uniform(0.25, 1.0) * (bottom - top))
        boxes += column(dice, page, MARGIN + number * (width + page.gutter), width, top, bottom=foot)
    return boxes, max(bottom, *(box.y1 for box in boxes))


def spanning(dice: random.Random, page: Set, top: float) -> tuple[list[Box], float]:
    """An abstract or a figure over all columns."""
    if dice.random() < 0.5:
        return picture(dice, MARGIN, page.width, top)
    return paragraph(dice, page, MARGIN, page.width, top, lines=dice.randint(2, 7))


@st.composite
def pages(draw: st.DrawFn, counts: tuple[int, ...] = (1, 2, 3)) -> Page:
    """Bands from the top down: what spans the page, then columns, then perhaps both once more.

    Hypothesis draws the plan, so that it can make a failing one smaller; the dice fill it, so that pages are full.
    """
    page, count, bands = draw(measures()), draw(st.sampled_from(counts)), draw(st.sampled_from(BANDS))
    dice = random.Random(draw(st.integers(0, 2**32)))
    return worn(filled(dice, page, count, bands), *draw(st.tuples(EM, SKEW)), dice)


@st.composite
def spreads(draw: st.DrawFn) -> Page:
    """Two pages of one book, scanned side by side."""
    page, count = draw(measures()), draw(st.sampled_from((1, 2)))
    left, right = draw(st.sampled_from(BANDS)), draw(st.sampled_from(BANDS))
    dice = random.Random(draw(st.integers(0, 2**32)))
    shift = page.width + draw(st.floats(4, 12))
    beside = [Box(box.x0 + shift, box.y0, box.x1 + shift, box.y1) for box in filled(dice, page, count, right)]
    return worn([*filled(dice, page, count, left), *beside], *draw(st.tuples(EM, SKEW)), dice)


@st.composite
def half_spanned(draw: st.DrawFn) -> Page:
    """Three columns, two of which a figure interrupts."""
    page = draw(measures())
    dice = random.Random(draw(st.integers(0, 2**32)))
    width = (page.width - 2 * page.gutter) / 3
    step = width + page.gutter
    at = draw(st.sampled_from((0, 1)))
    top, middle = MARGIN, MARGIN + dice.randint(8, 14) * page.pitch
    bottom = middle + 16 + dice.randint(8, 14) * page.pitch
    whole = column(dice, page, MARGIN + (2 if at == 0 else 0) * step, width, top, bottom=bottom)
    pair = [MARGIN + (at + number) * step for number in (0, 1)]
    parted = [box for x0 in pair for box in column(dice, page, x0, width, top, bottom=middle)]
    figure, below = picture(dice, pair[0], 2 * width + page.gutter, max(box.y1 for box in parted))
    parted += [*figure, *(box for x0 in pair for box in column(dice, page, x0, width, below, bottom=bottom))]
    return worn([*parted, *whole] if at == 0 else [*whole, *parted], *draw(st.tuples(EM, SKEW)), dice)


def filled(dice: random.Random, page: Set, count: int, bands: str) -> list[Box]:
    boxes: list[Box] = []
    top = MARGIN
    for number, band in enumerate(bands):
        if band == "s":
            more, top = spanning(dice, page, top)
        else:
            more, top = columns(dice, page, count, top, is_last=number == len(bands) - 1)
        boxes += more
        top += dice.uniform(0.4, 2.0)
    return boxes


def worn(boxes: list[Box], em: float, skew_degrees: float, dice: random.Random) -> Page:
    """Boxes as a detector draws them around print on a page that is not quite straight."""
    slope = math.tan(math.radians(skew_degrees))

    def jitter() -> float:
        return dice.uniform(-0.08, 0.08)

    moved = [
        Box(
            (box.x0 + jitter()) * em,
            (box.y0 + slope * box.center[0] + jitter()) * em,
            (box.x1 + jitter()) * em,
            (box.y1 + slope * box.center[0] + jitter()) * em,
        )
        for box in boxes
    ]
    return Page(boxes=tuple(moved), em=em)
