"""Rows of a page, and which of them are lines of a contents page: a title, leaders or white, a page number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from recover.model.page import Line

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
