"""How numbers and characters become the labels of features."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator, Sequence

from recover.lexicon.characters import is_han, is_wide

OPENING, CLOSING = frozenset("（［【〔《〈“‘「『"), frozenset("）］】〕》〉”’」』")


def step(value: float, edges: Sequence[float]) -> str:
    """Between which of ``edges`` a number lies."""
    return str(bisect(edges, value))


def passed(name: str, what: str, value: float, edges: Sequence[float]) -> Iterator[tuple[str, str]]:
    """A feature for each of ``edges`` that a number has passed: of more, what rarer numbers say builds on the usual."""
    yield from ((name, f"{what} {at}") for at in range(bisect(edges, value)))


def log_step(share: float) -> str:
    """A share by its power of two, ten at most."""
    return str(max(-10, math.floor(math.log2(share)))) if share > 0 else "none"


def log_odds_step(share: float) -> str:
    """A posterior by its log odds, finer near to 1."""
    return str(max(-6, min(10, round(math.log(max(share, 1e-4) / max(1 - share, 1e-5))))))


def character(char: str) -> str:
    """A character's kind; a mark is one of its own."""
    if not char:
        return "end"
    if is_han(char):
        return "han"
    if char.isdecimal():
        return "digit"
    if char.isalpha():
        return "greek" if "\u0370" <= char < "\u0400" else "capital" if char.isupper() else "small"
    return char


def cell(char: str) -> str:
    """How a character fills its cell: w a whole one, o and c a half with white before or after, n as it is."""
    if not char:
        return "e"
    if char in OPENING:
        return "o"
    if char in CLOSING or char in "，。、；：．？！":
        return "c"
    return "w" if is_wide(char) else "n"
