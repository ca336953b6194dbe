"""What stands at a page's edge: rows from the edge inward, page numbers, publishers' known lines; a spread's leaves."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
from rapidfuzz import fuzz

from recover.model.geometry import Box, enclose
from recover.model.page import Line, PageReading, Region, RegionKind

# A known line is found in a printed one from this likeness on (percent).
ALIKE = 88.0
# Known lines make up this share of a printed one at least: a sentence that names a database is text.
MOST_OF_IT = 0.6
PATTERN = "re "


def is_known_line(text: str) -> bool:
    """Whether a line says nothing but what publishers and databases print on other people's pages."""
    plain, patterns = _known()
    if any(pattern.fullmatch(text.strip()) for pattern in patterns):
        return True
    key = squeezed(text)
    if not key:
        return False
    covered = [False] * len(key)
    for line in plain:
        if len(line) > len(key) + 2:
            continue
        found = fuzz.partial_ratio_alignment(line, key, score_cutoff=ALIKE)
        if found is not None:
            covered[found.dest_start : found.dest_end] = [True] * (found.dest_end - found.dest_start)
    return sum(covered) >= MOST_OF_IT * len(key)


def squeezed(text: str) -> str:
    """A line without spaces and case."""
    return "".join(text.split()).lower()


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    source = files("recover.stages.flow") / "data" / "publisher_lines.txt"
    lines = [line for line in source.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    plain = tuple(squeezed(line) for line in lines if not line.startswith(PATTERN))
    patterns = tuple(
        re.compile(line.removeprefix(PATTERN), re.IGNORECASE) for line in lines if line.startswith(PATTERN)
    )
    return plain, patterns


# Page numbers: what looks like one, and which of them count with the pages.

_VALUE = r"(?P<value>\d{1,5}|[ivxlc]{1,6})"
PAGE_NUMBER = re.compile(
    rf"^[\s\-–—·•.,，'|]*(?:第?\s*[·•]?\s*)?(?:{_VALUE}|[A-Z](?P<lettered>\d{{1,4}}))\s*[页頁]?[\s\-–—·•.|]*"
    r"(?:[共/]\s*\d+\s*[页頁]?)?$",
    re.IGNORECASE,
)
# 第 1 页，共 2 页; Page 1 of 2. A date may stand before it.
PAGE_OF = re.compile(
    r"第\s*\d+\s*[页頁]\s*[,，、/（(]?\s*共\s*\d+\s*[页頁]|\bpage\s*\d+\s*(?:of|/)\s*\d+", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# Numbers on so many pages that rise as the pages do are page numbers.
COUNTING = 2


def is_page_number(text: str) -> bool:
    """Whether a line looks like a page number and nothing else."""
    return PAGE_NUMBER.match(text) is not None


def says_page_of(text: str) -> bool:
    """Whether a line tells the page and how many there are."""
    return PAGE_OF.search(text) is not None


def page_value(text: str) -> int | None:
    """The number a page number says; None for any other text."""
    match = PAGE_NUMBER.match(text)
    if match is None:
        return None
    value = (match["value"] or match["lettered"]).lower()
    return int(value) if value.isdecimal() else _roman(value)


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if any(later > value for later in values[at:]) else value for at, value in enumerate(values))


def counting_pages(numbers: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The pages of those (page, number) that count with the pages: their difference is that of other pages too."""
    numbers = tuple(numbers)
    offsets = Counter(value - page for page, value in {*numbers})
    return frozenset(page for page, value in numbers if offsets[value - page] >= COUNTING)


# A page's lines as rows from its edges inward: what running heads are looked for among.

Side = Literal["head", "foot"]
# Lines of one row have their middles this near, in line heights.
ROW = 0.5
# Rows no farther from each other than this, in line heights, show a page's usual step from row to row.
TEXT_STEP = 3.0


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a row, with the kind of its region and its letters, all digits alike."""

    line: Line
    kind: RegionKind
    key: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Lines side by side from left to right; ``place`` is how far down the page they stand, from 0 to 1.

    ``gap`` is the step to the next row inward over the page's usual one; endless where there is none.
    """

    page: int
    side: Side
    members: tuple[Member, ...]
    place: float
    gap: float

    @property
    def key(self) -> str:
        return "".join(member.key for member in self.members)

    @property
    def text(self) -> str:
        return " ".join(member.line.text for member in self.members)

    @property
    def height(self) -> float:
        return max(member.line.height for member in self.members)


def edge_rows(page: PageReading, side: Side, depth: int) -> tuple[Row, ...]:
    """The page's first rows from an edge inward, up to one that holds a part of a figure or table."""
    groups = _groups(page)
    if side == "foot":
        groups.reverse()
    boxes = [enclose(member.line.box for member in group) for group in groups]
    step = _usual_step(boxes)
    rows: list[Row] = []
    for at, (group, box) in enumerate(zip(groups, boxes, strict=True)):
        if at == depth or any(member.kind in ("figure", "table") for member in group):
            break
        gap = abs(boxes[at + 1].center[1] - box.center[1]) / step if at + 1 < len(boxes) and step else float("inf")
        place = box.center[1] / max(1.0, page.height)
        rows.append(Row(page=page.index, side=side, members=tuple(group), place=place, gap=gap))
    return tuple(rows)


def _groups(page: PageReading) -> list[list[Member]]:
    """The page's rows from the top, marks in the margin left out."""
    members = [
        Member(line=line, kind=region.kind, key=line_key(line.text))
        for region in page.regions
        for line in region.lines
        if line.text.strip() and region.kind != "margin"
    ]
    rows: list[list[Member]] = []
    for member in sorted(members, key=lambda one: one.line.box.center[1]):
        if rows and _is_level(member.line.box, rows[-1][-1].line.box):
            rows[-1].append(member)
        else:
            rows.append([member])
    return [sorted(row, key=lambda one: one.line.box.x0) for row in rows]


def _is_level(box: Box, other: Box) -> bool:
    return abs(box.center[1] - other.center[1]) <= ROW * min(box.height, other.height)


def _usual_step(boxes: Sequence[Box]) -> float:
    """The usual distance from row to row of the page's text; 0 where no two rows are near each other."""
    steps = [
        abs(below.center[1] - above.center[1])
        for above, below in itertools.pairwise(boxes)
        if abs(below.center[1] - above.center[1]) < TEXT_STEP * above.height
    ]
    return statistics.median(steps) if steps else 0.0


def line_key(text: str) -> str:
    """What a line is known again by: its letters without spaces and case, its numbers all alike."""
    return re.sub(r"\d+", "0", "".join(text.split())).lower()


# The two leaves of a spread: each has heads, feet and a page number of its own.

# White between them from the top of the print to its foot, in heights of its lower lines: bent ones have high boxes.
SPREAD, LOWER = 3.0, 4
# Each leaf holds so many lines, and the white stands in this part of the print's width; it is wider than high.
LEAF_LINES, MIDDLE, LANDSCAPE = 4, (0.35, 0.65), 1.1


def leaves_of(page: PageReading) -> tuple[PageReading, ...]:
    """The left and the right leaf of a spread, each with its lines; the page alone where it is no spread."""
    boxes = [line.box for region in page.regions for line in region.lines if line.text.strip()]
    middle = _fold(boxes)
    if middle is None:
        return (page,)
    print_height = max(box.y1 for box in boxes) + statistics.median(box.height for box in boxes)
    return tuple(
        msgspec.structs.replace(
            page,
            # A photograph's leaves were cut out: the page ends where their print does.
            height=min(page.height, print_height),
            regions=tuple(_within(region, middle, is_right=is_right) for region in page.regions),
        )
        for is_right in (False, True)
    )


def _within(region: Region, middle: float, *, is_right: bool) -> Region:
    lines = tuple(line for line in region.lines if (line.box.center[0] > middle) == is_right)
    return msgspec.structs.replace(region, lines=lines)


def _fold(boxes: Sequence[Box]) -> float | None:
    """Where the white between two leaves stands; None where there is none."""
    if len(boxes) < 2 * LEAF_LINES:
        return None
    whole = enclose(boxes)
    if whole.width < LANDSCAPE * whole.height:
        return None
    least = SPREAD * sorted(box.height for box in boxes)[len(boxes) // LOWER]
    low, high = (whole.x0 + share * whole.width for share in MIDDLE)
    reached = whole.x0
    for at, box in enumerate(sorted(boxes, key=lambda one: one.x0)):
        middle = (reached + box.x0) / 2
        if box.x0 - reached > least and low < middle < high and LEAF_LINES <= at <= len(boxes) - LEAF_LINES:
            return middle
        reached = max(reached, box.x1)
    return None
