"""Common words as what a reading may say, whatever the subject: 作用于细胞 is no 作用干细胞."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recover.glossary.squash import is_han

# Of everything read in Chinese, one word in a million; rarer ones are mostly names and pieces of words.
COMMON = 1e-6
LONGEST = 4


def longest_word(text: str, at: int) -> int:
    """The length of the longest common word that the character at ``at`` is part of; 0 where none is."""
    return max((len(word) for word in _around(text, at) if _is_common(word)), default=0)


def _around(text: str, at: int) -> Iterator[str]:
    for size in range(2, LONGEST + 1):
        for start in range(max(0, at - size + 1), min(at, len(text) - size) + 1):
            word = text[start : start + size]
            if all(map(is_han, word)):
                yield word


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    return _frequencies().get(word, 0.0) >= COMMON


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - its list takes a third of a second to load

    return dict(get_frequency_dict("zh", wordlist="small"))
