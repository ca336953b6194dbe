"""When two wordings of a term are one to a reader: number, word order, a word left out make no other wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from recover.glossary.english import shapes
from recover.glossary.squash import is_han, squashed

# Words that join others and tell nothing by themselves.
JOINING = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4", "Ⅴ": "5"}
# Two words are akin that begin alike: with so many letters at least, and this share of the shorter. Thus immune and
# immunity, neuron and neuronal; not neuron and neural, transport and transplant.
BEGINNINGS = ((4, 0.75), (5, 0.6))


def apart(wordings: Sequence[str]) -> tuple[str, ...]:
    """One wording, the first, of each group that a reader would tell from the others."""
    chosen: list[str] = []
    # The longest first: a short one may be short for only one of two that differ.
    for text in sorted(dict.fromkeys(wordings), key=len, reverse=True):
        if not any(is_same(text, other) for other in chosen):
            chosen.append(text)
    return tuple(sorted(chosen, key=wordings.index))


def is_same(one: str, other: str) -> bool:
    """Whether a reader takes both for the same wording."""
    if any(map(is_han, one)):
        return _is_shorter(*sorted((_key(one), _key(other)), key=len))
    short, long = sorted((content_words(one), content_words(other)), key=len)
    return all(any(akin(word, its) for its in long) for word in short)


def _key(text: str) -> str:
    return "".join(ROMAN.get(char, char) for char in re.sub("[的之]", "", squashed(text)))


def _is_shorter(short: str, long: str) -> bool:
    """Whether words are left out; one character inside is no word: 间质干细胞 is no short 间充质干细胞."""
    gap = len(long) - len(short)
    places = range(len(short) + 1) if gap != 1 else (0, len(short))
    return any(long.startswith(short[:at]) and long.endswith(short[at:]) for at in places)


def content_words(text: str) -> tuple[str, ...]:
    """The words of an English phrase in lower case that tell what it is, Roman numerals as digits."""
    found = re.findall(r"[^\W_]+", text.lower())
    return tuple(ROMAN.get(word, word) for word in found if word not in JOINING)


def akin(one: str, other: str) -> bool:
    """Whether two words are forms of one: cell and cellular, mouse and mice."""
    if one == other or other in shapes(one) or one in shapes(other) or one.rstrip("s") == other.rstrip("s"):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return any(shared >= letters and shared >= share * min(len(one), len(other)) for letters, share in BEGINNINGS)
