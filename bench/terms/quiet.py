"""How quiet the glossary keeps in texts of other fields, were each of their characters in doubt.

    python -m bench.terms.quiet TABLE FOLDER... [--show]

TABLE is a table of titles and abstracts as ``samples.typeset_abstracts`` takes it; FOLDER holds page readings
(``pages.msgpack`` below it), from which is learnt what the reader takes for what. Every abstract is then taken as
read right, but with each of its characters in turn doubted as badly as the reader ever doubted it: whatever a term
changes is harm, or one of the misprints of the table.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

import msgspec

from recover.glossary.load import load_glossary
from recover.model.geometry import Box
from recover.model.page import Alternative, Doubt, Line, PageReading, Region
from recover.stages.correct.correct import SOURCES, correct
from recover.stages.correct.glossary_terms import terms_of
from samples.typeset_abstracts import read_abstracts

# The reader's posterior for what it read; what it doubted gets the share that it once had, at most this much.
READ, MOST = 0.55, 0.4
LINE = 24
# Characters between those doubted at a time are taken as sure, which is when a term has most to show for itself.
APART = 4

Doubts = Mapping[str, Sequence[Alternative]]


def main() -> None:
    parser = argparse.ArgumentParser(description="How quiet the glossary keeps in other fields.")
    parser.add_argument("table", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--glossary", default="als-stem-cell")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    doubts = learn(given.folders)
    glossary = load_glossary(given.glossary)
    texts = characters = doubted = harmed = 0
    for abstract in read_abstracts(given.table):
        pages = [_doubtful_page(abstract.text, doubts, first) for first in range(APART)]
        found = [
            c for page in pages for done in correct([page], terms_of(glossary), SOURCES[:1]) for c in done.corrections
        ]
        texts, characters, harmed = texts + 1, characters + len(abstract.text), harmed + len(found)
        doubted += sum(len(line.doubts) for page in pages for line in page.regions[0].lines)
        for correction in found if given.show else ():
            print(f"  {correction.was} -> {correction.now}  {correction.evidence}")
    print(f"{texts} texts of {characters} characters, {doubted} of them doubted; {harmed} changed by a term")


def learn(folders: Iterable[Path]) -> Doubts:
    """For each character what it was taken for, with the highest posterior that ever had, Chinese or Latin."""
    seen: dict[str, dict[str, float]] = {}
    for file in (file for folder in folders for file in folder.rglob("pages.msgpack")):
        for page in msgspec.msgpack.decode(file.read_bytes(), type=tuple[PageReading, ...]):
            for line in (line for region in page.regions for line in region.lines):
                _note(line, seen)
    return {char: _alternatives(others) for char, others in seen.items()}


def _note(line: Line, seen: dict[str, dict[str, float]]) -> None:
    """Both ways: who takes 千 for 干 may take 干 for 千."""
    for doubt in line.doubts:
        own = line.text[doubt.at]
        for other in doubt.alternatives:
            if other.text and other.confidence > 0:
                for one, two in ((own, other.text), (other.text, own)):
                    others = seen.setdefault(one, {})
                    others[two] = max(others.get(two, 0.0), other.confidence)


def _alternatives(others: Mapping[str, float]) -> tuple[Alternative, ...]:
    ranked = sorted(others.items(), key=lambda item: -item[1])
    return tuple(Alternative(text, min(MOST, share), "p") for text, share in ranked)


def _doubtful_page(text: str, doubts: Doubts, first: int) -> PageReading:
    doubted = {at for at in range(first, len(text), APART) if text[at] in doubts}
    lines = tuple(
        _line(number, text[at : at + LINE], doubts, {d - at for d in doubted})
        for number, at in enumerate(range(0, len(text), LINE))
    )
    region = Region(id="r1", kind="text", box=Box(0, 0, 240, 800), lines=lines)
    return PageReading(index=0, width=595, height=842, dpi=200, regions=(region,))


def _line(number: int, text: str, doubts: Doubts, doubted: Set[int]) -> Line:
    return Line(
        id=f"l{number}",
        text=text,
        box=Box(0, 12 * number, 10 * len(text), 12 * number + 10),
        lefts=tuple(10.0 * at for at in range(len(text))),
        rights=tuple(10.0 * at + 10 for at in range(len(text))),
        confidences=tuple(READ if at in doubted else 1.0 for at in range(len(text))),
        readers="p" * len(text),
        doubts=tuple(Doubt(at, tuple(doubts[char])) for at, char in enumerate(text) if at in doubted),
    )


if __name__ == "__main__":
    main()
