"""Heading numbers of the usual schemes, and which may follow which."""

from __future__ import annotations

import re

import msgspec

HAN_DIGITS = "零一二三四五六七八九"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
# Dirt behind a number that is printed without a closing mark.
_DIRT = ".。·、:：,，'`"
_SPECK = rf"(?:[{_DIRT}]\s*(?=[\u4e00-\u9fff]))?"
SCHEMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*[部篇编]分?\s*")),
    ("chapter", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*章\s*{_SPECK}")),
    ("chapter-section", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*节\s*{_SPECK}")),
    ("han", re.compile(rf"^({_HAN_NUMBER})(?:\s*[、．.，,·]\s*|\s+(?=\S))")),
    ("han-bracket", re.compile(rf"^([（(]\s*{_HAN_NUMBER}\s*[）)])\s*[、．.·]?\s*")),
    ("arabic-bracket", re.compile(r"^([（(]\s*\d{1,2}\s*[）)])\s*[、．.·]?\s*")),
    ("decimal", re.compile(r"^(\d{1,2}(?:\s?[.．·]\s?\d{1,2}){1,4})(?![\d%％])\s*[.．、]?\s*")),
    # A stop read as a colon: the chain of numbers tells a heading's from a ratio.
    ("decimal", re.compile(r"^(\d{1,2}(?:\s?[.．·:：]\s?\d{1,2}){1,4})(?![\d%％])\s+(?=[\u4e00-\u9fff])")),
    ("arabic", re.compile(r"^(\d{1,2})(?:\s*(?:[.．](?!\d)|、)\s*|\s*(?=[^\d\s.．,，;；:：%％)）\]］/-]))")),
)
# Titles shorter or longer than this are told by other signs.
TITLE_LENGTHS = range(2, 31)
_MARKS = re.compile(r"[，。；：,;:]")
# What is printed whole: the words around the number are part of it.
_WORDED = frozenset({"part", "chapter", "chapter-section"})


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A heading's number: its scheme, as printed without its closing mark, its values, and where the title begins."""

    scheme: str
    printed: str
    values: tuple[int, ...]
    end: int
    closed: bool = False

    @property
    def depth(self) -> int:
        return len(self.values)


def parse_number(text: str) -> Number | None:
    """The number at the start of a heading; None where there is none."""
    for scheme, pattern in SCHEMES:
        match = pattern.match(text)
        if match:
            printed = re.sub(r"[．·:：]", ".", re.sub(r"\s", "", match.group(1)))
            if scheme in _WORDED:
                printed = "".join(match.group(0).split()).rstrip(_DIRT)
            closed = match.group(0).rstrip()[-1:] in "、．.，,"
            kind = "decimal" if scheme == "arabic" else scheme
            return Number(scheme=kind, printed=printed, values=_values(match.group(1)), end=match.end(), closed=closed)
    return None


def looks_like_heading(text: str) -> bool:
    """Whether a line is set as numbered headings are: a number and a short title without marks."""
    number = parse_number(text)
    title = text[number.end :] if number else ""
    return len(title) in TITLE_LENGTHS and title[0].isalpha() and not _MARKS.search(title)


def _values(printed: str) -> tuple[int, ...]:
    bare = printed.strip("（()） \u3000")
    if bare[0].isdecimal():
        return tuple(int(part) for part in re.split(r"\s?[.．·:：]\s?", bare) if part)
    return (han_value(bare),)


def han_value(text: str) -> int:
    """The value of 一 to 九十九."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (HAN_DIGITS.index(tens) if tens else 1) + (HAN_DIGITS.index(ones) if ones else 0)
    return HAN_DIGITS.index(text[0])
