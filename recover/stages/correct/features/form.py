"""Forms that print has: numbers, years, ranges, words of capitals."""

from __future__ import annotations

from collections.abc import Iterator

from recover.model.page import Line
from recover.stages.correct.features.labels import character, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

HEIGHTS = (0.7, 0.8, 0.88, 0.95, 1.05, 1.15)


def form(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """For a letter: its pair, what stands on either side, and its height against that of capitals."""
    if candidate.kind != "letter":
        return
    pair = f"{candidate.was}>{candidate.now}"
    before = character(place.text[candidate.start - 1 : candidate.start])
    after = character(place.text[candidate.end : candidate.end + 1])
    yield "form.beside", f"{pair} {before} {after}"
    yield "form.height", f"{pair} {_height(place.line, candidate.start)}"


def _height(line: Line, at: int) -> str:
    """The character's height over that of the line's capitals and figures."""
    tall = [
        line.bottoms[other] - line.tops[other]
        for other, char in enumerate(line.text)
        if line.tops and other != at and (char.isdecimal() or (char.isascii() and char.isupper()))
    ]
    if not tall:
        return "none"
    return step((line.bottoms[at] - line.tops[at]) / max(0.05, sorted(tall)[len(tall) // 2]), HEIGHTS)
