"""What stands beside the place: characters by their kind, the other bracket of a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recover.stages.correct.features.labels import character, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

CLAUSE = re.compile(r"([，。；：、？！,;:?!]|\.(?!\d))")
STOPS = frozenset(".。．")
LENGTHS = (1, 3, 5, 8, 12)


def neighbours(candidate: Candidate, place: Place, stops: str = "") -> Iterator[Feature]:
    """The kinds of the characters beside the change, the line below at a line's end, a bracket's partner."""
    text = place.text
    before = character(text[candidate.start - 1 : candidate.start]) if candidate.start else "begin"
    after = character(text[candidate.end : candidate.end + 1])
    name = _name(candidate, place, stops)
    yield "neighbours.before", f"{name} {before}"
    yield "neighbours.after", f"{name} {after}"
    yield "neighbours.both", f"{before} {after}"
    if candidate.kind in ("width", "first-width"):
        left, right = place.beside(candidate.start, candidate.end)
        if right > candidate.end or left < candidate.start - 1:
            kinds = " ".join(character(text[at : at + 1] if at >= 0 else "") for at in (left, right))
            yield "neighbours.spaced", f"{name} {left < candidate.start - 1:d}{right > candidate.end:d} {kinds}"
    if candidate.kind in ("width", "first-width") and candidate.was in "()（）":
        yield "neighbours.partner", _partner(text, candidate.start)
    if after == "end":
        yield "neighbours.below", f"{name} {character(place.after[:1])}"
        yield "neighbours.ends", f"{name} {place.ends}"
    if candidate.kind in ("mark", "lost", "speck"):
        yield from _clauses(candidate, place, name)


def _clauses(candidate: Candidate, place: Place, name: str) -> Iterator[Feature]:
    """The marks before and behind, and how long what they part is: short items of a list have 、 between them."""
    before = CLAUSE.split(place.before + place.text[: candidate.start])
    after = CLAUSE.split(place.text[candidate.end :] + place.after)
    left, right = ("".join(before[-2:-1]), "".join(after[1:2]))
    yield "neighbours.marks", f"{name} {left} {right}"
    yield "neighbours.lengths", f"{name} {step(len(before[-1]), LENGTHS)} {step(len(after[0]), LENGTHS)}"


def _name(candidate: Candidate, place: Place, stops: str) -> str:
    """The change, and for one that makes or ends a dot or a ring how the document's sentences end."""
    if candidate.kind in ("width", "first-width"):
        return candidate.was if candidate.sign > 0 else candidate.now
    if candidate.kind not in ("mark", "speck", "lost"):
        return ""
    pair = f"{candidate.was}>{candidate.now}"
    # Lists of references set dots where prose has other marks.
    return f"{pair} list" if place.in_list else f"{pair} {stops}" if set(pair) & STOPS else pair


def _partner(text: str, at: int) -> str:
    """How the other bracket of the pair was read."""
    other = partner_of(text, at)
    return "none" if other is None else "wide" if text[other] in "（）" else "half"


def partner_of(text: str, at: int) -> int | None:
    """The offset of the other bracket of a pair."""
    opened: list[int] = []
    for other, char in enumerate(text):
        if char in "(（":
            opened.append(other)
        elif char in ")）" and opened:
            pair = (opened.pop(), other)
            if at in pair:
                return pair[pair[0] == at]
    return None
