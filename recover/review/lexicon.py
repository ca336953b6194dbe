"""How usual a piece of Chinese is: what its words cost, the rarer the dearer, by jieba's dictionary."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from recover.glossary import cache
from recover.text.scripts import is_han

LONGEST_WORD = 4
# Rarer words are as often an error's chance product as words; leaving them out keeps the lexicon small.
RAREST = 5
# What a Chinese character costs that the dictionary has no word for, and what any other character does.
UNKNOWN = 16.0
OTHER = 7.0


class Lexicon(msgspec.Struct, frozen=True):
    """Words and the negative logarithms of their shares."""

    costs: Mapping[str, float]

    def join(self, left: str, right: str) -> float:
        """What two pieces save by standing together; little where a mark between them belongs there."""
        return self.cost(left) + self.cost(right) - self.cost(left + right)

    def cost(self, text: str) -> float:
        """The cost of the cheapest way to cut ``text`` into words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            starts = range(max(0, end - LONGEST_WORD), end)
            best.append(min(best[start] + self._cost(text[start:end]) for start in starts))
        return best[-1]

    def _cost(self, word: str) -> float:
        found = self.costs.get(word)
        if found is not None:
            return found
        # A run that is no word is never cheaper than its characters one by one.
        return sum(UNKNOWN if is_han(char) else OTHER for char in word)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, made once for a machine and read in a moment afterwards."""
    key = f"review-lexicon-{RAREST}-{LONGEST_WORD}"
    known = cache.recall(key, dict[str, float])
    if known is None:
        known = _read()
        cache.keep(key, known)
    return Lexicon(known)


def _read() -> dict[str, float]:
    """The dictionary's file is read as it is: importing jieba takes a second and far more memory."""
    found = importlib.util.find_spec("jieba")
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        return {}
    rows = [row.split() for row in (Path(places[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()]
    counts = {row[0]: int(row[1]) for row in rows if len(row) >= 2 and len(row[0]) <= LONGEST_WORD}
    total = math.log(sum(counts.values()) or 1)
    return {word: round(total - math.log(count), 2) for word, count in counts.items() if count >= RAREST}
