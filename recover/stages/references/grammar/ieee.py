"""Engineers' strings: ``A. B. Author and C. Author, "Title," Journal, vol. 1, no. 2, pp. 3-4, Apr. 1953.``"""

from __future__ import annotations

import re

from recover.stages.references.draft import Draft
from recover.stages.references.normalise.name_list import likeness

_QUOTED = re.compile(r"^(?P<authors>.{3,400}?),?\s*[\"“](?P<title>.{5,400}?)[,.]?[\"”],?\s*(?P<rest>.+)$")
_YEAR = re.compile(r"(?:(?P<month>[A-Z][a-z]{2,8}\.?)\s+)?(?P<year>(?:1[89]|20)\d{2})[.\s]*$")
_PARTS = (
    ("volume", re.compile(r",?\s*\b[Vv]ol(?:ume)?\.?\s*([\w\-]+)")),
    ("issue", re.compile(r",?\s*\b[Nn]o\.?\s*([\w\-/]+)")),
    ("pages", re.compile(r",?\s*\b(?:pp?\.|Art\. no\.)\s*([\w\-–—.]+\d)")),
)
_TRIM = " .,;:"


def read(text: str) -> Draft | None:
    """A draft when a title in quotation marks is followed by labelled numbers; None otherwise."""
    hit = _QUOTED.match(text) if '"' in text or "“" in text else None
    year = _YEAR.search(hit["rest"]) if hit else None
    if hit is None or year is None:
        return None
    rest = hit["rest"][: year.start()]
    found: dict[str, str] = {}
    for name, pattern in _PARTS:
        part = pattern.search(rest)
        if part:
            found[name] = part[1]
            rest = rest[: part.start()] + rest[part.end() :]
    if not found:
        return None
    meeting = re.match(r"in\b:?\s+", rest)
    names = likeness(hit["authors"])
    return Draft(
        style="ieee",
        score=0.5 + 0.3 * names + 0.08 * len(found),
        authors=hit["authors"],
        title=hit["title"],
        container="" if meeting else rest.strip(_TRIM),
        host=rest[meeting.end() :].strip(_TRIM) if meeting else "",
        mark="C" if meeting else "",
        date=f"{year['year']} {year['month'] or ''}".strip(),
        **found,
    )
