"""How usual an English word is: by wordfreq's list, and by what the document itself writes."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

# Rarer words of the list are mostly other people's misspellings; a word on no list counts as this frequent.
RAREST, UNKNOWN = 3e-8, 1e-9
# A word of the document is known as if it were this frequent.
OWN = 1e-6


def frequency(word: str, own: Collection[str]) -> float:
    """The share of ``word`` in running text, UNKNOWN where neither the list nor ``own`` (in small letters) has it."""
    small = word.lower()
    listed = _listed().get(small, 0.0)
    return max(listed if listed >= RAREST else 0.0, OWN if small in own else 0.0, UNKNOWN)


@lru_cache(maxsize=4)
def listed_words(shortest: int, rarest: float) -> tuple[str, ...]:
    """The list's words of letters alone, so long and so frequent at least."""
    return tuple(
        word for word, share in _listed().items() if share >= rarest and len(word) >= shortest and word.isalpha()
    )


@lru_cache(maxsize=1)
def _listed() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - its list takes half a second to load

    return dict(get_frequency_dict("en", wordlist="large"))
