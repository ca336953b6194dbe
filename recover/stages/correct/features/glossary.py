"""What the glossary and the document's own words say."""

from __future__ import annotations

from collections.abc import Iterator

from recover.glossary.concept import squashed
from recover.lexicon.characters import is_han, simplified
from recover.stages.correct.features.labels import step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.known import GRAM, Known
from recover.stages.correct.place import Candidate, Place

REACH = 12
LENGTHS, TIMES = (1, 3, 4, 5, 7, 10, 15), (1, 2, 4)


def glossary(candidate: Candidate, place: Place, known: Known) -> Iterator[Feature]:
    """The longest term and the commonest run of characters around, with the change and without."""
    if candidate.kind == "term":
        script = "han" if any(map(is_han, candidate.word)) else "latin"
        yield "glossary.length", f"{script} {step(len(candidate.word), LENGTHS)}"
        yield "glossary.changes", str(len(candidate.was))
    if candidate.kind in ("character", "term"):
        was, now = (_longest(candidate, place, known, text) for text in (candidate.was, candidate.now))
        yield "glossary.terms", f"{step(was, LENGTHS)} {step(now, LENGTHS)}"
        before, after = (_times(candidate, place, known, text) for text in (candidate.was, candidate.now))
        yield "document.grams", f"{step(before, TIMES)} {step(after, TIMES)}"


def _longest(candidate: Candidate, place: Place, known: Known, text: str) -> int:
    around, start = place.around(candidate.start, candidate.end, text, REACH)
    around = simplified(around)
    return known.terms.longest(squashed(around), len(squashed(around[:start])))


def _times(candidate: Candidate, place: Place, known: Known, text: str) -> int:
    """How often the document writes one of the runs of characters around the place."""
    around, start = place.around(candidate.start, candidate.end, text, GRAM - 1)
    starts = range(max(0, start - GRAM + 1), min(start, len(around) - GRAM) + 1)
    return max((known.grams.get(around[at : at + GRAM], 0) for at in starts), default=0)
