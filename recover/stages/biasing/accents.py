"""Accents that worn print puts over plain letters: mày for may, Lindvałl for Lindvall.

English has hardly any, and names far more often those of western Europe than others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from recover.model.page import PageReading
from recover.stages.biasing.latin_words import is_name, words_in
from recover.stages.biasing.lattice import Cell, Option
from recover.stages.biasing.settle import Choice, settle
from recover.text.frequency import UNKNOWN, frequency
from recover.text.scripts import unaccented

# Letters of western Europe come before this one; a reader surer than this of another has seen one.
BEYOND_WEST, SURE = "\u0100", 0.99
# So much likelier the plain word is (e^2 = 7 times), whatever the reader saw of an accent.
GAIN = 2.0
# What one letter alone may be: only these are words.
ALONE = frozenset("aAI")
LEAST = 0.0005
# A word that is printed with accents too (café) is as usual so; what dirt makes of another is not (thé).
TIMES = 300
STROKED = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i"}


def settle_accents(pages: Sequence[PageReading]) -> list[PageReading]:
    """``pages`` with letters plain that nobody prints with accents."""
    return [settle(page, choices, "no accent in this word") for page in pages]


def choices(cells: Sequence[Cell]) -> Iterator[Choice]:
    """The letters to change, each to the plain one."""
    text = "".join(cell.text for cell in cells)
    if len(text) != len(cells) or text.isascii():
        return
    for start, end in words_in(text, [cell.line for cell in cells], 1):
        read = text[start:end]
        plain = "".join(map(_plain, read))
        if plain == read:
            continue
        is_known = not is_name(text, start, end) and _is_word(plain, read)
        for at in range(start, end):
            is_odd = text[at] >= BEYOND_WEST and cells[at].confidence < SURE
            if _plain(text[at]) != text[at] and (is_known or is_odd):
                why = f"{plain} is a word" if is_known else "a letter that hardly any name has"
                yield Choice(at, _option(cells[at]), GAIN, why)


def _plain(char: str) -> str:
    letter = unaccented(char)
    return letter if letter.isascii() else STROKED.get(char, char)


def _is_word(plain: str, read: str) -> bool:
    """Whether it is a word, and far more usual than the one with accents."""
    if len(plain) == 1:
        return plain in ALONE
    share = frequency(read, ())
    return frequency(plain, ()) > (TIMES * share if share > UNKNOWN else UNKNOWN)


def _option(cell: Cell) -> Option:
    text = _plain(cell.text)
    own = next((option for option in cell.options if option.text == text), None)
    return own or Option(text, text.lower(), math.log(max(cell.confidence, LEAST) / LEAST), LEAST)
