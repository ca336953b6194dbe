"""The imprint of a book, thesis, report or data set: ``[edition.] [place: publisher,] year[: pages]``."""

from __future__ import annotations

import re

import msgspec

_YEAR = (
    r"(?P<date>\[?\(?[c©]?(?:1[5-9]|20)\d{2}(?:[-–—./年]\d{1,2}(?:[-–—./月]\d{1,2}日?)?)?\)?\]?)年?(?:\s*"
    r"[（(][^()（）]{2,12}[)）])?(?:\s*[-–—]\s*(?=[.．]|$))?"
)
_PAGES = (
    r"(?:\s*[.．。]?\s*[:：,，]?\s*(?:[Pp]{1,2}\s?[.．]\s?|pages?\s"
    r"|页码?\s?)?(?P<pages>[ivxlcA-Z]{0,5}\d+(?:\.\d+)?(?:\s?[-–—−－~]{1,2}\s?[A-Z]?\d+(?:\.\d+)?)?(?:[,"
    r"，]\s?\d+(?:[-–—]\d+)?)*)(?:\s?(?:页|p))?)?"
)
_END = r"[\s.．。,;]*$"
_STOP = r"(?:^|[.．。](?:\s+|(?=\S))|(?<=[\])）］])\s*)"
_PLACED = re.compile(
    rf"{_STOP}\s*(?P<place>(?:(?:St|Ft|Mt)\.\s)?[^.．。:：]{{1,60}}?(?:\.(?=\s*[:：]))?)\s*[:：]\s*(?P<publ"
    rf"isher>[^:：]{{1,140}}?)\s*[,，;；]\s*{_YEAR}{_PAGES}{_END}"
)
_UNPLACED = re.compile(
    rf"{_STOP}\s*(?P<publisher>[^,，:：.．。]{{2,90}}(?:\.[^,，:：.．。]{{2,60}})?)\s*[,，;；]\s*{_YEAR}{_PAGES}{_END}"
)
_DATED = re.compile(rf"(?:{_STOP}|[,，]\s*)\s*{_YEAR}{_PAGES}{_END}")
_UNDATED = re.compile(rf"{_STOP}\s*(?P<place>[^.．。:：,，]{{1,40}})\s*[:：]\s*(?P<publisher>[^:：]{{1,120}}?){_END}")
_EDITION = re.compile(
    r"(?:^|[.．。,，]\s*)((?:第\s*[\d一二三四五六七八九十]+\s*版|修订版|增订版|新\s?\d?\s?版|影印本|[\d一二三四五六七八九十]+\s*版"
    r"|\d{1,2}\s?(?:st|nd|rd|th|d)\s+(?:rev(?:ised)?\.?\s+)?ed(?:ition|n)?\b\.?"
    r"|(?:[Rr]ev(?:ised)?\.?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Nn]ew) ed(?:ition"
    r"|n)?\b\.?))"
)
_TRANSLATOR = re.compile(
    r"(?:^|[.．。]\s*)([^.．。:：]{2,60}?)[,，]?\s*(?:译|编译|译注|trans(?:lated|lator)?s?)\s*(?=[.．。]|$)"
)


class Imprint(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The imprint's parts, and what stands before it."""

    before: str
    place: str = ""
    publisher: str = ""
    date: str = ""
    pages: str = ""
    edition: str = ""
    translator: str = ""


def read_imprint(text: str) -> Imprint:
    """Read the imprint off the end of ``text``; what can't be read stays in ``before``."""
    translator, text = _take(_TRANSLATOR, text)
    edition, text = _take(_EDITION, text)
    for pattern in (_PLACED, _UNPLACED, _DATED, _UNDATED):
        hit = pattern.search(text)
        if hit:
            found = hit.groupdict()
            return Imprint(
                before=text[: hit.start()].strip(" .．。,，"),
                place=(found.get("place") or "").strip(),
                publisher=(found.get("publisher") or "").strip(),
                date=(found.get("date") or "").strip("()[]c©年"),
                pages=found.get("pages") or "",
                edition=edition,
                translator=translator,
            )
    return Imprint(before=text.strip(" .．。,，"), edition=edition, translator=translator)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    hit = pattern.search(text)
    return (hit[1].strip(), text[: hit.start()] + ". " + text[hit.end() :].lstrip(" .．。,，")) if hit else ("", text)
