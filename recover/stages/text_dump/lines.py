"""The lines of a dump, each with its place and how legible it is; running heads, feet and page numbers apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from recover.text.legible import Legibility, legibility


class DumpLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that holds text: its index in the dump, its page, blank lines above it, its legibility."""

    text: str
    index: int
    page: int
    blanks_above: int
    legible: Legibility


def read_lines(text: str) -> tuple[DumpLine, ...]:
    """Every line with text; a form feed begins a new page, and so do three blank lines after a page number."""
    lines: list[DumpLine] = []
    page = blanks = 0
    for index, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        page += raw.count("\f")
        body = raw.replace("\f", " ").strip()
        if not body:
            blanks += 1
            continue
        page += _turns_page(lines, blanks) and "\f" not in text
        lines.append(DumpLine(text=body, index=index, page=page, blanks_above=blanks, legible=legibility(body)))
        blanks = 0
    return tuple(lines)


def _turns_page(lines: list[DumpLine], blanks: int) -> bool:
    """Dumps without form feeds leave several blank lines between pages."""
    return bool(lines) and blanks >= 3


# Running heads, feet and page numbers of a dump: what repeats from page to page, and numbers that count up.

_WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]+")
_NUMBER = re.compile(r"^[-–—·.\s]*(\d{1,5})[-–—·.\s]*$")
_SEEN_ON_PAGES = 3
# A head stands within this many lines of its page's edge, and what OCR left of its other half beside it.
_EDGE_LINES = 4
_BESIDE_HEAD_CHARS = 40


def find_furniture(lines: Sequence[DumpLine]) -> frozenset[int]:
    """The positions in ``lines`` that belong to the pages and not to the paper."""
    heads = _repeated(lines)
    found = heads | _page_numbers(lines)
    return frozenset(found | _beside(lines, heads))


def _repeated(lines: Sequence[DumpLine]) -> set[int]:
    """Lines whose words stand on three pages at least, in whatever order."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        words = tuple(sorted({word.lower() for word in _WORD.findall(line.text)}))
        if len("".join(words)) >= 8:
            places[words].append(position)
    repeated = {key for key, found in places.items() if len({lines[i].page for i in found}) >= _SEEN_ON_PAGES}
    return {position for key in repeated for position in places[key]}


def _page_numbers(lines: Sequence[DumpLine]) -> set[int]:
    """Bare numbers that count up by one with the pages; a dump without pages counts up by itself."""
    bare = [(position, int(hit[1])) for position, line in enumerate(lines) if (hit := _NUMBER.match(line.text))]
    offsets = Counter(number - lines[position].page for position, number in bare)
    best, votes = max(offsets.items(), key=lambda item: item[1], default=(0, 0))
    if votes >= 2:
        return {position for position, number in bare if number - lines[position].page == best}
    numbers = {number for _, number in bare}
    return {position for position, number in bare if number + 1 in numbers or number - 1 in numbers}


def _beside(lines: Sequence[DumpLine], heads: set[int]) -> set[int]:
    """The garbled half of a running head: short, illegible, beside the legible half at the page's edge."""
    found = set()
    for head in heads:
        for step in (-1, 1):
            position = head + step
            while 0 <= position < len(lines) and abs(position - head) < _EDGE_LINES and _is_scrap(lines[position]):
                if lines[position].page == lines[head].page:
                    found.add(position)
                position += step
    return found


def _is_scrap(line: DumpLine) -> bool:
    return len(line.text) < _BESIDE_HEAD_CHARS and not line.legible.is_legible and not line.text[:1].isdigit()
