"""Document type marks of which OCR left little: told by the title before them and the source, year and all, behind."""

from __future__ import annotations

import re

from recover.lexicon.english import zipf
from recover.model.document import Repair
from recover.stages.references.item import find_mark

WHY = "between title and source stands a document type mark in square brackets"
MARK = "[J]. "
_HAN = "\u4e00-\u9fff"
# One or both brackets lost, or the letter; a j or y before it may be the bracket or the word's own end.
_BETWEEN_WORDS = re.compile(
    rf"(?<=[a-z{_HAN})])(?:\s?\|\.?\s?[J3]\s?[\])|]?\|?|(?:[1lI|]|(?P<stray>[jy]))?J[\])}}|j]{{1,2}}|\[J(?=[.．，,{_HAN}])|\[[月川]\]"
    rf"|[jl|\[(]J(?=[.．])|[\])}}]J[\])}}])"
    rf"[.．，,。]?\s*(?=[A-Z{_HAN}])"
)
# A bracket and next to nothing, then a Chinese journal and its year.
_BEFORE_HAN = re.compile(
    rf"(?<=[a-z{_HAN})])\s?[\[{{［【][^\[\]{{}}()（）]{{0,2}}?[\]}})］】]?[.．，,。\s]*"
    rf"(?=[{_HAN}]{{3,20}}[,，.．。、]{{1,2}}\s?(?:19|20)\d{{2}}[,，.、;；(（])"
)
# A J in brackets of any kind, or one of the brackets, then an English journal, its year and volume.
_BEFORE_LATIN = re.compile(
    r"(?<=[A-Za-z)])\s?(?:[(\[{|]\s?[JjU1lI]?\s?[)\]}|j]|[1lI]?[\]}])\s*[.．,]\s*"
    r"(?=[A-Z][^\[\]{}]{2,80}?[,，.]\s?(?:19|20)\d{2}\s?[,，.]\s?\d)"
)


# What a thesis or a book never has behind its source: year, volume, issue and pages.
_OF_NO_JOURNAL = re.compile(
    r"\[[DMPRS]\](?=[.．，,。\s]*[^\[\]]{2,60}?[,，.。]\s?(?:19|20)\d{2}\s?[,，]\s?\d+\s?[(（]\w+[)）]\s?[:：])"
)
WHY_JOURNAL = "year, volume, issue and pages are a journal's"


def mend_type_mark(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The string with a journal's mark where one can be told; no other mark is misread so."""
    of_another = _OF_NO_JOURNAL.search(text)
    if of_another is not None:
        mended = f"{text[: of_another.start()]}[J]{text[of_another.end() :]}"
        return mended, (Repair(field="", was=of_another[0], now="[J]", why=WHY_JOURNAL),)
    if find_mark(text):
        return text, ()
    for pattern in (_BETWEEN_WORDS, _BEFORE_HAN, _BEFORE_LATIN):
        hit = pattern.search(text)
        if hit is not None and _closes_nothing(text, hit):
            start = hit.start() + _own_end(text, hit)
            was = text[start : hit.end()]
            mended = text[:start] + MARK + text[hit.end() :]
            return mended, (Repair(field="", was=was.strip(), now=MARK.strip(), why=WHY),) if was != MARK else ()
    return text, ()


def _closes_nothing(text: str, hit: re.Match[str]) -> bool:
    """Whether no bracket is open where the mark begins: ``[corrected].`` is the title's own."""
    before = text[: hit.start()]
    return all(before.count(left) <= before.count(right) for left, right in ("[]", "{}"))


def _own_end(text: str, hit: re.Match[str]) -> int:
    """1 where the letter before the mark ends a word that is none without it: ``injuryJ]``, not ``micejJ]``."""
    stray = hit.groupdict().get("stray")
    word = re.search(r"[A-Za-z]+$", text[: hit.start()])
    if not stray or word is None:
        return 0
    return int(zipf(word[0] + stray) > zipf(word[0]))
