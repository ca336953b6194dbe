"""Whether a line of a reference list can go on as the line below it does."""

from __future__ import annotations

import re

from recover.stages.references.journals import known

_ENTRY_END = re.compile(r"\d[\da-zA-Z]*(?:[-–]\d+)?[.,;]?$|[/\w]{12,}\.?$")
_WANTS_NUMBER = re.compile(r"(?:\d{4};|\d\)?:|\(\d{1,4}\):|\):|\d[-–])$")
_PAGE_FIRST = re.compile(r"^[a-zA-Z]{0,4}\d")
_PAGE_RANGE = re.compile(r"^\d+[-–]\d+[.,]?(?:\s|$)")
_VOLUME_FIRST = re.compile(r"^\d{1,4}(?:\([^)]*\))?:\s?\w+")
_YEAR_FIRST = re.compile(r"^(?:19|20)\d{2}[;,]")
_WHOLE = re.compile(r"\d[;,(][^.]{0,20}:\s?[A-Za-z]{0,4}\d[\w\-–.]*\.$")
_LAST_SENTENCE = re.compile(r"\.\s([A-Z][^.]{2,60})\.$")
_NO_END = 1.5
_FITS = -1.0
_JARS = 2.0
_ODD = 1.0


def follows(line: str, following: str) -> float:
    """A cost, negative where the two fit: numbers follow ``2020;`` and ``585(7823):``, small letters no stop.

    An empty ``following`` stands for a new entry: the line must end like one.
    """
    if not following:
        return 0.0 if _ENTRY_END.search(line) else _NO_END
    if _WHOLE.search(line):
        return _JARS
    if _YEAR_FIRST.match(following) and not line.endswith((".", ",", ";", ")", "．", "，")):
        return _JARS
    if _WANTS_NUMBER.search(line) or _ends_with_journal(line):
        return _FITS if following[0].isdigit() or _PAGE_FIRST.match(following) else _JARS
    if _PAGE_RANGE.match(following) or _VOLUME_FIRST.match(following):
        return _JARS
    return _ODD if line.endswith(".") and following[0].islower() and not _PAGE_FIRST.match(following) else 0.0


def _ends_with_journal(line: str) -> bool:
    hit = _LAST_SENTENCE.search(line)
    return bool(hit and known(hit[1]))
