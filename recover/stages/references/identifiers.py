"""DOI, PMID, PMCID, ISBN, web address and access date: found by their shape and taken out of the string first."""

from __future__ import annotations

import re

import msgspec

_DOI = re.compile(
    r"[\s,.;，．。；(\[]*(?:(?:https?://(?:dx\.)?doi\.org/)|(?:\bdoi\s*[:：.]?\s*(?:https?://(?:dx\.)?doi\.org/)?))\s*"
    r"(10\.\d{4,9}/[^\s，。；［］]+)",
    re.IGNORECASE,
)
_BARE_DOI = re.compile(r"(?<![\w/=:])(10\.\d{4,9}/[^\s，。；［］]+)")
_PMID = re.compile(r"[\s;,.]*(?:PubMed\s*)?PMID\s*[:：]?\s*(\d{4,9})\.?", re.IGNORECASE)
_PMCID = re.compile(r"[\s;,.]*(?:PMCID\s*[:：]?\s*)(PMC\d{4,9})\.?", re.IGNORECASE)
# An address at the end of the string, broken by lines or by recognition.
_BROKEN_URL = re.compile(
    r"(?:https?|ftp)\s?:\s?//[^\s，。；．］>]+(?:\s+[\w\-]*[./?=&%#~:;][\w\-./?=&%#~:;]*)*(?=[.．]?\s*(?:$|DOI))"
)
_ISBN = re.compile(r"[\s;,.]*ISBN(?:-1[03])?\s*[:：]?\s*([\d][\d\-‐ ]{8,16}[\dXx])", re.IGNORECASE)
_URL = re.compile(
    r"[\s,.;，．。；(<\[]*(?:(?:Available (?:from|at)|Retrieved from|URL)\s*[:：]?\s*)?"
    r"((?:https?|ftp)://[^\s，。；．］>]+|www\.[^\s，。；．］>]+)",
    re.IGNORECASE,
)
_DAY = r"\d{4}\s*[-–—./年]\s*\d{1,2}\s*[-–—./月]\s*\d{1,2}日?"
_ENGLISH_DAY = r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2},?\s+)?\d{4}|\d{4}[-/ ][\w]{1,9}[-/ ]\d{1,2}|\d{4}"
_ACCESSED = re.compile(
    rf"\s*[\[［]\s*(?:cited|accessed|引用日期)?\s*[:：]?\s*({_DAY})\s*[\]］]\s*[.．]?"
    rf"|\s*\(?\b(?:Accessed|Retrieved|cited)(?:\s+on)?\s*[:：]?\s*({_ENGLISH_DAY})\)?[.]?(?:\s+from)?"
    r"|\s*\[\s*(?:cited|accessed)\s+(\d{4}\s+[A-Z][a-z]{2}\.?(?:\s+\d{1,2})?)\s*\]"
    rf"|\s*({_DAY})\s*(?:取自|检索自|引自)\s*[:：]?",
)
_INSIDE_ADDRESS = frozenset("=?&/:-_.%")
_TRAIL = ".,;:，。；)]}>"


class Identifiers(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was found, and the string without it."""

    rest: str
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    url: str = ""
    accessed: str = ""


def take_identifiers(text: str) -> Identifiers:
    """Take identifiers out of ``text``; a string with none costs one look for each."""
    lower = text.lower()
    accessed = url = doi = pmid = pmcid = isbn = ""
    if "doi" in lower or "10." in lower:
        doi, text = _take_doi(text)
    if "http" in lower or "www." in lower or "ftp:" in lower:
        url, text = _take(_URL, _BROKEN_URL.sub(lambda hit: "".join(hit[0].split()), text))
    if "pmid" in lower:
        pmid, text = _take(_PMID, text)
    if "pmc" in lower:
        pmcid, text = _take(_PMCID, text)
    if "isbn" in lower:
        isbn, text = _take(_ISBN, text)
    if "[" in text or "［" in text or "ccessed" in text or "etrieved" in text or "cited" in text or "自" in text:
        accessed, text = _take(_ACCESSED, text)
    return Identifiers(rest=text.strip(), doi=doi, pmid=pmid, pmcid=pmcid, isbn=isbn, url=url, accessed=accessed)


def _take_doi(text: str) -> tuple[str, str]:
    """The DOI; one inside a longer web address stays there, for the address would be broken without it."""
    for hit in _DOI.finditer(text):
        if hit[0][0].isalpha() and text[hit.start() - 1 : hit.start()] in _INSIDE_ADDRESS and hit.start():
            continue
        return _clean_doi(hit[1]), (text[: hit.start()] + _gap(hit[0]) + text[hit.end() :])
    bare = _BARE_DOI.search(text)
    if bare:
        return _clean_doi(bare[1]), text[: bare.start()] + text[bare.end() :]
    return "", text


def _clean_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:，。；>")
    while doi.endswith((")", "]")) and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    hit = pattern.search(text)
    if hit is None:
        return "", text
    value = next(group for group in hit.groups() if group).strip().rstrip(_TRAIL)
    return value, text[: hit.start()] + _gap(hit[0]) + text[hit.end() :]


def _gap(removed: str) -> str:
    """The stop that closed the text before the identifier belongs to that text."""
    return ". " if removed[:1] in ".．。" else " "
