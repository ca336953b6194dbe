"""Web pages and bare strings: authors and a title, with whatever date stands about."""

from __future__ import annotations

import re

from recover.stages.references.draft import Draft
from recover.stages.references.grammar.authors import cut_authors

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?:[-/]\d{1,2}[-/]\d{1,2})?(?!\d)")
_STOP = re.compile(r"[.．。?!](?:\s+|$)|[．。]")
_TRIM = ' .,;:，．。；：\t"“”'


def read(text: str) -> Draft:
    """Always a draft, a poor one: the last resort, scored below every grammar that found more."""
    cut = cut_authors(text, least=0.6)
    rest = text[cut.begin :]
    hit = _STOP.search(rest, 8) if len(rest) > 8 else None
    years = _YEAR.findall(rest)
    return Draft(
        style="loose",
        score=0.15 * cut.likeness + 0.05 * bool(years),
        authors=text[: cut.end],
        title=(rest[: hit.start()] if hit else rest).strip(_TRIM),
        date=years[-1] if years else "",
        rest=rest[hit.end() :].strip() if hit else "",
    )
