"""Author-date strings: ``Authors (year). Title. Journal, volume(issue), pages.`` and ``Authors. year. Title. …``"""

from __future__ import annotations

import re

from recover.stages.references.boundary import find_boundary
from recover.stages.references.draft import Draft
from recover.stages.references.grammar.imprint import read_imprint
from recover.stages.references.normalise.name_list import likeness

_DATE = re.compile(
    r"[\s.,，．]*[(（\[]\s*(?P<year>(?:1[5-9]|20)\d{2})[a-z]?(?P<day>,\s[^()]{2,30})?\s*[)）\]]\s*[.:,，．。]?\s*"
    r"|[.．,，]\s*(?P<year2>(?:1[5-9]|20)\d{2})[a-z]?\s*[.．:：,，]\s+(?=[\"“A-Z\u4e00-\u9fff])"
)
_NUMBERS = re.compile(
    r"[\s.,，．。]\s*(?:[Vv]ol(?:ume)?\.?\s*)?(?P<volume>[A-Z]?\d{1,4}(?:[-–/]\d{1,4})?)\s*(?:,?\s*(?:no"
    r"\.?\s*|issue\s*)?[(（]?(?P<issue>(?<=[(（])[^()（）]{1,25})?[)）]?)?"
    r"\s*(?:[,，:：]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]{0,3}\d+[A-Za-z]?\d*(?:\s?[-–—−]\s?[A-Za-z]{0,2}"
    r"\d+)?|Article\s\w+))?\s*[.．。]?\s*$"
)
_IN = re.compile(r"[.．?!]\s+In[:：]?\s+(?=[A-Z])")
_TITLE_END = re.compile(r"[.．。?!](?:[\"”])?\s+|[．。]\s*")
_TRIM = ' .,;:，．。；：\t"“”'


def read(text: str) -> Draft | None:
    """A draft when a date follows the authors; None otherwise."""
    hit = _DATE.search(text, 3, 700)
    if hit is None:
        return None
    names = likeness(text[: hit.start()])
    rest = text[hit.end() :].strip()
    if names < 0.3 or len(rest) < 8:
        return None
    date = f"{hit['year'] or hit['year2']} {(hit['day'] or '').strip(' ,')}".strip()
    return _source(text[: hit.start()], date, rest, names)


def _source(authors: str, date: str, rest: str, names: float) -> Draft:
    numbers = _NUMBERS.search(rest)
    if numbers and numbers.start() > 8:
        head = rest[: numbers.start()].rstrip(_TRIM)
        boundary = find_boundary(head)
        if boundary and boundary.points > 0:
            return Draft(
                style="apa",
                score=0.25 + 0.35 * names + 0.25 * min(1.0, boundary.points / 5) + 0.15 * bool(numbers["pages"]),
                authors=authors,
                date=date,
                title=head[: boundary.title_end].strip(_TRIM),
                container=head[boundary.begin :].strip(_TRIM),
                volume=numbers["volume"],
                issue=numbers["issue"] or "",
                pages=(numbers["pages"] or "").removeprefix("Article "),
            )
    return _book(authors, date, rest, names)


def _book(authors: str, date: str, rest: str, names: float) -> Draft:
    chapter = _IN.search(rest)
    host = rest[chapter.end() :] if chapter else ""
    body = rest[: chapter.start()] if chapter else rest
    imprint = read_imprint(host or rest)
    hit = _TITLE_END.search(imprint.before if not chapter else body)
    title = body if chapter else (imprint.before[: hit.start()] if hit else imprint.before)
    return Draft(
        style="apa",
        score=0.25 + 0.35 * names + 0.2 * bool(imprint.publisher),
        authors=authors,
        date=date,
        title=title.strip(_TRIM),
        host=imprint.before.strip(_TRIM) if chapter else "",
        place=imprint.place,
        publisher=imprint.publisher,
        edition=imprint.edition,
        mark="M",
        pages=imprint.pages,
    )
