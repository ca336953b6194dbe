"""Forms that print has: numbers, years, ranges, words of capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recover.model.page import Line
from recover.stages.correct.features.labels import character, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

# Words before Roman numbers, and characters behind them.
NUMBERED = re.compile(
    r"\b(?:phase|stage|type|class|grade|group|level|part|chapter|table|volume|factor)s?\s?$", re.IGNORECASE
)
COUNTED = frozenset("期型级类度章节部卷")
HEIGHTS = (0.7, 0.8, 0.88, 0.95, 1.05, 1.15)


def form(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """For a letter: its pair, what stands on either side, and its height against that of capitals."""
    if candidate.kind != "letter":
        return
    pair = pair_of(candidate)
    before = character(place.text[candidate.start - 1 : candidate.start])
    after = character(place.text[candidate.end : candidate.end + 1])
    yield "form.beside", f"{pair} {before} {after}"
    pairs = enumerate(zip(candidate.was, candidate.now, strict=False), candidate.start)
    changed = [at for at, (was, now) in pairs if was != now] or [candidate.start]
    yield "form.height", f"{pair} {min(_height(place.line, at) for at in changed)}"
    if set(candidate.now) == {"I"} or candidate.was == "I":
        is_numbered = NUMBERED.search(place.text[: candidate.start]) or place.char(candidate.end) in COUNTED
        yield "form.numbered", f"{pair} {'yes' if is_numbered else 'no'}"


def pair_of(candidate: Candidate) -> str:
    """What becomes what; of several letters only how."""
    if len(candidate.was) == 1:
        return f"{candidate.was}>{candidate.now}"
    if set(candidate.now) == {"I"}:
        return "strokes>number"
    return "letters>capitals" if candidate.now.isupper() else "figures>letters"


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
