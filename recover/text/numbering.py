"""Printed numbers: of headings and which may follow which, of formulas, and the marks of notes."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from recover.lexicon.characters import simplified
from recover.model.page import Line, part_at_white, slice_line

HAN_DIGITS = "零一二三四五六七八九"
FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
# Numerals are folded to these: full-width figures, and what stands for 叁 in traditional print.
_FOLD = str.maketrans("０１２３４５６７８９参叄", "0123456789叁叁")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_ROMAN_FORMS = str.maketrans(
    {chr(0x2160 + at): form for at, form in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])}
)
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
# Dirt behind a number that is printed without a closing mark.
_DIRT = ".。·、:：,，'`"
_SPECK = rf"(?:[{_DIRT}]\s*(?=[\u4e00-\u9fff]))?"
SCHEMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*[部篇编]分?\s*")),
    ("chapter", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*章\s*{_SPECK}")),
    ("chapter-section", re.compile(rf"^第\s*({_HAN_NUMBER}|\d{{1,2}})\s*节\s*{_SPECK}")),
    ("formal", re.compile(r"^([壹贰叁肆伍陆柒捌玖拾]{1,3})\s*[、．.，,·:：]\s*")),
    ("roman", re.compile(r"^([\u2160-\u2169]|[IVX]{1,4})\s*[、．.]\s*(?=[^\s.]{2})")),
    ("han", re.compile(rf"^({_HAN_NUMBER})(?:\s*[、．.，,·]\s*|\s+(?=\S))")),
    ("han-bracket", re.compile(rf"^([（(]\s*{_HAN_NUMBER}\s*[）)])\s*[、．.·]?\s*")),
    ("arabic-bracket", re.compile(r"^([（(]\s*\d{1,2}\s*[）)])\s*[、．.·]?\s*")),
    ("circled", re.compile(r"^([\u2460-\u2473])\s*[、．.]?\s*")),
    ("decimal", re.compile(r"^(\d{1,2}(?:\s?[.．·]\s?\d{1,2}){1,4})(?![\d%％])\s*[.．、]?\s*")),
    # A stop read as a colon: the chain of numbers tells a heading's from a ratio.
    ("decimal", re.compile(r"^(\d{1,2}(?:\s?[.．·:：]\s?\d{1,2}){1,4})(?![\d%％])\s+(?=[\u4e00-\u9fff])")),
    # 02｜标题: books set a bar between a number and its title.
    ("arabic", re.compile(r"^(\d{1,2})\s*[|｜丨]\s*(?=[\u4e00-\u9fff])")),
    ("arabic", re.compile(r"^(\d{1,2})(?:\s*(?:[.．](?!\d)|、)\s*|\s*(?=[^\d\s.．,，;；:：%％)）\]］/-]))")),
)
# Depth of each scheme where several are mixed: 第一章, 第一节, 壹、, 一、, （一）, 1. to 1.1.1.1.1, （1）, ①.
HEADING_RANKS = {
    "part": 0,
    "chapter": 1,
    "chapter-section": 2,
    "formal": 2,
    "roman": 3,
    "han": 3,
    "han-bracket": 4,
    "decimal": 5,
    "arabic-bracket": 10,
    "circled": 11,
}
# Titles shorter or longer than this are told by other signs.
TITLE_LENGTHS = range(2, 31)
_MARKS = re.compile(r"[，。；：,;:]")
# What is printed whole: the words around the number are part of it.
# Schemes that say in words what they number.
WORDED = frozenset({"part", "chapter", "chapter-section"})


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
    plain = simplified(text).translate(_FOLD)
    for scheme, pattern in SCHEMES:
        match = pattern.match(plain)
        if match:
            printed = re.sub(r"[．·:：]", ".", "".join(text[match.start(1) : match.end(1)].split()))
            if scheme in WORDED:
                printed = "".join(text[: match.end()].split()).rstrip(_DIRT)
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
    if "\u2460" <= bare[0] <= "\u2473":
        return (ord(bare[0]) - 0x245F,)
    if bare[0] in "IVX" or "\u2160" <= bare[0] <= "\u2169":
        return (_roman_value(bare.translate(_ROMAN_FORMS)),)
    if bare[0].isdecimal():
        return tuple(int(part) for part in re.split(r"\s?[.．·:：]\s?", bare) if part)
    return (han_value(bare),)


def _roman_value(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def han_value(text: str) -> int:
    """The value of 一 to 九十九, also in the forms that forgers can't change (壹, 貳)."""
    text = text.translate(str.maketrans(FORMAL_DIGITS + "拾", HAN_DIGITS + "十"))
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (HAN_DIGITS.index(tens) if tens else 1) + (HAN_DIGITS.index(ones) if ones else 0)
    return HAN_DIGITS.index(text[0])


# The printed number of a formula: ``(1)``, ``（2.3）``, ``(4a)``, ``(A.1)``.

_NUMBER = r"(?:[A-Z]\s*[-.]?\s*)?\d{1,3}(?:\s*[-–—.·]\s*\d{1,3}){0,2}\s*[a-z]?['′]?"
_LABEL = re.compile(rf"[（(]\s*(?:式\s*)?{_NUMBER}\s*[)）]")


def is_label(text: str) -> bool:
    """Whether a line is nothing but a formula's number."""
    return _LABEL.fullmatch(text.strip()) is not None


# A number read in one line with its formula stands this far behind it, in the line's heights.
NUMBER_WHITE = 2.0


def number_apart(line: Line) -> tuple[Line, ...]:
    """A formula's line and the number at its edge, where the detector took both for one; else the line alone."""
    *_, last = part_at_white(line, NUMBER_WHITE * line.box.height)
    if not is_label(last.text) or len(last.text) == len(line.text.strip()):
        return (line,)
    start = line.text.rindex(last.text)
    return slice_line(line, 0, start), last


# The marks that tie a footnote to its place in the text: ①, [1], 〔1〕, *, 注1, and bare numbers.

MarkKind = Literal["circled", "bracket", "star", "named", "number"]
_CIRCLED = "\u2460-\u2473\u3251-\u325f\u2776-\u277f"
_OPEN, _CLOSE = r"[\[［〔【]", r"[\]］〕】]"
_PATTERNS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("circled", re.compile(rf"^\s*(?P<mark>[{_CIRCLED}])\s*")),
    ("bracket", re.compile(rf"^\s*(?P<mark>{_OPEN}\s?\d{{1,3}}\s?{_CLOSE})\s*")),
    ("named", re.compile(rf"^\s*(?P<mark>{_OPEN}?注(?:释)?\s?(?:\d{{1,3}}|[{_CIRCLED}]){_CLOSE}?)\s*[:：、]?\s*")),
    ("star", re.compile(r"^\s*(?P<mark>[*＊∗]{1,3}|[†‡※])\s*(?=[^\s*＊Pp])")),
    (
        "number",
        re.compile(
            r"^\s*(?P<mark>\d{1,3})(?:\s*[.．、]\s*|\s+|(?=[\u4e00-\u9fff《“「『]|[A-Z][\w'’-]+,\s))(?![\d年月日])"
        ),
    ),
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


def ring(value: int) -> str:
    """The circled number of a value from 1 to 20."""
    return chr(0x245F + value)


def _circled_value(char: str) -> int:
    at = ord(char)
    if at <= 0x2473:
        return at - 0x245F
    return at - 0x323C if at >= 0x3251 and at <= 0x325F else at - 0x2775


# Notes under tables: 注：…; Note: … say what they are.
SAYS_NOTE = re.compile(r"^\s*(?:[\[［(（【]?注\s?\d?\s?[:：\]］)）】]|Notes?\s?[:：.])", re.IGNORECASE)
