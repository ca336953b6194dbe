"""How likely a stretch of Chinese is as a sequence of words, by their frequencies in jieba's and wordfreq's lists."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from recover.lexicon.characters import is_han, simplified
from recover.lexicon.tables import chinese_shares, chinese_words

LONGEST = 5
# The log probability of a character that stands for itself: one in twenty million.
UNKNOWN = -17.0


def log_likelihood(chars: Sequence[str]) -> float:
    """The best cut into words, natural log; what isn't Han parts words and costs nothing.

    Both scripts are one: a traditional character is as likely as its simplified form, never less.
    """
    chars = simplified("".join(chars))
    best = [0.0, *([-math.inf] * len(chars))]
    for start, char in enumerate(chars):
        if not is_han(char):
            best[start + 1] = max(best[start + 1], best[start])
            continue
        word = ""
        for end in range(start, min(len(chars), start + LONGEST)):
            if not is_han(chars[end]):
                break
            word += chars[end]
            best[end + 1] = max(best[end + 1], best[start] + _log_frequency(word))
    return best[-1]


def is_in_word(chars: Sequence[str], at: int) -> bool:
    """Whether the character at ``at`` belongs to a word of several that may stand there, in either script."""
    chars = simplified("".join(chars))
    return any(
        _log_frequency("".join(chars[start : start + size])) > -math.inf
        for size in range(2, LONGEST + 1)
        for start in range(max(0, at - size + 1), min(at, len(chars) - size) + 1)
        if all(map(is_han, chars[start : start + size]))
    )


@lru_cache(maxsize=16384)
def _log_frequency(word: str) -> float:
    words = chinese_words()
    share = max(words.counts.get(word, 0) / words.total, chinese_shares().get(word, 0.0))
    least = UNKNOWN if len(word) == 1 else -math.inf
    return max(least, math.log(share)) if share else least
