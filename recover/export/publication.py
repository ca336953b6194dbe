"""Where the paper itself appeared, as far as its own front matter says it: journal, year, volume, pages, DOI."""

from __future__ import annotations

import re

import msgspec

from recover.model.document import Document

# "... 论文题目[J].期刊，2024，28(11)：1741-1746": how journals ask to be cited.
_JOURNAL = re.compile(
    r"\[J(?:/OL)?\]\s*[.．。]\s*(?P<journal>[^,，.．。]{2,60}?)\s*[,，.．。]\s*(?P<year>(?:19|20)\d\d)\s*"
    r"(?:[,，;；]\s*(?P<volume>\d{1,4})?\s*(?:[(（](?P<issue>[\w\s-]{1,12})[)）])?\s*(?:[:：]\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-–—~]\s*[A-Za-z]?\d+)?))?)?"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s，。；、（）]+[^\s，。；、（）.,;)])")


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """What is known; empty where the paper doesn't say it."""

    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""

    @property
    def first_page(self) -> str:
        return re.split(r"\s*[-–—~]\s*", self.pages)[0]

    @property
    def last_page(self) -> str:
        return re.split(r"\s*[-–—~]\s*", self.pages)[-1]


def publication(document: Document) -> Publication:
    """What the front matter's own citation says."""
    texts = [block.paragraph.text for block in document.front]
    found = next(filter(None, (_JOURNAL.search(text) for text in texts)), None)
    doi = next(filter(None, (_DOI.search(text) for text in texts)), None)
    named = {name: value.strip() for name, value in found.groupdict().items() if value} if found else {}
    return Publication(doi=doi.group(1) if doi else "", **named)
