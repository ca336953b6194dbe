"""Running heads, feet and page numbers of a dump: what repeats from page to page, and numbers that count up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from recover.stages.dump.lines import DumpLine

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
