"""Page furniture: running heads, feet and page numbers, told by place, repetition and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from rapidfuzz import fuzz

from recover.model.document import Furniture
from recover.model.page import Line, PageReading, Region

# Heads and feet stand in these shares of the page's height, from the top and from the bottom.
HEAD_ZONE, FOOT_ZONE = 0.12, 0.1
# Two heads are the same from this likeness on (percent): OCR errs, numbers change.
SAME = 80.0
# Without so many letters a line says too little to be known again: 1994;330(9):585-591.
LETTERS = 2
# A title is larger than text by this much, and longer than so many letters; a head that has it is as like (percent).
LARGE, TITLE, SAME_TITLE = 1.2, 8, 88.0
# Beside the title a head has a name or two: it is this part of it at least.
MOST_OF_IT = 0.6
# Lines of one row have their middles this near, in line heights.
ROW = 0.5
# A head that only the layout network vouches for must stand off the text by this many line heights.
STAND_OFF = 0.6
PAGE_NUMBER = re.compile(
    r"^[\s\-–—·•.,，'|]*(?:第?\s*[·•]?\s*)?(?:\d{1,5}|[ivxlcIVXLC]{1,6}|[A-Z]\d{1,4})\s*页?[\s\-–—·•.|]*(?:共\s*\d+\s*页)?$"
)


class Member:
    """A line that may be furniture, with what it is compared by: its letters, and those of all its row."""

    __slots__ = ("key", "line", "page", "place", "region", "row")

    def __init__(self, page: PageReading, region: Region, line: Line) -> None:
        self.page = page.index
        self.region = region
        self.line = line
        self.place = line.box.center[1] / max(1.0, page.height)
        self.key = re.sub(r"\d+", "0", "".join(line.text.split())).lower()
        self.row = self.key


def find_furniture(pages: Sequence[PageReading]) -> tuple[frozenset[tuple[int, str]], tuple[Furniture, ...]]:
    """(page, line id) of every line that is furniture, and the furniture itself for the record."""
    members = [
        Member(page, region, line) for page in pages for region in page.regions for line in region.lines if line.text
    ]
    edge = [member for member in members if _in_zone(member)]
    _join_rows(edge)
    on_page = _by_page(members)
    titles = _title_lines(members)
    found = [
        member
        for member in edge
        if _is_furniture(member, edge, on_page[member.page], len(pages)) or _names(member, titles, on_page[member.page])
    ]
    found += [member for member in members if member.region.kind == "margin"]
    keys = frozenset((member.page, member.line.id) for member in found)
    return keys, tuple(_record(member, pages) for member in sorted(found, key=lambda item: (item.page, item.place)))


def _by_page(members: Sequence[Member]) -> dict[int, list[Member]]:
    on_page: dict[int, list[Member]] = {}
    for member in members:
        on_page.setdefault(member.page, []).append(member)
    return on_page


def _join_rows(edge: Sequence[Member]) -> None:
    """A head's left and right part are two lines on one page and one on another: rows are the same on both."""
    on_page = _by_page(edge)
    for member in edge:
        middle, reach = member.line.box.center[1], ROW * member.line.box.height
        row = [other for other in on_page[member.page] if abs(other.line.box.center[1] - middle) <= reach]
        member.row = "".join(other.key for other in sorted(row, key=lambda other: other.line.box.x0))


def _title_lines(members: Sequence[Member]) -> list[Member]:
    """The lines of the first page that are set larger than its text: the paper's title is among them."""
    first = [member for member in members if member.page == members[0].page] if members else []
    usual = median(member.line.height for member in first) if first else 0.0
    return [member for member in first if member.line.height >= LARGE * usual and len(member.key) >= TITLE]


def _names(member: Member, titles: Sequence[Member], neighbours: Sequence[Member]) -> bool:
    """Whether a head of a later page names the paper by its title, as heads of short papers do only once."""
    return (
        member.place < HEAD_ZONE
        and member.region.kind != "reference"
        and _is_outermost(member, neighbours)
        and any(
            title.page != member.page
            and len(title.key) <= len(member.key) <= len(title.key) / MOST_OF_IT
            and fuzz.partial_ratio(title.key, member.key) >= SAME_TITLE
            for title in titles
        )
    )


def _in_zone(member: Member) -> bool:
    return member.place < HEAD_ZONE or member.place > 1 - FOOT_ZONE


def _is_furniture(member: Member, edge: Sequence[Member], neighbours: Sequence[Member], page_count: int) -> bool:
    if member.region.kind in ("figure", "table"):
        return False
    if PAGE_NUMBER.match(member.line.text) and _is_outermost(member, neighbours):
        return True
    if page_count > 1 and _repeats(member, edge) and _is_outermost(member, neighbours):
        return True
    return (
        member.region.kind in ("header", "footer")
        and _is_outermost(member, neighbours)
        and _stands_off(member, neighbours)
    )


def _repeats(member: Member, edge: Sequence[Member]) -> bool:
    return any(
        other.page != member.page
        and abs(other.place - member.place) < 0.02
        and sum(map(str.isalpha, member.key)) >= LETTERS
        and (fuzz.ratio(other.key, member.key) >= SAME or fuzz.ratio(other.row, member.row) >= SAME)
        for other in edge
    )


def _is_outermost(member: Member, neighbours: Sequence[Member]) -> bool:
    """Whether no line of text stands between it and the page's edge."""
    box = member.line.box
    at_head = member.place < 0.5
    outside = [
        other
        for other in neighbours
        if (other.line.box.y1 < box.y0 + 0.3 * box.height if at_head else other.line.box.y0 > box.y1 - 0.3 * box.height)
    ]
    return all(_in_zone(other) and len(outside) <= 4 for other in outside)


def _stands_off(member: Member, neighbours: Sequence[Member]) -> bool:
    """Whether white parts it from the text."""
    box = member.line.box
    at_head = member.place < 0.5
    inner = [
        other.line.box
        for other in neighbours
        if other.region.kind not in ("header", "footer")
        and abs(other.line.box.center[1] - box.center[1]) > 0.5 * box.height
    ]
    gaps = [(other.y0 - box.y1) if at_head else (box.y0 - other.y1) for other in inner]
    return min((gap for gap in gaps if gap > -box.height), default=box.height) > STAND_OFF * box.height


def _record(member: Member, pages: Sequence[PageReading]) -> Furniture:
    page = next(page for page in pages if page.index == member.page)
    if member.region.kind == "margin":
        kind = "margin"
    elif PAGE_NUMBER.match(member.line.text):
        kind = "page-number"
    else:
        kind = "running-head" if member.place < 0.5 else "running-foot"
    return Furniture(
        page=member.page,
        box=page.to_page.box(member.line.box).rounded(),
        text=member.line.text,
        kind=kind,
        line=f"p{member.page + 1}.{member.line.id}",
    )
