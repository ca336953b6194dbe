"""A prefix tree of terms that a decoder walks one character at a time."""

from __future__ import annotations

from collections.abc import Iterable

from recover.glossary.concept import Glossary


class Trie:
    """Nodes are whole numbers, the root is 0; a decoder holds a node and asks for the next.

    >>> trie = Trie.of(["干细胞"])
    >>> node = trie.step(Trie.ROOT, "干")
    >>> trie.is_complete(node)
    False
    """

    ROOT = 0
    __slots__ = ("_children", "_complete")

    def __init__(self) -> None:
        self._children: list[dict[str, int]] = [{}]
        self._complete: list[bool] = [False]

    @classmethod
    def of(cls, terms: Iterable[str]) -> Trie:
        trie = cls()
        for term in terms:
            trie._add(term)
        return trie

    def _add(self, term: str) -> None:
        node = self.ROOT
        for char in term:
            node = self._child(node, char)
        self._complete[node] = True

    def _child(self, node: int, char: str) -> int:
        children = self._children[node]
        if char not in children:
            children[char] = len(self._children)
            self._children.append({})
            self._complete.append(False)
        return children[char]

    def step(self, node: int, char: str) -> int | None:
        """The node after ``char``; None where no term goes on so."""
        return self._children[node].get(char)

    def walk(self, text: str, node: int = ROOT) -> int | None:
        """The node after all of ``text``; None where no term begins so."""
        at: int | None = node
        for char in text:
            if at is None:
                return None
            at = self.step(at, char)
        return at

    def nexts(self, node: int) -> Iterable[str]:
        """The characters that a term goes on with after ``node``."""
        return self._children[node].keys()

    def is_complete(self, node: int) -> bool:
        """Whether a term ends at ``node``."""
        return self._complete[node]

    def is_prefix(self, text: str) -> bool:
        return self.walk(text) is not None

    def __contains__(self, term: str) -> bool:
        node = self.walk(term)
        return node is not None and self.is_complete(node)

    def longest(self, text: str, start: int = 0) -> int:
        """The end of the longest term that begins at ``start``; ``start`` itself where none does."""
        end, node = start, self.step(self.ROOT, text[start]) if start < len(text) else None
        at = start
        while node is not None:
            at += 1
            end = at if self._complete[node] else end
            node = self.step(node, text[at]) if at < len(text) else None
        return end

    def __len__(self) -> int:
        return sum(self._complete)


def chinese_terms(glossary: Glossary, *, shortest: int = 2) -> frozenset[str]:
    """The Chinese forms a reader may be helped with: no forbidden ones, none shorter than ``shortest``."""
    allowed = (c for c in glossary.concepts if c.status != "forbidden")
    return frozenset(form for c in allowed for form in c.zh_forms if len(form) >= shortest)
