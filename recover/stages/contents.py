"""Printed contents pages: recognised, kept apart from the text, and read for the headings they promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median

import msgspec

from recover.model.document import FrontBlock, TocEntry
from recover.model.flow import Piece, line_alone
from recover.model.geometry import enclose
from recover.model.page import Line, PageReading
from recover.text.join import compose, seam
from recover.text.numbering import HEADING_RANKS, Number, parse_number
from recover.text.reference_lists import is_contents_heading

# Rows of a page, and which of them are lines of a contents page: a title, leaders or white, a page number.

# Lines of one row have their middles this near, in heights of the lower one.
SAME_ROW = 0.5
# White before a page number that no leader fills, in line heights.
WIDE = 2.5
# Leaders as they are printed and read: dots, dashes, and what two dots are taken for.
LEADER = r"[.．。·•…⋯‥・﹒_:：\-–—~～\s]"
_ENTRY = re.compile(
    rf"^(?P<title>.*?[^\W_].*?)(?P<leader>{LEADER}*)(?P<label>[(（]?\s*(?:\d{{1,4}}|[ivxlcIVXLC]{{1,7}})(?:\s*[-–—]\s*\d{{1,4}})?\s*[)）]?)$"
)
_LED = re.compile(rf"^(?P<title>.*?[^\W_])(?P<leader>{LEADER}+)$")
_DOTS = re.compile(r"[.．。·•…⋯‥・﹒]")
# So many dots are a leader and not the end of an abbreviation.
LEADING_DOTS = 3


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one row from left to right; ``title``, ``label`` and ``is_led`` where it ends with a page number.

    ``guess`` are a title and a label that neither leaders nor white part, so that only the place of the number tells.
    """

    lines: tuple[Line, ...]
    title: str = ""
    label: str = ""
    is_led: bool = False
    guess: tuple[str, str] = ("", "")

    @property
    def edge(self) -> float:
        """Where the row ends."""
        return max(line.box.x1 for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def value(self) -> int:
        """The page number as a number; 0 for one in Roman letters."""
        digits = re.search(r"\d+", self.label)
        return int(digits[0]) if digits else 0


def rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    """The rows of a page from the top down."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.center[1]):
        above = groups[-1][-1] if groups else None
        if above is not None and _is_beside(above, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_row(group) for group in groups)


def aligned(printed: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those too with page numbers that end where the page numbers of most others do."""
    edges = [row.edge for row in printed if row.label]
    if not edges:
        return tuple(printed)
    edge = median(edges)
    return tuple(_aligned(row, edge) for row in printed)


def _aligned(row: Row, edge: float) -> Row:
    title, label = row.guess
    is_apart = len(row.lines) > 1 and row.lines[-1].text.strip(" .…·") == label
    if not is_apart or abs(row.edge - edge) > row.lines[-1].height:
        return row
    return Row(lines=row.lines, title=title, label=label)


def _is_beside(above: Line, line: Line) -> bool:
    return abs(line.box.center[1] - above.box.center[1]) < SAME_ROW * min(line.height, above.height, key=abs)


def _row(group: Sequence[Line]) -> Row:
    lines = tuple(sorted(group, key=lambda one: one.box.x0))
    row = Row(lines=lines)
    match = _ENTRY.match(row.text)
    if match is None:
        return _unnumbered(row)
    is_led = _count_dots(match["leader"]) >= LEADING_DOTS
    title = re.sub(rf"{LEADER}+$", "", match["title"]).strip()
    label = re.sub(r"[\s()（）]", "", match["label"])
    if not (is_led or _stands_off(lines, label)):
        return Row(lines=lines, guess=(title, label))
    return Row(lines=lines, title=title, label=label, is_led=is_led)


def _unnumbered(row: Row) -> Row:
    """The row as an entry whose page number was not read, where leaders end it."""
    match = _LED.match(row.text)
    if match is None or _count_dots(match["leader"]) < LEADING_DOTS:
        return row
    return Row(lines=row.lines, title=match["title"].strip(), is_led=True)


def _count_dots(leader: str) -> int:
    return len(_DOTS.findall(leader)) + 2 * leader.count("…")


def _stands_off(lines: Sequence[Line], label: str) -> bool:
    """Whether wide white stands before the page number, in its line or before it."""
    last = lines[-1]
    at = len(last.text.rstrip(" )）")) - len(label)
    before = [right for char, right in zip(last.text[:at], last.rights[:at], strict=False) if char.isalnum()]
    edge = before[-1] if before else (lines[-2].box.x1 if len(lines) > 1 else None)
    start = last.lefts[at] if 0 <= at < len(last.lefts) else last.box.x0
    return edge is not None and start - edge > WIDE * last.height


# Contents pages: under their heading, or told by rows that end with page numbers behind leaders or white.

# Under a heading so many rows with page numbers make contents; without one so many, and most of the page's rows.
UNDER_HEADING, WITHOUT_HEADING, MOST = 2, 4, 0.6
# A title is wrapped over no more rows than this before its page number comes.
WRAPPED = 2
# Page numbers of contents rise; this share of them may be misread.
RISING = 0.7
# The role of a contents page's own heading.
CONTENTS = "contents"

LineKey = tuple[int, str]


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of all contents pages, the pages' own headings, and the lines that both take up."""

    entries: tuple[TocEntry, ...] = ()
    headings: tuple[FrontBlock, ...] = ()
    lines: frozenset[LineKey] = frozenset()


def find_contents(pages: Sequence[PageReading]) -> Contents:
    """The contents pages among ``pages``, which come in order."""
    found: list[_Found] = []
    for page in pages:
        follows = bool(found) and found[-1].page.index == page.index - 1
        item = _on_page(page, follows=follows)
        if item is not None:
            found.append(item)
    levels = _Levels([entry for item in found for entry in item.entries])
    return Contents(
        entries=tuple(_entry(entry, item.page, levels) for item in found for entry in item.entries),
        headings=tuple(_heading(row, item.page) for item in found for row in item.headings),
        lines=frozenset((item.page.index, line.id) for item in found for row in item.rows for line in row.lines),
    )


def without_lines(page: PageReading, taken: frozenset[LineKey]) -> PageReading:
    """The page without the lines of contents; floats that held nothing else are no floats."""
    regions = [
        (region, tuple(line for line in region.lines if (page.index, line.id) not in taken)) for region in page.regions
    ]
    kept = tuple(
        msgspec.structs.replace(region, lines=lines)
        for region, lines in regions
        if lines or not region.lines or len(lines) == len(region.lines)
    )
    return msgspec.structs.replace(page, regions=kept)


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """Contents on a page: their headings' rows (目录, 插图清单), the entries' rows, and all the rows they take up."""

    page: PageReading
    headings: tuple[Row, ...]
    entries: tuple[Row, ...]
    rows: tuple[Row, ...]


def _on_page(page: PageReading, *, follows: bool) -> _Found | None:
    """The contents on a page; ``follows`` where the page before ended with contents."""
    printed = aligned(rows(line for region in page.regions for line in region.lines if line.text.strip()))
    heading = next((at for at, row in enumerate(printed) if is_contents_heading(row.text)), None)
    start = 0 if heading is None else heading + 1
    plain = _without_page_numbers(printed[start:]) if heading is not None else ()
    if heading is not None and plain:
        return _Found(page=page, headings=(printed[heading],), entries=plain, rows=(printed[heading], *plain))
    numbered = [at for at in range(start, len(printed)) if printed[at].label]
    if not numbered or not _is_contents(printed[start:], heading is not None, follows):
        return None
    last = numbered[-1]
    first = start if heading is not None or follows else numbered[0]
    headings = tuple(
        row for at, row in enumerate(printed[: last + 1]) if at in (heading, *range(first, last)) and _heads(row)
    )
    entries = _joined([row for row in printed[first : last + 1] if row not in headings])
    taken = [row for entry in entries for row in entry]
    return _Found(
        page=page,
        headings=headings,
        entries=tuple(_merged(entry) for entry in entries),
        rows=(*headings, *taken),
    )


def _without_page_numbers(under: Sequence[Row]) -> tuple[Row, ...]:
    """The entries of contents that name no pages: numbered titles up to the first of them, which begins the text."""
    if not under or parse_number(under[0].text) is None:
        return ()
    again = next((at for at, row in enumerate(under[1:], 1) if _bare(row.text) == _bare(under[0].text)), 0)
    entries = under[:again]
    is_list = len(entries) >= UNDER_HEADING and all(parse_number(row.text) is not None for row in entries)
    return tuple(msgspec.structs.replace(row, title=row.text, label="") for row in entries) if is_list else ()


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _heads(row: Row) -> bool:
    return not row.label and is_contents_heading(row.text)


def _is_contents(under: Sequence[Row], is_headed: bool, follows: bool) -> bool:
    numbered = [row for row in under if row.label]
    # Under another heading (插图清单, 表格清单) page numbers begin anew.
    lists = [[row.value for row in run if row.value] for heads, run in groupby(under, _heads) if not heads]
    steps = [low <= high for values in lists for low, high in pairwise(values)]
    if sum(steps) < RISING * len(steps):
        return False
    if is_headed:
        return len(numbered) >= UNDER_HEADING
    led = [row for row in numbered if row.is_led]
    is_most = len(numbered) >= MOST * len(under)
    return is_most and (len(led) >= WITHOUT_HEADING or (follows and len(numbered) >= UNDER_HEADING))


def _joined(printed: Sequence[Row]) -> list[list[Row]]:
    """Rows in groups, each ending with the row that has the page number; what belongs to none is left out."""
    groups: list[list[Row]] = []
    open_rows: list[Row] = []
    for row in printed:
        if groups and not open_rows and not _says_something(row):
            groups[-1].insert(0, row)
            continue
        open_rows.append(row)
        if row.label or (row.is_led and row.title):
            groups.append(open_rows[-1 - WRAPPED :])
            open_rows = []
    return groups


def _says_something(row: Row) -> bool:
    """Whether a row holds more than leaders."""
    return any(char.isalnum() for char in row.text)


def _merged(group: Sequence[Row]) -> Row:
    """One row of a title's rows."""
    last = group[-1]
    title = _title([*(row.text for row in group[:-1] if _says_something(row)), last.title])
    return msgspec.structs.replace(last, title=title, lines=tuple(line for row in group for line in row.lines))


def _title(texts: Sequence[str]) -> str:
    """A title of several rows."""
    title = ""
    for text in texts:
        drop, between = seam(title, text)
        title = (title[:-drop] if drop else title) + between + text
    return title


class _Levels:
    """Levels by the numbers' schemes, else by how far in a title begins."""

    def __init__(self, entries: Sequence[Row]) -> None:
        numbers = [number for entry in entries if (number := parse_number(entry.title)) is not None]
        self._ranks = sorted({_rank(number) for number in numbers})

    def of(self, entry: Row) -> int:
        number = parse_number(entry.title)
        return self._ranks.index(_rank(number)) + 1 if number is not None else 1


def _rank(number: Number) -> int:
    return HEADING_RANKS[number.scheme] + number.depth - 1


def _entry(row: Row, page: PageReading, levels: _Levels) -> TocEntry:
    number = parse_number(row.title)
    paragraph = compose([_piece(line, page) for line in row.lines])
    return TocEntry(
        number=number.printed if number else "",
        title=row.title[number.end :].strip() if number else row.title,
        label=row.label,
        level=levels.of(row),
        page=page.index,
        box=page.to_page.box(enclose(line.box for line in row.lines)).rounded(),
        spans=paragraph.spans,
    )


def _heading(row: Row, page: PageReading) -> FrontBlock:
    paragraph = compose([_piece(line, page) for line in row.lines])
    return FrontBlock(role=CONTENTS, lang=paragraph.lang, paragraph=paragraph)


def _piece(line: Line, page: PageReading) -> Piece:
    return Piece(line_alone(line, page.index, "text", page.to_page), 0, len(line.text))
