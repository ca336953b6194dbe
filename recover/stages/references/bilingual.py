"""Entries printed in two languages: the reference, then its translation under the same number."""

from __future__ import annotations

import re

import msgspec

_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
# Behind the reference's last stop, bracket or figure a name begins, no identifier.
_LATIN_BEGINS = re.compile(
    r"(?:(?<=[.．。)）\]］])|(?<=[\d/]\s))\s*[\[［(（]?"
    r"(?=[A-ZÀ-Þ](?:[\w'’-]+|\.)[\s,.])(?!(?:DOI|PMID|PMCID|ISBN|ISSN|CSTR|URL|http|Available|Epub)\b)"
)
# Behind an English reference, which says what it is of, or ends with a stop, the Chinese one begins.
_HAN_BEGINS = re.compile(r"(?:[.．。)）\]］]|(?<=\d))\s*[\[［(（]?(?=[\u4e00-\u9fff])")
_IN_CHINESE = re.compile(
    r"[.．。,，]?\s*[(（\[]\s*[Ii]n\s?Chinese(?:\s?[,，]?\s?with\s?[^()（）\[\]]{3,40})?\s*[)）\]]"
)
# Less than this is no reference.
_SHORTEST = 30


class Bilingual(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is printed first, its translation, and whether the entry says that the work is in Chinese."""

    first: str
    translation: str = ""
    is_in_chinese: bool = False


def part_languages(text: str) -> Bilingual:
    """``text`` cut before its translation: two complete references of one year, one of them without Chinese."""
    says = bool(_IN_CHINESE.search(text))
    cut = _cut(text) if _HAN.search(text) else None
    first, second = (text[: cut[0]], text[cut[1] :].strip()) if cut else (text, "")
    return Bilingual(first=_IN_CHINESE.sub("", first).rstrip(), translation=second, is_in_chinese=says)


def _cut(text: str) -> tuple[int, int] | None:
    """Where the first reference ends and where its translation begins."""
    han = [hit.start() for hit in _HAN.finditer(text)]
    if _HAN.search(text[:_SHORTEST]):
        candidates = _LATIN_BEGINS.finditer(text, han[-1] + 1)
    else:
        candidates = (hit for hit in [_HAN_BEGINS.search(text, _SHORTEST)] if hit and hit.end() == han[0])
    for hit in candidates:
        first, second = text[: hit.end()], text[hit.end() :]
        if len(second) >= _SHORTEST and set(_YEAR.findall(first)) & set(_YEAR.findall(second)):
            return len(first.rstrip("[［(（ ")), hit.end()
    return None
