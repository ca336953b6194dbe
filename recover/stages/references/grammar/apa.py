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
    r"\s*(?:[,，:：.．。·]{1,2}\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]{0,3}\d+[A-Za-z]?\d*(?:\s?[-–—−]\s?[A-Za-z]{0,2}"
    r"\d+)?|Article\s\w+))?\s*[.．。]?\s*$"
)
_IN = re.compile(r"[.．?!]\s+In[:：]?\s+(?=[A-Z])")
_TITLE_END = re.compile(r"[.．。?!](?:[\"”])?\s+|[．。]\s*|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
_EDITORS = re.compile(r"^(?P<names>[^()]{3,200}?)\s*\(Eds?\.\)\s*[,.]\s*")
_PAGES = re.compile(
    r"\s*\((?:(?P<edition>[^()]{2,20}?),\s*)?pp?\.\s*(?P<pages>[\dA-Za-z]+(?:\s?[-–—]\s?[\dA-Za-z]+)?)\)"
)
_EDITION = re.compile(
    r"\s*[(（]\s*(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)\s+ed|[Rr]ev(?:ised)?\.?\s+ed|第\s?[\d一二三四五六七八九十]+\s?版|[修增]订版)[^()（），,]{0,20}?)"
    r"\s*[)）]"
)
_THESIS = re.compile(
    r"\s*[\[［(（]\s*((?:[^\[\]［］()]{0,40}(?:[Dd]issertation|[Tt]hesis)|[博硕]士(?:学位)?论文)(?:[,，]\s?(?P<school>[^\[\]［］()]{3,80}))?)"
    r"[^\[\]［］()]{0,20}[\]］)）]"
)
# A body's name before a year in brackets.
_HAN_BODY = re.compile(r"[\u4e00-\u9fff（）()·]{4,40}")
# A publisher's or a school's name is no longer and has no figures.
_LONGEST_PUBLISHER = 80
_TRIM = ' .,;:，．。；：\t"“”'


def read(text: str) -> Draft | None:
    """A draft when a date follows the authors; None otherwise."""
    hit = _DATE.search(text, 3, 700)
    if hit is None:
        return None
    names = likeness(text[: hit.start()])
    if hit["year"] and _HAN_BODY.fullmatch(text, 0, hit.start()):
        names = max(names, 0.5)
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
    thesis, edition, pages = (_found(pattern, rest) for pattern in (_THESIS, _EDITION, _PAGES))
    for printed in (thesis, edition, pages):
        rest = rest.replace(printed.get("whole", ""), "")
    chapter = _IN.search(rest)
    imprint = read_imprint(rest[chapter.end() :] if chapter else rest)
    host, after = _cut_title(imprint.before)
    editors = _EDITORS.search(imprint.before) if chapter else None
    if editors:
        host, after = _cut_title(imprint.before[editors.end() :])
    publisher = imprint.publisher or thesis.get("school", "") or _as_publisher(after)
    return Draft(
        style="apa",
        score=0.25 + 0.35 * names + 0.2 * bool(publisher),
        authors=authors,
        date=date,
        title=(rest[: chapter.start()] if chapter else host).strip(_TRIM),
        host_authors=editors["names"] if editors else "",
        host=host.strip(_TRIM) if chapter else "",
        place=imprint.place,
        publisher=publisher,
        edition=edition.get("edition", "") or pages.get("edition", "") or imprint.edition,
        mark="D" if thesis else "M",
        pages=pages.get("pages", "") or imprint.pages,
    )


def _found(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """The named parts of the first hit and all of it as ``whole``; nothing where there is none."""
    hit = pattern.search(text)
    return {"whole": hit[0]} | {name: part for name, part in hit.groupdict().items() if part} if hit else {}


def _cut_title(text: str) -> tuple[str, str]:
    """The title, and what stands behind its stop."""
    hit = _TITLE_END.search(text)
    return (text[: hit.start()], text[hit.end() :]) if hit else (text, "")


def _as_publisher(text: str) -> str:
    name = text.strip(_TRIM)
    is_name = len(name) <= _LONGEST_PUBLISHER and not any(map(str.isdigit, name))
    return name if is_name and (name[:1].isupper() or "\u4e00" <= name[:1] <= "\u9fff") else ""
