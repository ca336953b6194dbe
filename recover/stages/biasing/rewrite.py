"""Lines with some of their characters replaced; what stood there stays among the doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.page import Alternative, Doubt, Line


class Change(msgspec.Struct, frozen=True):
    """What the character at ``at`` becomes ("" for none, several that share its place), and how sure that is."""

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
    return _laid_out(changed, replaced)


def _doubt(line: Line, doubt: Doubt, changes: Mapping[int, Change]) -> Doubt:
    """What was read takes the place of what won."""
    change = changes.get(doubt.at)
    if change is None:
        return doubt
    was = Alternative(line.text[doubt.at], line.confidences[doubt.at], line.readers[doubt.at])
    others = (other for other in doubt.alternatives if (other.text, other.reader) != (change.text, was.reader))
    return Doubt(doubt.at, (was, *others))


def _laid_out(line: Line, replaced: Sequence[str]) -> Line:
    """The line of the characters ``replaced``: what is now nothing left out, what is now two side by side."""
    sources = [at for at, text in enumerate(replaced) for _ in text]
    parts = [part for text in replaced for part in range(len(text))]
    place = {at: len(sources) - sources[::-1].index(at) - 1 for at in set(sources)}
    edges = [_edges(line, at, part, len(replaced[at])) for at, part in zip(sources, parts, strict=True)]
    return msgspec.structs.replace(
        line,
        text="".join(replaced),
        lefts=tuple(left for left, _ in edges),
        rights=tuple(right for _, right in edges),
        confidences=_at(line.confidences, sources),
        readers="".join(line.readers[at] for at in sources),
        weights=_at(line.weights, sources),
        tops=_at(line.tops, sources),
        bottoms=_at(line.bottoms, sources),
        styles=line.styles and "".join(line.styles[at] for at in sources),
        doubts=tuple(Doubt(place[doubt.at], doubt.alternatives) for doubt in line.doubts if doubt.at in place),
    )


def _edges(line: Line, at: int, part: int, parts: int) -> tuple[float, float]:
    """The ``part``-th of the equal parts of a character's place."""
    left, right = line.lefts[at], line.rights[at]
    if parts == 1:
        return left, right
    width = (right - left) / parts
    return round(left + part * width, 2), round(left + (part + 1) * width, 2)


def _at(values: tuple[float, ...], places: Sequence[int]) -> tuple[float, ...]:
    return tuple(values[place] for place in places) if values else ()
