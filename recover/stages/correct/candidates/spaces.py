"""Spaces between foreign words that were lost."""

from __future__ import annotations

from collections.abc import Iterator

from recover.lexicon.characters import is_wide
from recover.stages.correct.place import Candidate, Place

# Fainter shares, over narrower gaps (in line heights), are never of a space.
SHARE, GAP = 0.01, 0.15


def spaces(place: Place) -> Iterator[Candidate]:
    """Between two characters that stand in no Chinese cell, where a reader nearly saw a space or the ink has one."""
    line = place.line
    shares = {one.at: one.confidence for one in line.insertions if one.text == " "}
    for at in range(1, len(line.text)):
        left, right = line.text[at - 1], line.text[at]
        if left == " " or right == " " or is_wide(left) or is_wide(right):
            continue
        share = shares.get(at, 0.0)
        if share >= SHARE or line.lefts[at] - line.rights[at - 1] >= GAP * line.height:
            yield Candidate(kind="space", start=at, was="", now=" ", share=share)
