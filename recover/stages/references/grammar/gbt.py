"""GB/T 7714 (1987 to 2025) and its house styles: ``authors. title[J]. journal, year, volume(issue): pages``."""

from __future__ import annotations

import re

from recover.stages.references.draft import Draft
from recover.stages.references.grammar.authors import cut_authors
from recover.stages.references.grammar.imprint import Imprint, read_imprint
from recover.stages.references.marks import Mark, find_mark
from recover.stages.references.normalise.name_list import likeness
from recover.stages.references.tail import read_tail

_TRIM = " .,;:，．。；：\t"
_STOP = re.compile(r"[.．](?:\s+|(?=[\u4e00-\u9fff]))|[。．]\s*")
_NUMBER = re.compile(
    r"\s*[:：]\s*((?:(?:中国|美国|日本|德国|[A-Z]{2,12})\s*[,，:：]?\s*)?(?=[^:：]*\d)[A-Za-z0-9][\w/.,()（）\-—–]*"
    r"(?:\s[A-Z0-9][\w/.()（）\-—–]*)?(?::\d{4}(?:\(\w+\))?)?)$"
)
# "GB/T 7714-2015, title" and "ISO 10993-5:2009. Title".
_NUMBER_FIRST = re.compile(r"^\s*([A-Z]{2,6}(?:[/ ][A-Z]{1,5})?\s?\d[\d.\-—–:：]*\d)[,，.．:：\s]\s*(?=\S)")
_NEWS_DAY = re.compile(
    r"^(.*?)[,，.．]\s*((?:1[89]|20)\d{2}[-–—./年]\d{1,2}[-–—./月]\d{1,2}日?)\s*(?:[(（]([^()（）]{1,8})[)）])"
    r"?\s*[:：]?\s*(\w{0,6})\W*$"
)
_SERIAL = re.compile(r"[-–—]{1,2}\s*[.．]")
_LEADING_DAY = re.compile(r"[(（]\s*(\d{4}(?:[-–—./]\d{1,2}){0,2})\s*[)）]")
_HAN_NAMES = re.compile(
    r"^\s*([\u4e00-\u9fff]{2,4}(?:\s?[,，、]\s?[\u4e00-\u9fff]{2,4})*(?:\s?[,，、]?\s?等)?)\s?[,，、]\s?"
    r"(?=[^,，、.．]{6,}|[^,，、.．]*$)(?=[\u4e00-\u9fff\dA-Z])"
)
_NUMBERED = frozenset("SPR")


def read(text: str) -> Draft | None:
    """A draft when a document type mark stands in the string; None otherwise."""
    mark = find_mark(text)
    if mark is None:
        return None
    authors, title, number = _head(text[: mark.start], mark)
    rest = text[mark.end :].strip()
    draft = Draft(style="gbt", authors=authors, title=title, mark=mark.code, medium=mark.medium, number=number)
    return _scored(_with_source(draft, mark, rest))


def _head(head: str, mark: Mark) -> tuple[str, str, str]:
    cut = cut_authors(head, least=0.0)
    if cut.likeness < 0.85:
        cut_at = _after_commas(head) or _first_segment(head)
        authors, title = (head[: cut_at[0]], head[cut_at[1] :]) if cut_at else (head[: cut.end], head[cut.begin :])
    else:
        authors, title = head[: cut.end], head[cut.begin :]
    hit = _NUMBER.search(title) if mark.code in _NUMBERED else None
    if hit:
        return authors, title[: hit.start()], hit[1]
    hit = _NUMBER_FIRST.match(head) if mark.code == "S" else None
    return ("", head[hit.end() :], hit[1]) if hit else (authors, title, "")


def _after_commas(head: str) -> tuple[int, int] | None:
    """Behind Chinese names a stop is often misread as a comma: what is too long for a name begins the title."""
    hit = _HAN_NAMES.match(head)
    return (hit.end(1), hit.end()) if hit else None


def _first_segment(head: str) -> tuple[int, int] | None:
    """Before a mark stands ``authors. title``: a short first segment is the author even if it looks like no name."""
    hit = _STOP.search(head)
    if hit is None or hit.start() > 60 or hit.end() >= len(head) - 1:
        return None
    segment = head[: hit.start()]
    return (hit.start(), hit.end()) if likeness(segment) > 0 or "\u4e00" <= segment[:1] <= "\u9fff" else None


def _with_source(draft: Draft, mark: Mark, rest: str) -> Draft:
    if rest.startswith("//") or rest.lstrip(" .").startswith("//"):
        return _hosted(draft, rest.lstrip(" .")[2:])
    rest = rest.lstrip(_TRIM)
    if mark.code == "N":
        return _newspaper(draft, rest)
    if mark.code == "J" and not _SERIAL.search(rest):
        return _article(draft, rest)
    return _published(draft, rest)


def _article(draft: Draft, rest: str) -> Draft:
    tail = read_tail(" " + rest)
    if tail is None:
        return _rebuilt(draft, container=rest.strip(_TRIM))
    return _rebuilt(
        draft,
        container=rest[: max(0, tail.start - 1)].strip(_TRIM),
        date=f"{tail.year} {tail.day}".strip(),
        volume=tail.volume,
        issue=tail.issue,
        pages=tail.pages,
    )


def _newspaper(draft: Draft, rest: str) -> Draft:
    hit = _NEWS_DAY.match(rest)
    if hit is None:
        return _article(draft, rest)
    return _rebuilt(draft, container=hit[1].strip(_TRIM), date=hit[2], pages=hit[3] or hit[4] or "")


def _hosted(draft: Draft, rest: str) -> Draft:
    """``//editors. host title. edition. place: publisher, year: pages``"""
    imprint = read_imprint(rest)
    before = imprint.before
    hit = _STOP.search(before)
    if hit and (likeness(before[: hit.start()]) >= 0.85 or _is_body(before[: hit.start()])):
        editors, host = before[: hit.start()], before[hit.end() :]
    else:
        editors, host = "", before
    tail = read_tail(rest) if draft.mark == "C" and not imprint.date else None
    draft = _imprinted(draft, imprint)
    if tail:
        draft = _rebuilt(draft, date=tail.year, pages=tail.pages, volume=tail.volume, issue=tail.issue)
        host = rest[: tail.start]
    return _rebuilt(draft, host_authors=editors, host=host.strip(_TRIM))


def _is_body(text: str) -> bool:
    return likeness(text) >= 0.35 and len(text) < 60 and not re.search(r"论文集|会议|年会|研究$", text)


def _published(draft: Draft, rest: str) -> Draft:
    hit = _LEADING_DAY.match(rest)
    imprint = read_imprint(rest)
    draft = _imprinted(draft, imprint)
    if hit and draft.date[:4] != hit[1][:4]:
        draft = _rebuilt(draft, date=hit[1])
    return _rebuilt(draft, rest=imprint.before if not hit else "")


def _imprinted(draft: Draft, imprint: Imprint) -> Draft:
    return _rebuilt(
        draft,
        place=imprint.place,
        publisher=imprint.publisher,
        date=imprint.date,
        pages=imprint.pages,
        edition=imprint.edition,
        translator=imprint.translator,
    )


def _rebuilt(draft: Draft, **pieces: str) -> Draft:
    return Draft(**{**{name: getattr(draft, name) for name in draft.__struct_fields__}, **pieces})


def _scored(draft: Draft) -> Draft:
    """A mark alone is strong evidence; a source and a date make the reading complete."""
    source = draft.container or draft.publisher or draft.host or draft.mark in {"EB", "Z", "P", "S", "R", "CM"}
    names = likeness(draft.authors) if draft.authors else 0.5
    score = 0.5 + 0.15 * bool(draft.title) + 0.15 * bool(source) + 0.1 * bool(draft.date) + 0.1 * names
    return _rebuilt_score(draft, score)


def _rebuilt_score(draft: Draft, score: float) -> Draft:
    return Draft(**{**{name: getattr(draft, name) for name in draft.__struct_fields__}, "score": score})
