"""How the document's own print draws a character: what is in doubt is held against what was read surely."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from recover.lexicon.characters import is_han
from recover.stages.correct.features.labels import character, passed, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

Shape = tuple[float, ...]
# A character's usual shape and how far from it its places are.
Drawn = tuple[Shape, Shape]
# Marks, and letters and figures that are printed alike.
HELD = frozenset("，。、；：？！（）．％,.;:?!()%·•'1lI|0OoxχcCsSuUvVwWzZ")
# A character this sure, and so many of it, are a witness; nothing is drawn more evenly than to this, in cells.
SURE, LEAST, FINEST = 0.95, 4, 0.03
# The most that a measure says against a character, in spreads squared.
MOST = 12.0
EDGES = (-24.0, -12.0, -6.0, -2.5, -0.8, 0.8, 2.5, 6.0, 12.0, 24.0)


def drawn(places: Iterable[Place]) -> dict[str, Drawn]:
    """Of each character that was surely read often enough, where it can be no other, the usual shape."""
    found: defaultdict[str, list[Shape]] = defaultdict(list)
    for place in places:
        for at, char in enumerate(place.text):
            if char in HELD and place.line.confidences[at] >= SURE and _is_in_place(place, at):
                seen = _shape(place, at)
                if seen and not any(map(math.isnan, seen)):
                    found[char].append(seen)
    return {char: _usual(seen) for char, seen in found.items() if len(seen) >= LEAST}


def shape(candidate: Candidate, place: Place, known: Mapping[str, Drawn]) -> Iterator[Feature]:
    """How much nearer the ink is to what may stand there than to what was read, as the document draws both."""
    if candidate.kind == "space" or not candidate.was or len(candidate.was) != max(1, len(candidate.now)):
        return
    against = 0.0
    for at, (was, now) in enumerate(zip(candidate.was, candidate.now or " ", strict=True), candidate.start):
        seen = _shape(place, at)
        if was == now or was not in known or not seen or (now != " " and now not in known):
            continue
        against += _distance(seen, known[was]) - (_distance(seen, known[now]) if now in known else 0.0)
    if against:
        yield "ink.like", f"{_name(candidate)} {step(candidate.sign * against, EDGES)}"
        if candidate.kind == "mark":
            yield from passed("ink.like-over", "mark", against, EDGES)


def _name(candidate: Candidate) -> str:
    if candidate.kind in ("width", "first-width"):
        return "width"
    return f"{candidate.kind} {candidate.was}" if candidate.kind == "speck" else candidate.kind


def _is_in_place(place: Place, at: int) -> bool:
    """Whether a letter or figure has its like beside it; a mark stands anywhere."""
    kind = character(place.text[at])
    beside = {character(place.char(at - 1)), character(place.char(at + 1))}
    return kind not in ("small", "capital", "digit", "greek") or kind in beside


def _shape(place: Place, at: int) -> Shape | None:
    """Height, width, foot below that of the line, white before and behind, in cells; no white at a line's ends."""
    line = place.line
    if not line.tops or not line.weights[at]:
        return None
    feet = [foot for char, foot in zip(line.text, line.bottoms, strict=True) if is_han(char)]
    feet = feet or [foot for char, foot in zip(line.text, line.bottoms, strict=True) if char.isalnum()]
    foot = (line.bottoms[at] - median(feet)) * line.height / place.cell if feet else 0.0
    before = (line.lefts[at] - line.rights[at - 1]) / place.cell if at else math.nan
    behind = (line.lefts[at + 1] - line.rights[at]) / place.cell if at + 1 < len(line.text) else math.nan
    high = (line.bottoms[at] - line.tops[at]) * line.height / place.cell
    return high, (line.rights[at] - line.lefts[at]) / place.cell, foot, before, behind


def _usual(seen: list[Shape]) -> Drawn:
    middles = tuple(map(median, zip(*seen, strict=True)))
    spreads = tuple(
        max(FINEST, 1.5 * median(abs(value - middle) for value in values))
        for values, middle in zip(zip(*seen, strict=True), middles, strict=True)
    )
    return middles, spreads


def _distance(seen: Shape, usual: Drawn) -> float:
    pairs = zip(seen, *usual, strict=True)
    return sum(min(MOST, ((value - middle) / spread) ** 2) for value, middle, spread in pairs if not math.isnan(value))
