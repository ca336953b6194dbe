"""How usual an English word is: by wordfreq's list, and by what the document itself writes."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from recover.lexicon.tables import english_shares

# Rarer words of the list are mostly other people's misspellings; a word on no list counts as this frequent.
RAREST, UNKNOWN = 3e-8, 1e-9
# A word of the document is known as if it were this frequent.
OWN = 1e-6
# A word and what is written apart from it by a hyphen or a point; an apostrophe is part of a word.
_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Longer words are not looked for in runs of letters without a space.
LONGEST = 20
# Rarer words are not looked for by likeness; of shorter words only those a letter away.
RAREST_NEAR, SHORT, MOST_NEAR = 1e-7, 6, 40


def frequency(word: str, own: Collection[str]) -> float:
    """The share of ``word`` in running text, UNKNOWN where neither the list nor ``own`` (in small letters) has it."""
    small = word.lower()
    listed = english_shares().get(small, 0.0)
    return max(listed if listed >= RAREST else 0.0, OWN if small in own else 0.0, UNKNOWN)


@lru_cache(maxsize=64)
def listed_words(shortest: int, rarest: float) -> tuple[str, ...]:
    """The list's words of letters alone, so long and so frequent at least."""
    return tuple(
        word for word, share in english_shares().items() if share >= rarest and len(word) >= shortest and word.isalpha()
    )


@lru_cache(maxsize=20_000)
def likelihood(letters: str) -> float:
    """The log likelihood of the likeliest words that a run of letters is made of."""
    best = [0.0]
    for end in range(1, len(letters) + 1):
        best.append(max(best[start] + _of_word(letters[start:end]) for start in range(max(0, end - LONGEST), end)))
    return best[-1]


def parting(left: str, right: str) -> float:
    """How much likelier the words of two runs of letters are than those of which one reaches from one to the other."""
    over = (
        likelihood(left[:start]) + _of_word(left[start:] + right[:end]) + likelihood(right[end:])
        for start in range(max(0, len(left) - LONGEST), len(left))
        for end in range(1, min(len(right), LONGEST) + 1)
    )
    return likelihood(left) + likelihood(right) - max(over, default=0.0)


def _of_word(word: str) -> float:
    """A word's log likelihood; one on no list is the less likely the longer it is."""
    share = frequency(word, ())
    return math.log(share) - (len(word) if share <= UNKNOWN else 0.0)


def zipf(word: str) -> float:
    """How common a word is: 7 for those like "the", 3 for one in a million, 0 where the list lacks it or a part of it.

    The scale is that of van Heuven et al. 2014, "SUBTLEX-UK", the logarithm of the times in a thousand million words.
    """
    parts = _PARTS.findall(word.lower())
    shares = [english_shares().get(part, 0.0) for part in parts]
    if not shares or not all(shares):
        return 0.0
    return max(0.0, round(math.log10(1 / sum(1 / share for share in shares)) + 9, 2))


def near_words(word: str) -> tuple[str, ...]:
    """Listed words, a letter or two from a word in small letters."""
    farthest = 1 if len(word) < SHORT else 2
    found = process.extract(
        word,
        listed_words(len(word) - farthest, RAREST_NEAR),
        scorer=Levenshtein.distance,
        score_cutoff=farthest,
        limit=MOST_NEAR,
    )
    return tuple(near for near, *_ in found)
