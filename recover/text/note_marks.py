"""The marks that tie a footnote to its place in the text: ①, [1], 〔1〕, *, 注1, and bare numbers."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

MarkKind = Literal["circled", "bracket", "star", "named", "number"]
_CIRCLED = "\u2460-\u2473\u3251-\u325f\u2776-\u277f"
_OPEN, _CLOSE = r"[\[［〔【]", r"[\]］〕】]"
_PATTERNS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("circled", re.compile(rf"^\s*(?P<mark>[{_CIRCLED}])\s*")),
    ("bracket", re.compile(rf"^\s*(?P<mark>{_OPEN}\s?\d{{1,3}}\s?{_CLOSE})\s*")),
    ("named", re.compile(rf"^\s*(?P<mark>{_OPEN}?注(?:释)?\s?(?:\d{{1,3}}|[{_CIRCLED}]){_CLOSE}?)\s*[:：、]?\s*")),
    ("star", re.compile(r"^\s*(?P<mark>[*＊∗]{1,3}|[†‡※])\s*(?=[^\s*＊Pp])")),
    ("number", re.compile(r"^\s*(?P<mark>\d{1,3})(?:\s*[.．、]\s*|\s+|(?=[\u4e00-\u9fff《“「『]))(?![\d年月日])")),
)


class NoteMark(msgspec.Struct, frozen=True, kw_only=True):
    """A note's mark: as printed, its number (0 for a star), and where the note's text begins."""

    kind: MarkKind
    printed: str
    value: int
    end: int


def leading_mark(text: str) -> NoteMark | None:
    """The mark with which a note begins; None where none does."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            printed = match["mark"]
            return NoteMark(kind=kind, printed=printed, value=_value(printed), end=match.end())
    return None


def follows(mark: NoteMark, last: NoteMark | None) -> bool:
    """Whether ``mark`` comes next after the note with ``last``, or begins anew."""
    if mark.kind == "star":
        return True
    begins = mark.value == 1
    return begins or (last is not None and mark.value == last.value + 1)


def _value(printed: str) -> int:
    digits = re.search(r"\d+", printed)
    if digits:
        return int(digits[0])
    circled = re.search(rf"[{_CIRCLED}]", printed)
    return _circled_value(circled[0]) if circled else 0


def _circled_value(char: str) -> int:
    at = ord(char)
    if at <= 0x2473:
        return at - 0x245F
    return at - 0x323C if at >= 0x3251 and at <= 0x325F else at - 0x2775
