"""What a character's shape says of its height: where its ink begins and ends when it stands on the line."""

from __future__ import annotations

from enum import Enum

from recover.text.scripts import is_han


class Shape(Enum):
    """Tall: from the baseline to the height of capitals; short: to that of an x; deep ones reach below the line."""

    TALL = "tall"
    SHORT = "short"
    DEEP = "deep"
    DEEP_TALL = "deep and tall"
    BRACKET = "bracket"
    SIGN = "sign"
    CELL = "cell"
    HAN = "han"
    OTHER = "other"


_TALL = frozenset("0123456789ABCDEFGHIKLMNOPRSTUVWXYZbdfhklitΔΓΘΛΞΠΣΦΨΩδθλ%‰&#†‡§")
_SHORT = frozenset("acemnorsuvwxzαεικνοπστυω")
_DEEP = frozenset("gpqyμµγηρχς")
_DEEP_TALL = frozenset("jJQβζξφψ")
_BRACKETS = frozenset("()[]{}|/\\")
_SIGNS = frozenset("+-−–=±")
_CELLS = frozenset(chr(code) for code in range(0x2460, 0x2500))
# Their ink fills no whole cell: 一 is a stroke in the middle.
_LOW_HAN = frozenset("一二三四口日曰白工土士上下心小")


def shape(char: str) -> Shape:
    """The shape of a printed character."""
    if is_han(char):
        return Shape.OTHER if char in _LOW_HAN else Shape.HAN
    for members, kind in (
        (_DEEP_TALL, Shape.DEEP_TALL),
        (_TALL, Shape.TALL),
        (_SHORT, Shape.SHORT),
        (_DEEP, Shape.DEEP),
        (_BRACKETS, Shape.BRACKET),
        (_SIGNS, Shape.SIGN),
        (_CELLS, Shape.CELL),
    ):
        if char in members:
            return kind
    return Shape.OTHER
