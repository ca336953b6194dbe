"""Numbered headings in a dump and the paragraphs under them, readable lines apart from others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import msgspec

from recover.model.document import Paragraph
from recover.stages.text_dump.lines import DumpLine
from recover.text.join import seam
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


# The lines of a section as paragraphs: readable ones joined, unreadable ones kept apart and marked.

# A legible line this short among nonsense is a stray word of it.
_STRAY_CHARS = 24
_SURE = 0.85


def paragraphs(lines: Sequence[DumpLine]) -> tuple[Paragraph, ...]:
    """Readable paragraphs in their language, nonsense as ``und`` with the confidence its legibility allows."""
    langs = [_lang(lines, position) for position in range(len(lines))]
    found = []
    for lang, group in groupby(zip(langs, lines, strict=True), key=lambda pair: pair[0]):
        run = [line for _, line in group]
        found += [_paragraph(part, lang) for part in (_parts(run) if lang != "und" else [run])]
    return tuple(found)


def is_unreadable(lines: Sequence[DumpLine], position: int) -> bool:
    """Whether the line at ``position`` is nonsense, its neighbours considered."""
    line = lines[position]
    if not line.legible.is_legible:
        return True
    beside = [lines[i].legible.is_legible for i in (position - 1, position + 1) if 0 <= i < len(lines)]
    lone = bool(beside) and not any(beside)
    return lone and (len(line.text) < _STRAY_CHARS or line.legible.score < _SURE)


def _lang(lines: Sequence[DumpLine], position: int) -> str:
    if is_unreadable(lines, position):
        return "und"
    return "zh" if lines[position].legible.kind == "chinese" else "en"


def _parts(lines: list[DumpLine]) -> list[list[DumpLine]]:
    """Readable lines cut at blank lines that follow a full stop."""
    parts = [[lines[0]]]
    for line in lines[1:]:
        if line.blanks_above and parts[-1][-1].text.rstrip().endswith((".", "。", "．", "!", "?", "！", "？")):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _paragraph(lines: list[DumpLine], lang: str) -> Paragraph:
    text = ""
    for line in lines:
        drop, between = seam(text, line.text) if lang != "und" else (0, "\n" if text else "")
        text = (text[:-drop] if drop else text) + between + line.text
    weight = sum(len(line.text) for line in lines)
    legible = sum(line.legible.score * len(line.text) for line in lines) / max(1, weight)
    return Paragraph(text=text, lang=lang, confidence=round(legible if lang != "und" else min(legible, 0.2), 3))
