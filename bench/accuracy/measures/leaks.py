"""Leaks: running heads and page numbers that got into the text."""

from __future__ import annotations

from collections.abc import Iterable

from bench.accuracy.fold import fold
from bench.accuracy.infix import find_infix

# A misread running head is a leak all the same.
_LARGEST_ERROR = 0.1
# A page number or a two-character head is a leak where it makes a paragraph of its own; inside one it is
# an error of that paragraph, and could be anything.
_SHORTEST_INSIDE = 8


def count_leaks(furniture: Iterable[str], recovered: Iterable[str], true: Iterable[str]) -> int:
    """How many recovered paragraphs hold a piece of furniture, over those that truly do."""
    heads = {head for head in map(fold, furniture) if head}
    folded, wanted = [fold(text) for text in recovered], [fold(text) for text in true]
    return sum(max(0, _holders(head, folded) - _holders(head, wanted)) for head in heads)


def _holders(head: str, texts: Iterable[str]) -> int:
    if len(head) < _SHORTEST_INSIDE:
        return sum(text == head for text in texts)
    allowed = len(head) * _LARGEST_ERROR
    return sum(find_infix(head, text).distance <= allowed for text in texts if len(text) >= len(head) - allowed)
