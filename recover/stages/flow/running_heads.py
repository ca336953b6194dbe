"""Running heads, feet and page numbers: lines at a page's edge that something else than their place speaks for.

What stands once on one page is text, wherever it stands. Evidence is a line that stands at the same place on other
pages, a number that counts with the pages or stands off alone, a line that publishers are known to print, a head that
names the paper, the volume and issue of a journal.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from rapidfuzz import fuzz

from recover.model.page import Line, PageReading
from recover.model.records import Furniture
from recover.stages.flow.captions import CAPTION
from recover.stages.flow.page_edges import (
    Row,
    Side,
    counting_pages,
    edge_rows,
    is_known_line,
    is_page_number,
    leaves_of,
    line_key,
    page_value,
    says_page_of,
)

# Heads and feet stand in this share of the page's height from its edges, and are no more rows than this.
ZONE, DEPTH = 0.15, 5
# Rows that are the same stand at places no farther apart than this, on pages no farther apart than that.
SAME_PLACE, NEAR_PAGES = 0.02, 8
# Two heads are the same from this likeness on (percent): readers err. Short ones must be equal.
SAME, SHORT = 80.0, 5
# A row that stands where heads of so many pages near it do, this exactly, is one though it says something else.
EXACTLY, PAGES = 0.006, 2
# With fewer letters a line says too little to be known again: 1994;330(9):585-591.
LETTERS = 2
# What is set so much larger is no other setting of the same head.
ALIKE_IN_SIZE = 1.3
# Rows stand off from the text where the step to it is so many times the usual one; a head has no more rows than this.
STANDS_OFF, MOST_ROWS = 1.25, 3
# A title is larger than text by this much, and longer than so many letters; a head that has it is as like (percent).
LARGE, TITLE, SAME_TITLE = 1.2, 8, 88.0
# Beside the title a head has a name or two: it is this part of it at least.
MOST_OF_IT = 0.6
# A head is smaller than the page's usual line by this factor where nothing else speaks for it.
SMALL = 0.9
# 第 38 卷 第 5 期, Vol. 38 No. 5: of a journal's head, and of no sentence as short as this.
ISSUE = re.compile(r"第\s*\d+\s*[卷期]|\bVol\.?\s*\d+|\bNo\.?\s*\d+|\bISSN\b|\d{4}\s*年\s*第\s*\d+\s*期", re.IGNORECASE)
LONGEST = 90
ADDRESS = re.compile(r"(?:https?://|www\.)[\w./~%?=&-]+", re.IGNORECASE)
# A name with a page number at a foot's end: …｜读者 37.
NAME_AND_NUMBER = re.compile(r"(?:^|[\s|｜/\\·—-])[A-Za-z\u4e00-\u9fff]{2,12}\s?\d{1,4}\s*$")
# A number at an end of what the layout network takes for a head: 156 An Author et al.
END_NUMBER = re.compile(r"^\s*\d{1,5}\b|\b\d{1,5}\s*$")
SENTENCE_END = tuple("。！？；")

Keys = frozenset[tuple[int, str]]


class Seen(msgspec.Struct, frozen=True):
    """What all pages show: their rows at both edges, the pages whose number counts, the lines of the paper's title.

    ``sizes`` are the usual heights of the pages' lines, ``usual`` that of the whole paper's: pages of references are
    set smaller than their heads. ``first`` is the file's first page.
    """

    rows: dict[tuple[int, Side], tuple[Row, ...]]
    counting: dict[Side, frozenset[int]]
    titles: tuple[tuple[int, Line], ...]
    sizes: dict[int, float]
    usual: float = 0.0
    first: int = 0


def find_running_heads(pages: Sequence[PageReading]) -> tuple[Keys, tuple[Furniture, ...]]:
    """(page, line id) of every line that belongs to a page and not to the text, and these lines for the record."""
    leaves = [(page.index, side, leaf) for page in pages for side, leaf in enumerate(leaves_of(page))]
    # A spread counts two pages.
    each = 2 if any(side for _, side, _ in leaves) else 1
    pages_of = {each * page + side: page for page, side, _ in leaves}
    numbered = [msgspec.structs.replace(leaf, index=each * page + side) for page, side, leaf in leaves]
    kinds = {(pages_of[leaf], line): kind for (leaf, line), kind in _kinds(numbered).items()}
    return frozenset(kinds), tuple(_record(pages, kinds))


def _kinds(pages: Sequence[PageReading]) -> dict[tuple[int, str], str]:
    """What every line that belongs to a page is."""
    seen = _look(pages)
    kinds: dict[tuple[int, str], str] = {(page.index, line.id): "margin" for page in pages for line in _margin(page)}
    firm = {place: _peel(rows, seen, _is_running_head) for place, rows in seen.rows.items()}
    for page in pages:
        for side, row in _on_page(page.index, seen, firm):
            kinds |= {(page.index, member.line.id): _kind(side, member.line) for member in row.members}
    return kinds | _heads_in_margin(pages, kinds)


def _on_page(page: int, seen: Seen, firm: Mapping[tuple[int, Side], list[Row]]) -> Iterator[tuple[Side, Row]]:
    """The page's running heads and feet; on one with a page number the layout network is believed about others."""
    is_numbered = any(_has_number(row) for side in _SIDES for row in firm[page, side])
    for side in _SIDES:
        rows = firm[page, side] or _in_their_place(seen.rows[page, side], seen, firm)
        yield from ((side, row) for row in rows)
        if is_numbered:
            yield from ((side, row) for row in _peel(seen.rows[page, side][len(rows) :], seen, _is_either))


def _in_their_place(rows: Sequence[Row], seen: Seen, firm: Mapping[tuple[int, Side], list[Row]]) -> Sequence[Row]:
    """The first row where it stands off exactly where other pages have their heads: another one of these."""
    block = _block(rows)
    if len(block) != 1 or rows[0].side != "head" or not _in_zone(rows[0]) or not _may_be_head(block, seen):
        return ()
    same = [
        page
        for (page, side), heads in firm.items()
        if side == rows[0].side and 0 < abs(page - rows[0].page) <= NEAR_PAGES and heads
        if abs(heads[0].place - rows[0].place) < EXACTLY and heads[0].height < ALIKE_IN_SIZE * rows[0].height
    ]
    return block if len(same) >= PAGES else ()


def _look(pages: Sequence[PageReading]) -> Seen:
    rows = {(page.index, side): edge_rows(page, side, DEPTH) for page in pages for side in _SIDES}
    counting: dict[Side, frozenset[int]] = {
        side: counting_pages(
            (page, value)
            for (page, where), found in rows.items()
            if where == side
            for row in found
            if _in_zone(row)
            for member in row.members
            if (value := page_value(member.line.text)) is not None
        )
        for side in _SIDES
    }
    sizes = {page.index: _usual_height(page) for page in pages}
    first = pages[0].index if pages else 0
    usual = statistics.median(sizes.values()) if sizes else 0.0
    titles = tuple(_title_lines(pages, sizes))
    return Seen(rows=rows, counting=counting, titles=titles, sizes=sizes, usual=usual, first=first)


def _usual_height(page: PageReading) -> float:
    heights = [line.height for region in page.regions for line in region.lines]
    return statistics.median(heights) if heights else 0.0


_SIDES: tuple[Side, Side] = ("head", "foot")


def _in_zone(row: Row) -> bool:
    return row.place < ZONE if row.side == "head" else row.place > 1 - ZONE


def _title_lines(pages: Sequence[PageReading], sizes: Mapping[int, float]) -> Iterator[tuple[int, Line]]:
    """The lines of the first page that are set larger than its text: the paper's title is among them."""
    for region in pages[0].regions if pages else ():
        for line in region.lines:
            if line.height >= LARGE * sizes[pages[0].index] and len(line_key(line.text)) >= TITLE:
                yield pages[0].index, line


def _peel(rows: Sequence[Row], seen: Seen, is_one: Callable[[Sequence[Row], Seen], int]) -> list[Row]:
    """The rows of running heads, from the edge inward: behind the first row of text there is none."""
    peeled: list[Row] = []
    while len(peeled) < len(rows):
        rest = rows[len(peeled) :]
        count = is_one(rest, seen) if _in_zone(rest[0]) else 0
        numbered = any(map(_has_number, peeled)) and any(map(_has_number, rest[:count]))
        if not count or numbered:
            break
        peeled += rest[:count]
    return peeled


def _is_running_head(rows: Sequence[Row], seen: Seen) -> int:
    """How many of the first rows are running heads by what they say, or by what stands on other pages."""
    first = rows[0]
    if _says_caption(first):
        return 0
    if is_known_line(first.text) or says_page_of(first.text) or _counts(first, seen):
        return 1
    if repeated := _repeated(rows, seen):
        return repeated
    if first.gap > STANDS_OFF and (_says_page(first) or _names_paper(first, seen)):
        return 1
    block = _block(rows)
    if any(END_NUMBER.search(row.text) for row in block) and _is_vouched(rows, seen):
        return len(block)
    return len(block) if _names_issue(block, seen) else 0


def _is_either(rows: Sequence[Row], seen: Seen) -> int:
    return _is_running_head(rows, seen) or _is_vouched(rows, seen)


def _is_vouched(rows: Sequence[Row], seen: Seen) -> int:
    """How many of the first rows stand off as heads or feet for the layout network, or by small type, set as text."""
    block = _block(rows)
    kind = "header" if rows[0].side == "head" else "footer"
    is_vouched = all(member.kind == kind for row in block for member in row.members) or _is_small_head(block, seen)
    return len(block) if is_vouched and _may_be_head(block, seen) else 0


def _is_small_head(block: Sequence[Row], seen: Seen) -> bool:
    """Whether one row in small type stands off at the head of a later page; on the first, labels are set so."""
    return (
        len(block) == 1
        and block[0].side == "head"
        and block[0].page != seen.first
        and block[0].height < SMALL * seen.sizes[block[0].page]
    )


def _block(rows: Sequence[Row]) -> Sequence[Row]:
    """The first rows up to the white that parts them from the text; none where there is no such white."""
    for at, row in enumerate(rows[:MOST_ROWS]):
        if row.gap > STANDS_OFF:
            return rows[: at + 1]
    return ()


def _may_be_head(block: Sequence[Row], seen: Seen) -> bool:
    return all(
        not _says_caption(row)
        and row.height < LARGE * max(seen.sizes[row.page], seen.usual)
        and len(row.text) <= LONGEST
        and not row.text.rstrip().endswith(SENTENCE_END)
        for row in block
    )


def _says_caption(row: Row) -> bool:
    return any(CAPTION.match(member.line.text) for member in row.members)


def _has_number(row: Row) -> bool:
    """Whether a page number stands at an end of the row, or in one that tells the page."""
    ends = row.members[0].line.text, row.members[-1].line.text
    is_named = row.side == "foot" and NAME_AND_NUMBER.search(row.text) is not None
    return is_named or any(map(is_page_number, ends)) or says_page_of(row.text)


def _counts(row: Row, seen: Seen) -> bool:
    """Whether it holds a number that counts with the pages, and nothing that goes on with the text."""
    ends = row.members[0].line.text, row.members[-1].line.text
    is_counted = row.page in seen.counting[row.side] or _is_beside_counted(row, seen)
    alone = len(row.members) == 1 or row.gap > STANDS_OFF
    return any(map(is_page_number, ends)) and is_counted and alone


def _is_beside_counted(row: Row, seen: Seen) -> bool:
    """Whether numbers that count stand at this place of other pages: this one was misread."""
    return any(
        abs(other.place - row.place) < SAME_PLACE
        for page in seen.counting[row.side]
        for other in seen.rows[page, row.side]
        if any(is_page_number(member.line.text) for member in other.members)
    )


def _repeated(rows: Sequence[Row], seen: Seen) -> int:
    """How many of the first rows stand at the same places of another page; of pages all alike, those that stand off."""
    page, side = rows[0].page, rows[0].side
    most = 0
    for number in range(page - NEAR_PAGES, page + NEAR_PAGES + 1):
        others = seen.rows.get((number, side), ()) if number != page else ()
        same = 0
        while same < len(rows) and any(_are_same(rows[same], other) for other in others):
            same += 1
        most = max(most, same)
    return len(_block(rows)) if most and most == len(rows) else most


def _are_same(row: Row, other: Row) -> bool:
    if _says_caption(row) or abs(row.place - other.place) >= SAME_PLACE:
        return False
    if not 1 / ALIKE_IN_SIZE < row.height / other.height < ALIKE_IN_SIZE:
        return False
    return _are_alike(row.key, other.key) or any(
        _are_alike(member.key, one.key) for member in row.members for one in other.members
    )


def _are_alike(key: str, other: str) -> bool:
    if sum(map(str.isalpha, key)) < LETTERS:
        return False
    return key == other or (len(key) >= SHORT and fuzz.ratio(key, other) >= SAME)


def _says_page(row: Row) -> bool:
    """Whether a row that white parts from the text is a page number or an address, or ends in a name with a number."""
    text = row.text.strip()
    return _has_number(row) or ADDRESS.fullmatch(text) is not None


def _names_issue(block: Sequence[Row], seen: Seen) -> bool:
    """Whether the first rows are a journal's head that names its volume or issue."""
    is_head = bool(block) and block[0].side == "head" and any(ISSUE.search(row.text) for row in block)
    return is_head and _may_be_head(block, seen)


def _names_paper(row: Row, seen: Seen) -> bool:
    """Whether a head of a later page names the paper by its title, as heads of short papers do only once."""
    return row.side == "head" and any(
        page != row.page
        and member.kind != "reference"
        and len(title) <= len(member.key) <= len(title) / MOST_OF_IT
        and fuzz.partial_ratio(title, member.key) >= SAME_TITLE
        for page, line in seen.titles
        for title in (line_key(line.text),)
        for member in row.members
    )


def _margin(page: PageReading) -> Iterable[Line]:
    """Numbers in the margin. Words there are text."""
    for region in page.regions:
        if region.kind == "margin":
            yield from (line for line in region.lines if sum(map(str.isalpha, line.text)) < LETTERS)


def _heads_in_margin(pages: Sequence[PageReading], kinds: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """Words at the edge of a page's head or foot that are a running head of other pages: 综述 beside the journal."""
    lines = [(page, region.kind, line) for page in pages for region in page.regions for line in region.lines]
    heads = {
        line_key(line.text) for page, _, line in lines if kinds.get((page.index, line.id), "").startswith("running")
    }
    return {
        (page.index, line.id): "running-head" if line.box.center[1] < ZONE * page.height else "running-foot"
        for page, kind, line in lines
        if kind == "margin" and line_key(line.text) in heads
        if not ZONE < line.box.center[1] / page.height < 1 - ZONE
    }


def _kind(side: Side, line: Line) -> str:
    if is_page_number(line.text):
        return "page-number"
    return "running-head" if side == "head" else "running-foot"


def _record(pages: Sequence[PageReading], kinds: dict[tuple[int, str], str]) -> Iterator[Furniture]:
    """The lines as the document keeps them, in the order of the pages from the top."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for page in pages:
        for region in page.regions:
            by_page[page.index] += [line for line in region.lines if (page.index, line.id) in kinds]
    for page in pages:
        for line in sorted(by_page[page.index], key=lambda line: line.box.center[1]):
            yield Furniture(
                page=page.index,
                box=page.to_page.box(line.box).rounded(),
                text=line.text,
                kind=kinds[page.index, line.id],
                line=f"p{page.index + 1}.{line.id}",
            )
