"""Whether a text is shaped like an entry of a reference list, whatever stands above it."""

from __future__ import annotations

import re

# What an entry shows, and how much each sign says; print that is no entry shows one of them now and then.
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.8, re.compile(r"^\s*(?:[\[［【〔(（]\s?\d{1,3}\s?[\]］】〕)）]|\d{1,3}\s*[.．、]|[\u2460-\u2473])")),
    (1.5, re.compile(r"[\[［](?:[JMDCPSRNZGA]|EB|DB|CP|CM)(?:/[A-Z]{2})?[\]］]")),
    (
        1.2,
        re.compile(
            r"(?:19|20)\d\d[a-z]?\s*[,，;；.]\s*\d{1,4}\s*[(（]|\d{1,4}\s*[(（][\w\s/-]{1,8}[)）]\s*[:：,，.]\s*[A-Za-z]?\d"
        ),
    ),
    (1.0, re.compile(r"^[^。]{2,90}?[(（](?:19|20)\d\d[a-z]?[)）]\s*[。.．,，:：]")),
    (0.7, re.compile(r"^[^。]{2,60}?[,，.．]\s*(?:18|19|20)\d\d[a-z]?\s*[.．。]\s*\S")),
    (
        0.8,
        re.compile(
            r"[:：,，.]\s*(?:pp?\.\s*)?[A-Za-z]?\d+\s*[-–—~～]\s*[A-Za-z]?\d+\s*[.。]?$|第\s*\d+(?:\s*[-–—~～]\s*\d+)?\s*[页頁]"
        ),
    ),
    (
        0.8,
        re.compile(
            r"出版社|书局|書局|书店|書店|印书馆|[学學][报報]|杂志|雜誌|\bPress\b|\bJournal\b|\bProc\.|\bvol\.|doi|https?://",
            re.IGNORECASE,
        ),
    ),
    (0.5, re.compile(r"《[^》]{2,60}》")),
    (0.9, re.compile(r"(?:18|19|20)\d\d\s*年?\s*[,，]?\s*第\s*\d+\s*[期卷辑號号]")),
    (0.4, re.compile(r"(?:18|19|20)\d\d\s*[年)）]?\s*[.。]?$")),
)
LIKELY = 1.5
# A note that shows as much cites a work; remarks of the author show at most one sign.
CITING = 1.2
# Entries are shorter than this; a paragraph of the text may speak of a press and its pages too.
LONGEST = 420


def entry_likeness(text: str) -> float:
    """The sum of the signs that ``text`` is an entry; from LIKELY on it is one rather than not."""
    return sum(weight for weight, sign in _SIGNS if sign.search(text)) if len(text) <= LONGEST else 0.0


def looks_like_entry(text: str) -> bool:
    """Whether ``text`` is an entry rather than anything else."""
    return entry_likeness(text) >= LIKELY


def cites_work(text: str) -> bool:
    """Whether a note cites a work rather than remarks on something."""
    return entry_likeness(text) >= CITING
