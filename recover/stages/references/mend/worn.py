"""Marks of worn pages: lost type marks, and colons, semicolons and dashes among the numbers at the end."""

from __future__ import annotations

import re

from recover.model.document import Repair
from recover.stages.references.mend.type_mark import mend_type_mark
from recover.text.vocabulary import Vocabulary

# A reference ends, or an identifier follows.
_END = r"(?:[\s.,]*$|(?=[\s.,]*(?:DOI|doi|PMID|https?:)))"
_TAIL = re.compile(
    r"(?P<year>\b(?:19|20)\d{2})\s?(?P<a>[.:,;、，。：；]{1,2})\s?(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}(?:[-–]\w{1,4})?\))?\s?"
    r"(?P<b>[.:;：；。])\s?(?P<first>[A-Za-z]?\d{1,6})(?P<dash>\s?,?[-–~.:]\s?|\s)(?P<last>[A-Za-z]?\d{1,6})" + _END
)
SIGNS = "after the year stand volume, issue and pages, each with its own sign"


def mend_worn(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The string as it was set; loose strings, which no document vouches for, are left alone."""
    if not words.counts:
        return text, ()
    text, marked = mend_type_mark(text)
    hit = _TAIL.search(text)
    was = text[hit.start() : hit.end("last")] if hit else ""
    if hit is None or (now := _with_signs(hit, was)) == was:
        return text, marked
    repair = Repair(field="", was=was, now=now, why=SIGNS)
    return text[: hit.start()] + now + text[hit.end("last") :], (*marked, repair)


def _with_signs(hit: re.Match[str], was: str) -> str:
    """Only a tail that no dialect prints so is set anew; full width is as good as half."""
    after_year, after_issue, dash = hit["a"], hit["b"], hit["dash"].strip()
    if after_year in ";,；，" and after_issue in ":：" and dash in {"-", "–", "~"}:
        return was
    if not hit["issue"] and after_year == "." and after_issue == ".":
        return was
    sign = ";" if after_year[0] in ":：；;" else ", " if set(after_year) & set(".、") else after_year
    return f"{hit['year']}{sign}{hit['volume']}{hit['issue'] or ''}:{hit['first']}-{hit['last']}"
