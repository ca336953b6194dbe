"""Measure what the glossary does to the reading of terms: wrong characters inside them with and without it.

    python -m bench.terms.reading FOLDER [--samples-dir DIR] [--glossary NAME] [--show]

FOLDER holds a folder for every case, named as ``bench.accuracy`` names it, with the page readings in it
(``pages.msgpack``). The right characters come from the truth in DIR.
A term that the reader had right and that is wrong with the glossary counts as harmed: there must be none.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from rapidfuzz.distance import Levenshtein

from bench.accuracy.fold import fold
from bench.accuracy.infix import find_infix
from recover.glossary.concept import Glossary
from recover.glossary.load import load_glossary
from recover.glossary.matcher import matcher_for
from recover.model.page import PageReading
from recover.stages.correct.correct import SOURCES, correct
from recover.stages.correct.glossary_terms import terms_of
from samples.article import FOLDER
from samples.truths import Truth, load_truth

# A line is compared with the truth where at most this share of it differs; a shorter one stands anywhere.
MOST_WRONG, SHORTEST = 0.4, 6


class Place(msgspec.Struct, frozen=True):
    """Where in the true text a line of print belongs."""

    start: int
    end: int


class Tally(msgspec.Struct):
    """Counts over true terms and characters."""

    pages: int = 0
    terms: int = 0
    wrong_without: int = 0
    wrong_with: int = 0
    harmed: int = 0
    mended: int = 0
    characters_without: int = 0
    characters_with: int = 0
    corrections: int = 0

    def add(self, other: Tally) -> None:
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def main() -> None:
    given = _arguments()
    total, glossary = Tally(), load_glossary(given.glossary)
    for folder in sorted(given.folder.iterdir()):
        if (folder / "pages.msgpack").exists():
            pages = msgspec.msgpack.decode((folder / "pages.msgpack").read_bytes(), type=tuple[PageReading, ...])
            truth = load_truth(folder.name.split("-")[0], given.samples_dir)
            tally = measure(pages, truth, glossary, show=given.show)
            _print(folder.name, tally)
            total.add(tally)
    _print("all", total)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Wrong characters inside terms, with and without the glossary.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--samples-dir", type=Path, default=FOLDER)
    parser.add_argument("--glossary", default="als-stem-cell")
    parser.add_argument("--show", action="store_true", help="print every correction")
    return parser.parse_args()


def measure(pages: Sequence[PageReading], truth: Truth, glossary: Glossary, *, show: bool = False) -> Tally:
    """The counts of one document, line by line, wherever on the page a line was put."""
    true = fold("".join(_printed(truth)))
    biased = tuple(correct(pages, terms_of(glossary), SOURCES[:1]))
    before, after = _lines(pages), _lines(biased)
    places = [_locate(line, true) for line in before]
    found = tuple(correction for page in biased for correction in page.corrections)
    for correction in found if show else ():
        print(f"  {correction.was} -> {correction.now}  {correction.evidence}")
    tally = Tally(pages=len(pages), corrections=len(found))
    read = {at for place in places if place for at in range(place.start, place.end)}
    terms = [range(h.start, h.end) for h in matcher_for(glossary).find(true) if read.issuperset(range(h.start, h.end))]
    _count(tally, terms, _errors(true, before, places), _errors(true, after, places))
    return tally


def _printed(truth: Truth) -> Iterator[str]:
    """All that is printed, in an order in which most lines stand whole."""
    yield from (truth.title.zh, truth.title.en, truth.affiliations.zh, truth.affiliations.en)
    yield from (*truth.abstracts.zh, *truth.keywords.zh, *truth.abstracts.en, *truth.keywords.en)
    for section in truth.sections:
        yield from (section.number, section.title, *(paragraph.text for paragraph in section.paragraphs))
        yield section.title_en
    yield from (note.label + note.text for note in truth.notes)
    for table in truth.tables:
        yield from (table.label, table.caption, table.caption_en, *(cell for row in table.rows for cell in row))
    for figure in truth.figures:
        yield from (figure.label, figure.caption, figure.caption_en, *figure.text)
    yield from (f"[{reference.number}]{reference.raw}" for reference in truth.references)


def _lines(pages: Sequence[PageReading]) -> list[str]:
    return [fold(line.text) for page in pages for region in page.regions for line in region.lines]


def _locate(line: str, true: str) -> Place | None:
    if len(line) < SHORTEST:
        return None
    infix = find_infix(line, true)
    return Place(infix.start, infix.end) if infix.distance <= MOST_WRONG * len(line) else None


def _errors(true: str, lines: Sequence[str], places: Sequence[Place | None]) -> Counter[float]:
    """Wrong characters at each offset of the true text; those too many lie between two offsets."""
    errors: Counter[float] = Counter()
    for line, place in zip(lines, places, strict=True):
        for edit in Levenshtein.editops(true[place.start : place.end], line) if place else ():
            errors[place.start + edit.src_pos - (0.5 if edit.tag == "insert" else 0)] += 1
    return errors


def _inside(term: range) -> set[float]:
    """Offsets of the term's characters and between them: what was inserted beside it is not its fault."""
    return {*term, *(at - 0.5 for at in term[1:])}


def _count(tally: Tally, terms: Sequence[range], before: Counter[float], after: Counter[float]) -> None:
    inside = {at for term in terms for at in _inside(term)}
    tally.terms += len(terms)
    tally.wrong_without += sum(count for at, count in before.items() if at in inside)
    tally.wrong_with += sum(count for at, count in after.items() if at in inside)
    tally.characters_without += before.total()
    tally.characters_with += after.total()
    for term in terms:
        was, now = (not errors.keys().isdisjoint(_inside(term)) for errors in (before, after))
        tally.harmed += now and not was
        tally.mended += was and not now


def _print(name: str, tally: Tally) -> None:
    print(
        f"{name}: {tally.pages} pages, {tally.terms} terms; wrong characters in them {tally.wrong_without} without,"
        f" {tally.wrong_with} with; terms mended {tally.mended}, harmed {tally.harmed};"
        f" wrong characters anywhere {tally.characters_without} without, {tally.characters_with} with;"
        f" {tally.corrections} corrections"
    )


if __name__ == "__main__":
    main()
