"""Spaces between words that the reader left out, found again in the gaps of the ink and in its own doubts.

On three pages of our samples the gap between two letters of a word was at most 0.14 of the line's height and the
reader's share for a space at most 0.0004; between words 0.15 to 0.5, and 0.87 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from recover.model.page import Line
from recover.stages.ocr.edits import Edit

# In line heights: a gap that the reader's doubt confirms, and one that needs no confirmation.
GAP, WIDE_GAP = 0.15, 0.3
SHARE = 0.05
# Letters set apart from each other (t i t l e s) are no words: a gap must stand out in its line.
STANDS_OUT = 2.5


def find_lost_spaces(line: Line, shares: Sequence[float]) -> tuple[Edit, ...]:
    """Where a space is missing. ``shares`` is the reader's chance of a space before each character, or empty."""
    gaps = [(at, _gap(line, at)) for at in range(1, len(line.text)) if _is_inside_latin(line.text, at)]
    if not gaps:
        return ()
    usual = float(np.median([gap for _, gap in gaps]))
    return tuple(_missing(gaps, shares, usual))


def _missing(gaps: Sequence[tuple[int, float]], shares: Sequence[float], usual: float) -> Iterator[Edit]:
    for at, gap in gaps:
        share = shares[at] if at < len(shares) else 0.0
        is_doubted = gap >= GAP and share >= SHARE
        if is_doubted or (gap >= WIDE_GAP and gap >= STANDS_OUT * max(usual, 0.04)):
            evidence = f"a gap of {gap:.2f} line heights, usually {usual:.2f}; a space's share {share:.2f}"
            yield Edit(start=at, was="", now=" ", why="a space between words", evidence=evidence)


def _is_inside_latin(text: str, at: int) -> bool:
    """Two letters or digits of a foreign word side by side, at least one of them a letter."""
    left, right = text[at - 1], text[at]
    both = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return both and left.isalpha() and right.isalpha()


def _gap(line: Line, at: int) -> float:
    return (line.lefts[at] - line.rights[at - 1]) / max(1e-6, line.height)
