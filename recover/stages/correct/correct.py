"""Pages as they were printed: every line decoded, every change recorded with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recover.model.page import Line, PageReading
from recover.model.records import Correction
from recover.stages.correct.decode import SOURCES, Decision, Source, carry_out, decide
from recover.stages.correct.known import NO_TERMS, Known, Terms, know
from recover.stages.correct.place import Place, places
from recover.stages.correct.weights import models


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
    "space": "a space between words",
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
