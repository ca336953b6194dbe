"""How the document sets its marks elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator

from recover.lexicon.characters import is_han
from recover.stages.correct.features.ink import PARTS
from recover.stages.correct.features.labels import passed, step
from recover.stages.correct.features.neighbours import partner_of
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.known import Known, kin_key, odds_of, pair_key, pair_of
from recover.stages.correct.place import Candidate, Place

SHARES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98)
DOUBT = (0.005, 0.01, 0.02, 0.035, 0.06, 0.09)
TIMES = (1, 2, 4, 8, 20)
# How many times oftener a document has one mark than the other, natural log.
TIMES_ODDS = (-4.0, -2.5, -1.2, -0.4, 0.4, 1.2, 2.5, 4.0)
DOTS, CLOSERS = ".．·", ")）]］】〕”％%"
# The mean log odds of many places.
ODDS = (-3.2, -2.4, -1.6, -0.8, -0.2, 0.2, 0.8, 1.6, 2.4, 3.2)


def document(candidate: Candidate, place: Place, known: Known) -> Iterator[Feature]:
    """How the document sets the same mark, or the two marks in question, near by and everywhere."""
    before = place.text[candidate.start - 1 : candidate.start]
    yield "document.doubt", step(known.doubt, DOUBT)
    if candidate.kind == "width":
        mine = known.chances.get((place.order, candidate.start))
        key = kin_key(candidate.was, place, candidate.start)
        rest, places = _rest(known, key, mine)
        yield "document.kin", f"{key.removesuffix(' list')} {step(rest / max(1, places), ODDS)} {step(places, TIMES)}"
        rest, places = _rest(known, pair_key(candidate.was, place, candidate.start), mine)
        yield from passed("document.pairs", "", rest / (places + 1), ODDS)
        wide = candidate.now if candidate.sign > 0 else candidate.was
        yield "document.commas", f"{wide} {place.latin} {_share(known, '，', ',')}"
        other = partner_of(place.text, candidate.start)
        if other is not None:
            chance = known.chances.get((place.order, other), 0.5)
            yield from passed("document.partner", f"{candidate.sign > 0:d}", odds_of(chance), ODDS)
    if candidate.kind == "space":
        yield from _space(candidate, place, known)
    if candidate.kind in ("mark", "lost", "speck") and before and (is_han(before) or before in CLOSERS):
        pair = f"{candidate.was}>{candidate.now}"
        both = [known.marks.get(mark, 0) for mark in (candidate.was, candidate.now)]
        yield "document.marks", f"{pair} {step((both[1] + 0.5) / (sum(both) + 1), SHARES)}"
        if candidate.was in DOTS and known.stops == "rings":
            yield "document.rings", "entry" if place.in_list or before == "等" else "prose"
        times = math.log((both[1] + 0.5) / (both[0] + 0.5))
        yield "document.odds", f"{candidate.kind} {step(times, TIMES_ODDS)}"
        stops, commas = (_share(known, *marks) for marks in (("。", "."), ("，", ",")))
        yield "document.stops", f"{pair} {stops}"
        yield "document.commas", f"{pair} {commas}"


def _space(candidate: Candidate, place: Place, known: Known) -> Iterator[Feature]:
    """The gap against the document's spaces; how often it has a space between characters of these kinds elsewhere."""
    gap = (place.line.lefts[candidate.end] - place.line.rights[candidate.start - 1]) / place.cell
    yield "document.of-space", step(gap / max(0.1, known.space), PARTS)
    counts = known.spaced.get(pair_of(place, candidate.start, candidate.end), (0, 0))
    with_space, without = counts[0] - (candidate.was == " "), counts[1] - (candidate.was == "")
    share = (max(0, with_space) + 0.5) / (max(0, with_space) + max(0, without) + 1)
    yield "document.spaced", f"{step(share, SHARES)} {step(with_space + without, TIMES)}"


def _rest(known: Known, key: str, mine: float | None) -> tuple[float, int]:
    """The log odds of all places of a key but one's own, summed, and their number."""
    total, count = known.kin.get(key, (0.0, 0))
    return (total, count) if mine is None else (total - odds_of(mine), max(0, count - 1))


def _share(known: Known, wide: str, half: str) -> str:
    """The share of the wide one of two marks behind Chinese."""
    counts = known.marks.get(wide, 0), known.marks.get(half, 0)
    return step((counts[0] + 0.5) / (sum(counts) + 1), SHARES)
