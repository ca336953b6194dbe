"""Document type marks of GB/T 7714: ``[J]``, ``[M/OL]``, ``［D］``, and what OCR makes of them."""

from __future__ import annotations

import re

import msgspec

# GB/T 7714-2015 table B.1, with the marks that the 2025 edition and older lists add.
TYPES = {
    "J": "article-journal",
    "M": "book",
    "D": "thesis",
    "C": "paper-conference",
    "N": "article-newspaper",
    "P": "patent",
    "S": "standard",
    "R": "report",
    "EB": "webpage",
    "DB": "dataset",
    "DS": "dataset",
    "CP": "software",
    "CM": "map",
    "A": "document",
    "G": "book",
    "K": "book",
    "Z": "document",
    "B": "book",
    "PP": "article",
    "W": "webpage",
}
_CODES = "EB|DB|DS|CP|CM|PP|[JMDCNPSRAGKZBW]"
_MARK = re.compile(rf"\s*[\[［【〔]\s*({_CODES})\s*(?:[/／]\s*(OL|CD|DK|MT|ol))?\s*[\]］】〕]")
# A bracket misread as a round one, a bar, a one; J misread as U, I, l, ].
_DAMAGED = re.compile(
    rf"\s*(?:[\[［【〔(（{{|]|(?<![A-Z])[IlL])\s?({_CODES}|[jm]|U|\)|\]|1)\s?(?:/\s?([O0Q][L1lI]|CD))?\s?[\]］】〕)）}}|1Il](?=\s*[.．,，/])"
)
_LOOKALIKE = {"j": "J", "m": "M", "U": "J", ")": "J", "]": "J", "1": "J"}


class Mark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The mark's code and medium, where it stands, and whether it was misread."""

    code: str
    medium: str
    start: int
    end: int
    printed: str
    damaged: bool = False


def find_mark(text: str) -> Mark | None:
    """The last well-printed mark, or failing that a damaged one between a title and its source."""
    hit = None
    for hit in _MARK.finditer(text):
        if text[hit.end() : hit.end() + 1] in {"", ".", "．", "/", "。", " ", ",", "，", ":", "：", "("}:
            break
    if hit:
        return Mark(
            code=hit[1], medium=(hit[2] or "").upper(), start=hit.start(), end=hit.end(), printed=hit[0].strip()
        )
    hit = _DAMAGED.search(text)
    if hit is None or not _stands_alone(hit):
        return None
    code = _LOOKALIKE.get(hit[1], hit[1])
    return Mark(
        code=code, medium="OL" if hit[2] else "", start=hit.start(), end=hit.end(), printed=hit[0].strip(), damaged=True
    )


def _stands_alone(hit: re.Match[str]) -> bool:
    """``(C).`` may be printed so on purpose: a damaged mark needs at least one square bracket and a title before it."""
    return hit.start() > 8 and any(bracket in hit[0] for bracket in "[]［］【】〔〕{}")
