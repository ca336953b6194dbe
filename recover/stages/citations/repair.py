"""Citation marks that reading damaged, mended by what the document shows: its style, its list, rising numbers."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from recover.model.document import Correction, Paragraph
from recover.stages.citations.lost import span_at
from recover.text.counted import counted

# One bracket at least must be square; between them what digits and their separators are misread as.
_DAMAGED = re.compile(
    r"(?:[\[［【〔]\s*(?P<a>[\dlIiOo|!.,，、;；\-–—~～ ]{1,24}?)\s*[\]］】〕)）}｝J]"
    r"|[(（{｛]\s*(?P<b>[\dlIiOo|!.,，、;；\-–—~～ ]{1,24}?)\s*[\]］】〕])"
)
_DIGITS = str.maketrans("lIi|!Oo", "1111100")
_MARKS = str.maketrans({".": ",", "，": ",", "、": ",", ";": ",", "；": ",", "–": "-", "—": "-", "~": "-", "～": "-"})
WHY = "a citation mark: numbers of the list, rising, in brackets"


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with its marks as they were printed, and what was changed."""

    paragraph: Paragraph
    corrections: tuple[Correction, ...] = ()


def mend_marks(paragraph: Paragraph, highest: int) -> Mended:
    """Mend marks character by character, so that every offset stays true; ``highest`` is the list's last number."""
    if not highest:
        return Mended(paragraph=paragraph)
    text = paragraph.text
    corrections = []
    for match in _DAMAGED.finditer(paragraph.text):
        was = match.group(0)
        now = "[" + was[1:-1].translate(_DIGITS).translate(_MARKS) + "]"
        if _differs(was, now) and _is_mark(now, highest):
            text = text[: match.start()] + now + text[match.end() :]
            corrections.append(_correction(paragraph, match.start(), was, now, highest))
    if not corrections:
        return Mended(paragraph=paragraph)
    return Mended(paragraph=msgspec.structs.replace(paragraph, text=text), corrections=tuple(corrections))


def _differs(was: str, now: str) -> bool:
    """Whether more than the width of the brackets was mended."""
    return was[1:-1] != now[1:-1] or was[0] not in "[［" or was[-1] not in "]］"


def _is_mark(mark: str, highest: int) -> bool:
    """Whether the numbers rise, are all in the list, and nothing else stands between the brackets."""
    inner = mark[1:-1].replace(" ", "")
    if not re.fullmatch(r"\d{1,3}(?:[,-]\d{1,3})*", inner):
        return False
    numbers = [int(part) for part in re.split(r"[,-]", inner)]
    rises = all(low < high for low, high in pairwise(numbers))
    return rises and numbers[0] > 0 and numbers[-1] <= highest


def _correction(paragraph: Paragraph, start: int, was: str, now: str, highest: int) -> Correction:
    span = span_at(paragraph, start)
    evidence = f"the list has {counted(highest, 'entry', 'entries')}"
    return Correction(
        page=span.page if span else 0, box=span.box if span else None, was=was, now=now, why=WHY, evidence=evidence
    )
