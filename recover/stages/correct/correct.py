"""Pages as they were printed: every line decoded, every change recorded with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from recover.model.page import Line, PageReading
from recover.model.records import Correction
from recover.model.replace import replace_text
from recover.stages.correct.candidates.characters import characters, letters
from recover.stages.correct.candidates.marks import lost_marks, marks, spaces, widths
from recover.stages.correct.candidates.terms import terms
from recover.stages.correct.candidates.words import words
from recover.stages.correct.features.chinese import chinese
from recover.stages.correct.features.context import context
from recover.stages.correct.features.document import document
from recover.stages.correct.features.english import english
from recover.stages.correct.features.form import form
from recover.stages.correct.features.glossary import glossary
from recover.stages.correct.features.ink import ink
from recover.stages.correct.features.neighbours import neighbours
from recover.stages.correct.features.reader import Feature, reader
from recover.stages.correct.features.shape import shape
from recover.stages.correct.known import NO_TERMS, Known, Terms, know
from recover.stages.correct.place import Candidate, Place, places
from recover.stages.correct.weights import Model, models, probability

LAYER = "t"  # What came from the text layer was kept because it is right.
# A character that its reader was sure of gives way to two kinds of evidence at least, each worth this much.
SURE, WORTH, KINDS = 0.995, 0.5, 2
# A full-width comma squeezed by its line looks like one in half a cell: 165 read so surely were changed rightly and 25
# wrongly, of others 292 and 4. To marks Tesseract gives too little room: 7 were changed rightly and 16 wrongly.
SQUEEZED, TESSERACT = 0.99, "e"
# What lies between words, for which the ink and what stands beside tell.
MARKS_AND_WHITE = frozenset({"mark", "speck", "lost", "space", "width", "first-width"})
# Another mark or none: of these only one is right, so that one model weighs them against each other.
MODELS = {"speck": "mark"}
# Marks are settled before the spaces and widths that depend on them.
Source = Callable[[Place, Known], Iterator[Candidate]]
SOURCES: tuple[tuple[str, Source], ...] = (
    ("term", lambda place, known: terms(place, known.terms)),
    ("word", lambda place, _: words(place)),
    ("character", lambda place, _: characters(place)),
    ("letter", lambda place, _: letters(place)),
    ("mark", lambda place, _: marks(place)),
    ("lost", lambda place, known: lost_marks(place, known.stops)),
    ("space", lambda place, _: spaces(place)),
    ("width", lambda place, _: widths(place)),
)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate that is taken, how likely it is right, and what each kind of evidence says for it."""

    candidate: Candidate
    confidence: float
    evidence: dict[str, float]


def look(candidate: Candidate, place: Place, known: Known) -> list[Feature]:
    """All features of a candidate."""
    found = [*reader(candidate), *form(candidate, place), *chinese(candidate, place)]
    found += [*english(candidate, place, known), *glossary(candidate, place, known)]
    found += [*document(candidate, place, known), *context(candidate, place), *shape(candidate, place, known.shapes)]
    if candidate.kind in MARKS_AND_WHITE:
        found += [*ink(candidate, place), *neighbours(candidate, place, known.stops)]
    return found


def lacks(candidate: Candidate, place: Place, evidence: Mapping[str, float]) -> bool:
    """Whether there are too few kinds of evidence against what the reader was sure of."""
    is_narrower = candidate.kind == "width" and candidate.sign < 0
    if is_narrower and (
        place.line.readers[candidate.start] == TESSERACT or (place.latin and candidate.own >= SQUEEZED)
    ):
        return True
    return candidate.own >= SURE and sum(value >= WORTH for value in evidence.values()) < KINDS


def weigh(candidate: Candidate, place: Place, known: Known, model: Model) -> Decision | None:
    """The candidate as a decision, if it is likely enough."""
    features = look(candidate, place, known)
    score = candidate.sign * model.score(features)
    if score < (model.worn if known.is_worn else model.threshold):
        return None
    evidence = model.evidence(features, candidate.sign)
    if lacks(candidate, place, evidence):
        return None
    return Decision(candidate=candidate, confidence=round(probability(score), 4), evidence=evidence)


def decide(
    candidates: Iterable[Candidate], place: Place, known: Known, fitted: Mapping[str, Model] | None = None
) -> tuple[Decision, ...]:
    """The likeliest decisions of which none is over another; ``fitted`` in place of the models that come along."""
    found = [
        decision
        for one in candidates
        if (model := (fitted or models()).get(MODELS.get(one.kind, one.kind))) and is_read(one, place)
        if (decision := weigh(one, place, known, model))
    ]
    taken: list[Decision] = []
    for decision in sorted(found, key=lambda one: -one.confidence):
        one = decision.candidate
        if not any(_meet(one, other.candidate) for other in taken):
            taken.append(decision)
    return tuple(sorted(taken, key=lambda one: one.candidate.start))


def _meet(one: Candidate, other: Candidate) -> bool:
    gap = not (one.was and other.was)
    return one.start < other.end + gap and other.start < one.end + gap


def is_read(candidate: Candidate, place: Place) -> bool:
    """Whether none of the characters, or neighbours of a new one, came from the text layer."""
    start = candidate.start - (not candidate.was)
    return LAYER not in place.line.readers[max(0, start) : candidate.start + max(1, len(candidate.was))]


def carry_out(place: Place, decisions: Sequence[Decision]) -> Place:
    """The place with its line as decided."""
    line = place.line
    for decision in reversed(decisions):
        one = decision.candidate
        line = replace_text(line, one.start, one.end, one.now, decision.confidence)
    return msgspec.structs.replace(place, line=line)


def with_lines(
    page: PageReading, lines: Mapping[tuple[int, int], Line], corrections: Sequence[Correction] = ()
) -> PageReading:
    """The page with other lines, by their region and number in it, and what was done added to its corrections."""
    regions = [
        msgspec.structs.replace(
            region, lines=tuple(lines.get((number, at), line) for at, line in enumerate(region.lines))
        )
        for number, region in enumerate(page.regions)
    ]
    return msgspec.structs.replace(page, regions=tuple(regions), corrections=(*page.corrections, *corrections))


WHY = {
    "term": "a term of the glossary",
    "word": "the word's spelling",
    "character": "the words around it",
    "letter": "the letters and figures around it",
    "mark": "another mark",
    "speck": "a speck of the page, no mark",
    "lost": "a mark that was all but lost",
    "space": "the white between words",
    "width": "the width a mark is printed with",
}


def correct(
    pages: Sequence[PageReading], terms: Terms = NO_TERMS, sources: Sequence[tuple[str, Source]] = SOURCES
) -> list[PageReading]:
    """The pages of a document with what was misread, lost or made up put right, one kind of change after the other."""
    done = list(pages)
    known = know(done, terms=terms)
    for name, source in sources:
        if name == "width":
            known = know(done, models().get("first-width"), terms)
        done = [with_decisions(page, source, known) for page in done]
    return done


def with_decisions(page: PageReading, source: Source, known: Known) -> PageReading:
    """A page with the decisions about one kind of candidates."""
    lines: dict[tuple[int, int], Line] = {}
    corrections: list[Correction] = []
    for region, at, place in places(page):
        decisions = decide(source(place, known), place, known)
        if decisions:
            lines[region, at] = carry_out(place, decisions).line
            corrections += [_correction(page, place, decision) for decision in decisions]
    return with_lines(page, lines, corrections) if lines else page


def _correction(page: PageReading, place: Place, decision: Decision) -> Correction:
    one = decision.candidate
    start = max(0, one.start - (not one.was))
    box = page.to_page.box(place.line.char_box(start, max(start + 1, one.end))).rounded()
    said = ", ".join(f"{name} {value:+.1f}" for name, value in decision.evidence.items())
    shown = f"in {place.text[max(0, one.start - 6) : one.end + 6]}; right with {decision.confidence:.3f}: {said}"
    return Correction(page=page.index, box=box, was=one.was, now=one.now, why=WHY[one.kind], evidence=shown)
