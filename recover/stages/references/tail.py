"""The numbers at the end of a reference: date, volume, issue and pages, in the dialects journals print them."""

from __future__ import annotations

import re

import msgspec

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d{2})(?P<letter>[a-z])?"
_DAY = (
    rf"(?P<day>(?:[\s,]+|[-/年])(?:{_MONTH}\.?(?:[-/–]{_MONTH}\.?)?(?:\s?\d{{1,2}}(?:[-–]\d{{1,2}})?)?"
    rf"|\d{{1,2}}(?:[-/月]\d{{1,2}}日?)?\s?{_MONTH}?\.?))?"
)
_VOLUME = (
    r"(?P<volume>(?:[Vv]ol(?:ume)?s?\.?\s*|第\s*)?(?:[A-Z]{0,3}-?\d{1,4}(?:\s?[-–/]\s?\d{1,4})?(?:[A-Z"
    r"](?![a-z]))?|[IVXLCDM]{1,7}|"
    r"(?:\d{1,4}\s)?[Ss]uppl(?:ement)?\.?(?:\s?[A-Z\d]{1,3})?)\s*卷?(?:\s(?:[Ss]uppl(?:ement)?\.?\s?[A"
    r"-Z\d]{0,3}|Pt\.?\s?[A-Z\d]{1,3}|Spec No))?)"
)
_ISSUE = r"\s*[(（\[]\s*(?P<issue>[^()（）\[\]]{1,40}?)\s*[)）\]]"
# "145ra104" and "eabc1234" number articles.
_PAGE = r"(?:[A-Za-z]{0,4}\.?\s?\d+(?:\.\d+)?(?:[a-z]{2}\d{1,4}|[A-Za-z]?\d{0,3})|[ivxlc]{1,7}|e[a-z]{3,4}\d{3,5})"
_PAGES = (
    rf"(?P<pages>(?:[Pp]{{1,2}}\.?\s?|页码?\s?)?{_PAGE}(?:\s?[-–—−‐‑－~～]{{1,2}}\s?{_PAGE}(?:\.e\d+)?)?(?"
    rf":\s?[,，;、+]\s?{_PAGE}(?:\s?[-–—−－~]\s?{_PAGE})?){{0,4}})"
)
_END = r"[\s.．。,，;]*$"
_MID = r"\s*[;；:：,，]{1,2}\s*"

# Ordered from the most specific to the least; each must run to the end of the string.
_SHAPES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "year;vol(issue):pages",
            rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?\.?{_MID}{_VOLUME}(?:{_ISSUE})?\s*[:：,，.]\s*{_PAGES}{_END}",
        ),
        ("year;vol(issue)pages", rf"[\s.,，．。;]{_YEAR}{_DAY}{_MID}{_VOLUME}{_ISSUE}\s*{_PAGES}{_END}"),
        ("year(issue):pages", rf"[\s.,，．。;]{_YEAR}[,，;；]?{_ISSUE}\s*[:：,，]\s*{_PAGES}{_END}"),
        (
            "vol(issue):pages(year)",
            (
                rf"[\s.,，．。;]{_VOLUME}(?:,?\s*(?:no\.\s*)?{_ISSUE})?\s*[:：,，]\s*{_PAGES}\s*[,，.]?\s*[(（]{_YEAR}"
                rf"{_DAY}[)）]{_END}"
            ),
        ),
        (
            "vol(issue):pages,year",
            (
                rf"[\s.,，．。;]{_VOLUME}(?:,?\s*{_ISSUE})?\s*[:：,，]\s*{_PAGES}\s*[,，.;；]\s*(?:{_MONTH}\.?\s)?{_YEAR}"
                rf"{_DAY}{_END}"
            ),
        ),
        (
            "vol(year)pages",
            rf"[\s.,，．。;]{_VOLUME}(?:\s*{_ISSUE})?\s*[(（]{_YEAR}{_DAY}[)）]\s*[:：,，]?\s*{_PAGES}{_END}",
        ),
        ("year:pages", rf"[\s.,，．。;]{_YEAR}{_DAY}\s*[:：]\s*{_PAGES}{_END}"),
        ("year;vol(issue)", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?{_MID}{_VOLUME}(?:{_ISSUE})?{_END}"),
        ("year;pages", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?\s*[:：;；,，]\s*{_PAGES}{_END}"),
        ("year(issue)", rf"[\s.,，．。;]{_YEAR}{_ISSUE}{_END}"),
        ("year", rf"[\s.,，．。;(（]{_YEAR}{_DAY}[)）]?{_END}"),
    )
)


class Tail(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the end of a string says, and where it begins; ``shape`` is the dialect."""

    shape: str
    start: int
    year: str
    day: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def read_tail(text: str) -> Tail | None:
    """The first dialect whose pattern runs to the end of ``text``; only the last stretch is looked at."""
    offset = max(0, len(text) - 160)
    window = text[offset:]
    for name, pattern in _SHAPES:
        hit = pattern.search(window)
        if hit:
            found = hit.groupdict()
            return Tail(
                shape=name,
                start=offset + hit.start(),
                year=found["year"],
                day=(found.get("day") or "").strip(" ,-/"),
                volume=found.get("volume") or "",
                issue=found.get("issue") or "",
                pages=found.get("pages") or "",
            )
    return None
