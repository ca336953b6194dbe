"""Punctuation of worn pages: commas read as stops, colons for semicolons, lost dashes."""

from __future__ import annotations

import re

from recover.model.document import Repair
from recover.stages.references.mend.lists import MENDS
from recover.stages.references.mend.type_mark import mend_type_mark
from recover.text.vocabulary import Vocabulary

# A reference ends, or an identifier follows.
_END = r"(?:[\s.,]*$|(?=[\s.,]*(?:DOI|doi|PMID|https?:)))"
_TAIL = re.compile(
    r"(?P<year>\b(?:19|20)\d{2})\s?(?P<a>[.:,;、：；]{1,2})\s?(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}(?:[-–]\w{1,4})?\))?\s?"
    r"(?P<b>[.:;：；])\s?(?P<first>[A-Za-z]?\d{1,6})(?P<dash>\s?,?[-–~.]\s?|\s)(?P<last>[A-Za-z]?\d{1,6})" + _END
)
# A list that is printed in full has few names more than these, each with its comma.
MOST_TIMES = 8
SIGNS = "after the year stand volume, issue and pages, each with its own sign"
_NAME = r"[A-ZÀ-Þ][A-ZÀ-Þ1'’\-]+(?:\s[A-Zl]{1,3}){1,3}"
_STOPPED_NAME = re.compile(rf"(?<![\w])({_NAME})\.{{1,2}}(?=\s?(?:{_NAME}[,.]|et\s?al))")
_ARTICLE = re.compile(
    r"\b(?P<year>(?:19|20)\d{2})\s?[.、]\s?(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}\))?\s?[:：]\s?(?P<page>[A-Za-z]?\d{1,6})"
    + _END
)
# An issue's closing bracket read as a letter.
_ISSUE = re.compile(r"(?<=\d)\((?P<number>\d{1,3})[rtfjJ](?=\s?[:：])")


def mend_worn(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The string as it was set; loose strings, which no document vouches for, are left alone."""
    if not words.counts:
        return text, ()
    text, repairs = _mend_lists(text)
    text, marked = mend_type_mark(text)
    repairs += marked
    for pattern, printed, why in (
        (_STOPPED_NAME, _with_comma, "between the names of a list stand commas"),
        (_ISSUE, _closed, "an issue stands in round brackets"),
        (_TAIL, _with_signs, SIGNS),
        (_ARTICLE, _with_comma_and_colon, SIGNS),
    ):
        hits = [(hit[0], printed(hit)) for hit in pattern.finditer(text)]
        repairs += [Repair(field="", was=was.strip(), now=now.strip(), why=why) for was, now in hits if was != now]
        text = pattern.sub(printed, text)
    return text, tuple(repairs)


def _mend_lists(text: str) -> tuple[str, list[Repair]]:
    repairs = []
    for pattern, now, why in MENDS:
        for _ in range(MOST_TIMES):
            hit = pattern.search(text)
            if hit is None:
                break
            set_anew = hit.expand(now)
            repairs.append(Repair(field="", was=hit[0].strip(), now=set_anew.strip(), why=why))
            text = text[: hit.start()] + set_anew + text[hit.end() :]
    return text, repairs


def _with_comma(hit: re.Match[str]) -> str:
    return f"{hit[1]},"


def _closed(hit: re.Match[str]) -> str:
    return f"({hit['number']})"


def _with_comma_and_colon(hit: re.Match[str]) -> str:
    return f"{hit['year']}, {hit['volume']}{hit['issue'] or ''}:{hit['page']}"


def _with_signs(hit: re.Match[str]) -> str:
    """Only a tail that no dialect prints so is set anew."""
    after_year, after_issue, dash = hit["a"], hit["b"], hit["dash"].strip()
    if after_year in ";," and after_issue == ":" and dash in {"-", "–"}:
        return hit[0]
    if not hit["issue"] and after_year == "." and after_issue == ".":
        return hit[0]
    sign = ";" if after_year[0] in ":：；;" else ", " if set(after_year) & set(".、") else after_year
    return f"{hit['year']}{sign}{hit['volume']}{hit['issue'] or ''}:{hit['first']}-{hit['last']}"
