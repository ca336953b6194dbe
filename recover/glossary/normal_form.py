"""Text as terms are compared: width, case, spaces, hyphens and apostrophes don't count."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import msgspec

# Hyphens and dashes of every sort, apostrophes, the middle dot of transcribed names, the soft hyphen.
DROPPED = frozenset("-‐‑‒–—―−﹣－'’‘ʼ＇·•・\u00ad\u200b\ufeff")


class Squashed(msgspec.Struct, frozen=True):
    """``text`` with, for each of its characters, the offset in the original it came from."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=20_000)
def fold(char: str) -> str:
    """One character folded; empty where it doesn't count. Never longer than one character."""
    if char.isspace() or char in DROPPED:
        return ""
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def squash(text: str) -> Squashed:
    """Fold every character and drop what does not count, remembering where the rest stood."""
    kept = [(char, offset) for offset, char in enumerate(map(fold, text)) if char]
    return Squashed("".join([char for char, _ in kept]), tuple([offset for _, offset in kept]))


def squashed(text: str) -> str:
    """Only the text of ``squash``."""
    return "".join(map(fold, text))


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph, extensions included."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003ffff"


def is_latin(char: str) -> bool:
    """Whether a character belongs to a word in letters: Latin or Greek letters and digits."""
    return char.isalnum() and not is_han(char)
