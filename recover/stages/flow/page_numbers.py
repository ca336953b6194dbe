"""Page numbers: what looks like one, and which of them count with the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

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
