"""A prefix tree of terms that a decoder walks one character at a time.

Sorted terms are the tree: a node is what was walked so far, and the terms below it stand side by side. So there is
nothing to build, which for ten thousand terms and their shapes would take a second on every run.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Trie:
    """A decoder holds a node, the root at first, and asks for the next.

    >>> trie = Trie(["干细胞"])
    >>> node = trie.step(Trie.ROOT, "干")
    >>> trie.is_complete(node)
    False
    """

    ROOT = ""
    __slots__ = ("_openings", "_sorted")

    def __init__(self, terms: Iterable[str]) -> None:
        self._sorted = sorted(set(terms))
        # Most characters of a text begin no term, or none with the next: that is known without a search.
        self._openings = frozenset(term[:size] for term in self._sorted for size in (1, 2))

    def step(self, node: str, char: str) -> str | None:
        """The node after ``char``; None where no term goes on so."""
        after = node + char
        if len(after) <= 2:
            return after if after in self._openings else None
        place = bisect_left(self._sorted, after)
        return after if place < len(self._sorted) and self._sorted[place].startswith(after) else None

    def after(self, node: str) -> list[str]:
        """The characters that a term may go on with after ``node``, in order."""
        found = []
        place = bisect_left(self._sorted, node)
        while place < len(self._sorted) and self._sorted[place].startswith(node):
            if len(self._sorted[place]) > len(node):
                found.append(self._sorted[place][len(node)])
                # On to the first term with a later character.
                place = bisect_left(self._sorted, node + chr(ord(found[-1]) + 1), place)
            else:
                place += 1
        return found

    def is_complete(self, node: str) -> bool:
        """Whether a term ends at ``node``."""
        place = bisect_left(self._sorted, node)
        return node != "" and place < len(self._sorted) and self._sorted[place] == node

    def __len__(self) -> int:
        return len(self._sorted)
