"""What stands beside the place: characters by their kind, the other bracket of a pair."""

from __future__ import annotations

from collections.abc import Iterator

from recover.stages.correct.candidate import Candidate
from recover.stages.correct.features.labels import character
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Place

PAIRS = {"(": ")", "（": "）"}


def neighbours(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """The kinds of the characters beside the change, the line below at a line's end, a bracket's partner."""
    text = place.text
    before, after = (
        character(text[candidate.start - 1 : candidate.start]),
        character(text[candidate.end : candidate.end + 1]),
    )
    before = "begin" if not candidate.start else before
    name = _name(candidate)
    yield "neighbours.before", f"{name} {before}"
    yield "neighbours.after", f"{name} {after}"
    yield "neighbours.both", f"{before} {after}"
    if candidate.kind in ("width", "first-width") and candidate.was in "()（）":
        yield "neighbours.partner", _partner(text, candidate.start)
    if after == "end":
        yield "neighbours.below", f"{name} {character(place.after[:1])}"


def _name(candidate: Candidate) -> str:
    if candidate.kind in ("width", "first-width"):
        return candidate.was if candidate.sign > 0 else candidate.now
    return f"{candidate.was}>{candidate.now}" if candidate.kind in ("mark", "speck", "lost") else ""


def _partner(text: str, at: int) -> str:
    """How the other bracket of the pair was read."""
    opened: list[int] = []
    for other, char in enumerate(text):
        if char in "(（":
            opened.append(other)
        elif char in ")）" and opened:
            pair = (opened.pop(), other)
            if at in pair:
                return "wide" if text[pair[0] if pair[1] == at else pair[1]] in "（）" else "half"
    return "none"
