"""Numbered headings in a dump, also those that lost their stops or whose Chinese half is nonsense.

A number opens a section only where the numbering of the sections calls for it: after 2.1 may come 2.1.1, 2.2 or 3.
So ``21`` before garbled text is 2.1 when 2 is open, and the ``20`` of a table is nothing.
"""

from __future__ import annotations

import re

import msgspec

from recover.text.legible import is_english_word, legibility

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){1,3}|\d{1,4})[.、．]?\s+(?P<rest>\S.*)$")
_HAN_NUMBERED = re.compile(
    r"^(?P<number>[一二三四五六七八九十]{1,3}(?=、)|[（(][一二三四五六七八九十]{1,3}[)）])、?\s*(?P<rest>[\u4e00-\u9fff].{1,28})$"
)
_ENGLISH_TAIL = re.compile(r"(?:^|\s)([A-Z][a-z]+(?:\s+[A-Za-z]+){0,7})$")
_HAN_TITLE = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9（）()、，·/\-—“”\s]{2,40}$")
_LONGEST_TITLE = 60

Number = tuple[int, ...]


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading as far as it can be read; ``body`` is what its line holds besides."""

    number: str
    order: Number
    title: str = ""
    title_en: str = ""
    body: str = ""

    @property
    def level(self) -> int:
        return max(1, len(self.order))


def read_heading(text: str, current: Number) -> Heading | None:
    """The heading on a line, ``current`` being the number of the section it would end; None when it is none."""
    han = _HAN_NUMBERED.match(text)
    if han and legibility(han["rest"]).is_legible and not text.rstrip().endswith(("。", "；", "，")):
        return Heading(
            number=han["number"], order=(1,) if han["number"][0] not in "（(" else (1, 1), title=han["rest"].strip()
        )
    hit = _NUMBERED.match(text)
    if hit is None:
        return None
    printed = re.sub(r"\s", "", hit["number"])
    order = _order(printed, current)
    if order is None:
        return None
    title, english, body = _titles(hit["rest"])
    if len(order) == 1 and not (english or title):
        return None
    return Heading(number=".".join(map(str, order)), order=order, title=title, title_en=english, body=body)


def _order(printed: str, current: Number) -> Number | None:
    """The section number meant by ``printed``, when it is one that may follow ``current``."""
    dotted = "." in printed
    readings = [tuple(map(int, printed.split(".")))]
    if not dotted and len(printed) > 1:
        readings.append(tuple(map(int, printed)))
    allowed = successors(current, skip=dotted)
    return next((order for order in readings if order in allowed), None)


def successors(current: Number, *, skip: bool) -> frozenset[Number]:
    """The numbers that may follow; with ``skip`` also those after a heading that couldn't be read."""
    steps = (1, 2) if skip else (1,)
    if not current:
        return frozenset({(0,), (1,)})
    found = {(*current, step) for step in steps}
    for level in range(len(current)):
        found |= {(*current[:level], current[level] + step) for step in steps}
    # A section whose first subsection's heading is lost shows up with the second level below that.
    return frozenset(found | ({(*current, 1, 1)} if skip else set()))


def _titles(rest: str) -> tuple[str, str, str]:
    """The Chinese title, the English one, and what is neither."""
    english = ""
    tail = _ENGLISH_TAIL.search(rest)
    if tail and len(rest) <= _LONGEST_TITLE and all(is_english_word(word) or len(word) < 3 for word in tail[1].split()):
        english, rest = tail[1], rest[: tail.start()].strip()
    if rest and _HAN_TITLE.match(rest) and re.search(r"[\u4e00-\u9fff]{2}", rest) and legibility(rest).is_legible:
        return rest, english, ""
    if not english and len(rest) <= _LONGEST_TITLE and _is_english_title(rest):
        return "", rest, ""
    return "", english, rest


def _is_english_title(rest: str) -> bool:
    words = re.findall(r"[A-Za-z][\w\-]*", rest)
    return bool(words) and words[0][0].isupper() and rest[-1] not in ".,;:" and all(map(is_english_word, words))
