"""Paragraph error and order: is every true paragraph there, whole, and where it belongs?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from bench.accuracy.fold import fold
from bench.accuracy.infix import Infix, find_infix
from bench.accuracy.measures.score import Share

# Shorter ones stand in several places by chance, so they say nothing of order.
_SHORTEST_ORDERED = 15


class Placed(msgspec.Struct, frozen=True):
    """A true paragraph, folded, and its best place in the recovered text."""

    text: str
    infix: Infix


def place_paragraphs(true: Iterable[str], recovered: Iterable[str]) -> tuple[Placed, ...]:
    """Each true paragraph against the whole recovered text, both folded."""
    target = "".join(map(fold, recovered))
    placed: list[Placed] = []
    for query in filter(None, map(fold, true)):
        after = placed[-1].infix.end if placed else 0
        placed.append(Placed(query, find_infix(query, target, after)))
    return tuple(placed)


def paragraph_error(placed: Sequence[Placed]) -> Share:
    """Wrong or misplaced characters of all true characters."""
    return Share(right=sum(one.infix.distance for one in placed), true=sum(len(one.text) for one in placed))


def paragraph_order(placed: Sequence[Placed]) -> Share:
    """The longest run of paragraphs whose places increase, of all paragraphs."""
    ends = [one.infix.end for one in placed if len(one.text) >= _SHORTEST_ORDERED]
    return Share(right=longest_increasing(ends), true=len(ends))


def longest_increasing(values: Sequence[int]) -> int:
    """The length of the longest strictly increasing subsequence."""
    tails: list[int] = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(tails)
