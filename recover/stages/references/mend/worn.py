"""Punctuation of worn pages: commas read as stops, colons for semicolons, lost dashes."""

from __future__ import annotations

import re

from recover.model.document import Repair
from recover.stages.references.mend.lists import BETWEEN, LATIN, MENDS
from recover.stages.references.mend.type_mark import mend_type_mark
from recover.text.vocabulary import Vocabulary

# A reference ends, or an identifier follows.
_END = r"(?:[\s.,]*$|(?=[\s.,]*(?:DOI|doi|PMID|https?:)))"
_TAIL = re.compile(
    r"(?P<year>\b(?:19|20)\d{2})\s?(?P<a>[.:,;、，。：；]{1,2})\s?(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}(?:[-–]\w{1,4})?\))?\s?"
    r"(?P<b>[.:;：；。])\s?(?P<first>[A-Za-z]?\d{1,6})(?P<dash>\s?,?[-–~.:]\s?|\s)(?P<last>[A-Za-z]?\d{1,6})" + _END
)
# The document writes a short form so often.
_KNOWN = 2
# A list that is printed in full has few names more than these, each with its comma.
MOST_TIMES = 8
SIGNS = "after the year stand volume, issue and pages, each with its own sign"
_NAME = r"[A-ZÀ-Þ][A-ZÀ-Þ1'’\-]+(?:\s[A-Zl]{1,3}){1,3}"
_STOPPED_NAME = re.compile(rf"(?<![\w])({_NAME})\.{{1,2}}(?=\s?(?:{_NAME}[,.]|et\s?al))")
_ARTICLE = re.compile(
    r"\b(?P<year>(?:19|20)\d{2})\s?[.、]\s?(?P<volume>\d{1,4})(?P<issue>\(\w{1,6}\))?\s?[:：]\s?(?P<page>[A-Za-z]{0,4}\d{1,6})"
    + _END
)
# An issue's closing bracket read as a letter, and one whose colon was lost.
_ISSUE = re.compile(r"(?<=\d)\((?P<number>\d{1,3})(?:[rtfjJ](?=\s?[:：])|[xX)]\s(?=\d{1,6}\s?[-–]\s?\d))")
# "ALS" with a speck in it, behind a word of a title or before a hyphen.
_SPECKED = re.compile(
    r"(?:(?<=[a-z]\s)|(?<=[a-z]\.\s)|(?<=[(-]))(?P<head>[A-Z][A-Za-z]{1,4})[.·]\s?(?P<rest>[A-Z]{1,3})(?![A-Za-z])"
)
# A stop between two names; the second is one if its initials are two or it is no English word.
_NAMES = re.compile(
    rf"^(?:{LATIN},\s?){{0,5}}{LATIN}(?P<stop>\s?\.{{1,2}})(?=\s?(?P<word>[A-ZÀ-Þ][\w'’\-]+)\s(?P<initials>[A-Z]{{1,3}})[.,]{{1,2}}\s?(?:[A-Z]|et\s?al))"
)
_COMMON_WORD = 3.0


def mend_worn(text: str, words: Vocabulary) -> tuple[str, tuple[Repair, ...]]:
    """The string as it was set; loose strings, which no document vouches for, are left alone."""
    if not words.counts:
        return text, ()
    text, repairs = _mend_lists(text)
    text, parted = _mend_names(text)
    text, joined = _mend_specked(text, words)
    text, marked = mend_type_mark(text)
    repairs += [*parted, *joined, *marked]
    for pattern, printed, why in (
        (_STOPPED_NAME, _with_comma, BETWEEN),
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
    return f"({hit['number']})" if hit[0][-1].isalpha() else f"({hit['number']}): "


def _mend_names(text: str) -> tuple[str, list[Repair]]:
    repairs: list[Repair] = []
    while (hit := _NAMES.search(text)) and len(repairs) < MOST_TIMES and _is_name(hit["word"], hit["initials"]):
        before = text[: hit.start("stop")]
        repairs.append(Repair(field="", was=hit[0][-20:], now=f"{before},"[-20:], why=BETWEEN))
        text = f"{before},{text[hit.end() :]}"
    return text, repairs


def _is_name(word: str, initials: str) -> bool:
    from wordfreq import zipf_frequency  # noqa: PLC0415 - its list takes half a second to load

    return len(initials) > 1 or zipf_frequency(word, "en") < _COMMON_WORD


def _mend_specked(text: str, words: Vocabulary) -> tuple[str, list[Repair]]:
    """Short forms that the document writes elsewhere, without the speck in them."""
    repairs: list[Repair] = []

    def joined(hit: re.Match[str]) -> str:
        whole = (hit["head"] + hit["rest"]).upper()
        if words.counts.get(whole.lower(), 0) < _KNOWN:
            return hit[0]
        repairs.append(Repair(field="", was=hit[0], now=whole, why="a short form that the document writes elsewhere"))
        return whole

    return _SPECKED.sub(joined, text), repairs


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
