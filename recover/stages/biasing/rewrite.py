"""Lines with some of their characters replaced; what stood there stays among the doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.page import Alternative, Doubt, Line


class Change(msgspec.Struct, frozen=True):
    """What the character at ``at`` becomes ("" for none), and how sure that is."""

    at: int
    text: str
    confidence: float


def rewrite(line: Line, changes: Sequence[Change]) -> Line:
    """``line`` after ``changes``; places, readers and ink are those of the characters replaced."""
    by_place = {change.at: change for change in changes}
    replaced = [by_place[at].text if at in by_place else char for at, char in enumerate(line.text)]
    confidences = [by_place[at].confidence if at in by_place else value for at, value in enumerate(line.confidences)]
    doubts = [_doubt(line, doubt, by_place) for doubt in line.doubts]
    changed = msgspec.structs.replace(line, confidences=tuple(confidences), doubts=tuple(doubts))
    return _without(changed, replaced)


def _doubt(line: Line, doubt: Doubt, changes: Mapping[int, Change]) -> Doubt:
    """What was read takes the place of what won."""
    change = changes.get(doubt.at)
    if change is None:
        return doubt
    was = Alternative(line.text[doubt.at], line.confidences[doubt.at], line.readers[doubt.at])
    others = (other for other in doubt.alternatives if (other.text, other.reader) != (change.text, was.reader))
    return Doubt(doubt.at, (was, *others))


def _without(line: Line, replaced: Sequence[str]) -> Line:
    """The line of the characters ``replaced``, those that are now nothing left out of every tuple."""
    kept = [at for at, char in enumerate(replaced) if char]
    place = {at: number for number, at in enumerate(kept)}
    return msgspec.structs.replace(
        line,
        text="".join(replaced),
        lefts=_at(line.lefts, kept),
        rights=_at(line.rights, kept),
        confidences=_at(line.confidences, kept),
        readers="".join(line.readers[at] for at in kept),
        weights=_at(line.weights, kept),
        tops=_at(line.tops, kept),
        bottoms=_at(line.bottoms, kept),
        doubts=tuple(Doubt(place[doubt.at], doubt.alternatives) for doubt in line.doubts if doubt.at in place),
    )


def _at(values: tuple[float, ...], places: Sequence[int]) -> tuple[float, ...]:
    return tuple(values[place] for place in places) if values else ()
