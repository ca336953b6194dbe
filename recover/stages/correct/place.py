"""A line where it stands, and what may stand at a place of it instead of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

import msgspec

from recover.model.flow import cell_width, column_edge
from recover.model.page import Line, PageReading, RegionKind

# Lines of these stand apart from each other: no text runs on from one to the next.
LOOSE = frozenset({"figure", "table", "margin", "header", "footer", "equation"})
# A page without two Chinese characters side by side: its cell is estimated from the height of its lines.
CELL_OF_HEIGHT = 0.8
REACH = 20
# Signs of a reference's type, its year and volume, a number before names.
ENTRY = re.compile(
    r"\[[A-Z]{1,2}(?:/OL)?\]|\d{4}\s?[,，;；]\s?\d+\s?[(（]\d"
    r"|^\s*[\[［【]\d{1,3}[\]］】]\s*(?:[\u4e00-\u9fff]{2,4}|[A-Z][\w'’-]+(?:\s[A-Z]{1,3})+)[,.，、]"
)
# White before the edge, and before a paragraph's first line, in cells.
SHORT, INDENT = 1.5, 1.0
# Letters so near to half a cell apart. In Chinese faces with a monospaced Latin 0.75 of them and more are so, in eleven
# documents, in other faces 0.54 at most, in eighty.
NEAR_HALF, HALVED, LEAST_LETTERS = 0.07, 0.65, 30
# No page has more lines.
MOST_LINES = 10_000


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A line in its document; ``before`` and ``after`` are the ends of the lines beside it in its region.

    ``cell`` is the distance of neighbouring Chinese characters and ``edge`` the column's right edge, in points;
    ``order`` counts the document's lines, ``in_list`` tells whether its region has entries of a reference list;
    ``ends`` says what its end looks like: ``short`` of the edge, before an ``indent``, ``last`` of the region or
    ``single`` in it; ``latin`` is ``halved`` where the page's letters stand in half cells.
    """

    order: int = 0
    line: Line
    kind: RegionKind
    before: str = ""
    after: str = ""
    cell: float
    edge: float | None = None
    in_list: bool = False
    ends: str = ""
    latin: str = ""

    @property
    def text(self) -> str:
        return self.line.text

    def char(self, at: int) -> str:
        """The character at an offset, over the line's ends too; "" where nothing stands."""
        if at < 0:
            return self.before[at:][:1] if -at <= len(self.before) else ""
        return self.text[at] if at < len(self.text) else self.after[at - len(self.text) :][:1]

    def beside(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of what stands before and behind a part of the line, over spaces; -1, the length, at its ends."""
        left, right = start - 1, end
        while left >= 0 and self.text[left] == " ":
            left -= 1
        while right < len(self.text) and self.text[right] == " ":
            right += 1
        return left, right

    def around(self, start: int, end: int, now: str, reach: int) -> tuple[str, int]:
        """The text around with ``now`` from ``start`` to ``end``, and where that begins in it."""
        before = (self.before + self.text[:start])[-reach:]
        return before + now + (self.text[end:] + self.after)[:reach], len(before)


def places(page: PageReading) -> Iterator[tuple[int, int, Place]]:
    """Every line of a page with the numbers of its region and of the line in it."""
    edges, usual, order = right_edges(page), _cell_of_height(page), page.index * MOST_LINES
    latin = "halved" if _share_halved(page, usual) >= HALVED else ""
    for number, region in enumerate(page.regions):
        in_list = region.kind == "reference" or any(ENTRY.search(line.text) for line in region.lines)
        for at, line in enumerate(region.lines):
            order += 1
            if line.text:
                beside = [region.lines[at - 1].text if at else "", *(one.text for one in region.lines[at + 1 : at + 2])]
                cell, edge = cell_width(line) or usual * line.height, edges.get(region.column)
                before, after = ("", "") if region.kind in LOOSE else (beside[0], "".join(beside[1:]))
                yield (
                    number,
                    at,
                    Place(
                        order=order,
                        line=line,
                        kind=region.kind,
                        before=before[-REACH:],
                        after=after[:REACH],
                        cell=cell,
                        edge=edge,
                        in_list=in_list,
                        ends=_ends(region.lines, at, cell, edge),
                        latin=latin,
                    ),
                )


def _ends(lines: Sequence[Line], at: int, cell: float, edge: float | None) -> str:
    """How the line ends: ``short`` of its column's edge, before an ``indent``, as the ``last`` or a ``single`` one."""
    signs = ["short"] if edge is not None and edge - lines[at].rights[-1] > SHORT * cell else []
    if len(lines) == 1:
        signs.append("single")
    elif at + 1 == len(lines):
        signs.append("last")
    elif lines[at + 1].box.x0 - min(line.box.x0 for line in lines) > INDENT * cell:
        signs.append("indent")
    return " ".join(signs)


def right_edges(page: PageReading) -> dict[int, float]:
    """Where most of a column's long lines end, in points, by the column's number."""
    columns: dict[int, list[Line]] = {}
    for region in page.regions:
        columns.setdefault(region.column, []).extend(line for line in region.lines if line.text)
    return {column: edge for column, lines in columns.items() if (edge := column_edge(lines)) is not None}


def _share_halved(page: PageReading, usual: float) -> float:
    """The share of letters side by side that are half a cell apart."""
    steps = [
        (line.lefts[at] + line.rights[at] - line.lefts[at - 1] - line.rights[at - 1]) / 2 / cell
        for line in (line for region in page.regions for line in region.lines)
        if (cell := cell_width(line) or usual * line.height)
        for at in range(1, len(line.text))
        if (pair := line.text[at - 1 : at + 1]).isascii() and pair.isalpha()
    ]
    return sum(abs(step - 0.5) <= NEAR_HALF for step in steps) / max(LEAST_LETTERS, len(steps))


def _cell_of_height(page: PageReading) -> float:
    """The usual width of a Chinese cell in line heights."""
    lines = [line for region in page.regions for line in region.lines if line.text]
    shares = [width / line.height for line in lines if (width := cell_width(line)) and line.height]
    return median(shares) if shares else CELL_OF_HEIGHT


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """``was`` from offset ``start`` may be ``now``; either is "" where something was lost, or made up.

    ``share`` is the reader's posterior for ``now``, 0 where it named none, ``own`` that of what it read. ``sign`` is
    -1 where the kind's model speaks of the opposite: the one for widths of the wide mark, whichever was read.
    ``seen`` is the lost mark that the reader saw there, with ``own``.
    ``word`` is the term that a change spells, as terms are compared; ``gain`` is what a word gains by being usual less
    what the picture says against it, ``ahead`` by how much more than the next word does.
    """

    kind: str
    start: int
    was: str
    now: str
    share: float = 0.0
    own: float = 1.0
    sign: int = 1
    word: str = ""
    seen: str = ""
    gain: float = 0.0
    ahead: float = 0.0

    @property
    def end(self) -> int:
        return self.start + len(self.was)


# What else a reader saw, with its posteriors.
Others = tuple[tuple[str, float], ...]


def doubts(place: Place) -> dict[int, Others]:
    """Other readings with their posteriors by offset; another reader's can't be held against this one's."""
    line = place.line
    found = {
        doubt.at: tuple(
            (one.text, one.confidence) for one in doubt.alternatives if one.reader == line.readers[doubt.at]
        )
        for doubt in line.doubts
    }
    return {at: others for at, others in found.items() if line.confidences[at] > 0}
