"""Precision, recall and their harmonic mean over multisets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

import msgspec


class F1(msgspec.Struct, frozen=True, kw_only=True):
    """Counts, so that scores of several documents can be added up before dividing."""

    right: int
    found: int
    true: int

    @property
    def value(self) -> float:
        """1 where there was nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0

    def __add__(self, other: F1) -> F1:
        return F1(right=self.right + other.right, found=self.found + other.found, true=self.true + other.true)


def score(found: Iterable[Hashable], true: Iterable[Hashable]) -> F1:
    counted, wanted = Counter(found), Counter(true)
    return F1(right=(counted & wanted).total(), found=counted.total(), true=wanted.total())


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """``right`` of ``true``."""

    right: int
    true: int

    @property
    def value(self) -> float:
        return self.right / self.true if self.true else 1.0

    def __add__(self, other: Share) -> Share:
        return Share(right=self.right + other.right, true=self.true + other.true)
