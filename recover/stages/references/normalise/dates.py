"""Dates as printed to CSL date parts: ``2000 Jan 15``, ``2012-01-16``, ``2012年3月``."""

from __future__ import annotations

import re

from recover.model.csl import CslDate

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_NUMERIC = re.compile(r"^\D*(\d{4})\s*(?:[-–—./年]\s*(\d{1,2})\s*(?:[-–—./月]\s*(\d{1,2}))?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[\s,;]+([A-Z][a-z]{2})[a-z]*\.?(?:[-/–][A-Z][a-z]+\.?)?(?:\s+(\d{1,2}))?")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([A-Z][a-z]{2})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")


def read_date(text: str) -> CslDate | None:
    """The date in ``text``, as far as it is known; None when there is no year in it."""
    text = text.strip()
    if not text:
        return None
    if text.isdigit() and len(text) == 4:
        return CslDate(date_parts=((int(text),),))
    hit = _YEAR_FIRST.search(text)
    if hit and hit[2].lower() in _MONTHS:
        return _date(hit[1], _MONTHS[hit[2].lower()], hit[3])
    hit = _NAMED.search(text)
    if hit and hit[2].lower() in _MONTHS:
        return _date(hit[4], _MONTHS[hit[2].lower()], hit[1] or hit[3])
    hit = _NUMERIC.match(text)
    return _date(hit[1], hit[2], hit[3]) if hit else None


def _date(year: str, month: str | int | None, day: str | None) -> CslDate:
    parts = [int(year)]
    if month and 1 <= int(month) <= 12:
        parts.append(int(month))
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return CslDate(date_parts=(tuple(parts),))
