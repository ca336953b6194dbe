"""How usual an English word is: by wordfreq's list, and by what the document itself writes."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# Rarer words of the list are mostly other people's misspellings; a word on no list counts as this frequent.
RAREST, UNKNOWN = 3e-8, 1e-9
# A word of the document is known as if it were this frequent.
OWN = 1e-6
# Rarer words are not looked for by likeness; of shorter words only those a letter away.
RAREST_NEAR, SHORT, MOST_NEAR = 1e-7, 6, 40


def frequency(word: str, own: Collection[str]) -> float:
    """The share of ``word`` in running text, UNKNOWN where neither the list nor ``own`` (in small letters) has it."""
    small = word.lower()
    listed = _listed().get(small, 0.0)
    return max(listed if listed >= RAREST else 0.0, OWN if small in own else 0.0, UNKNOWN)


@lru_cache(maxsize=64)
def listed_words(shortest: int, rarest: float) -> tuple[str, ...]:
    """The list's words of letters alone, so long and so frequent at least."""
    return tuple(
        word for word, share in _listed().items() if share >= rarest and len(word) >= shortest and word.isalpha()
    )


@lru_cache(maxsize=1)
def _listed() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - its list takes half a second to load

    return dict(get_frequency_dict("en", wordlist="large"))


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
