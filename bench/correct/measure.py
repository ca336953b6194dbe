"""What the corrector does to pages that were read: ``python -m bench.correct.measure READINGS [--half 1]``.

Per wear: characters, the strict error of the lines as read and as corrected, corrections by kind that brought their
line nearer to the truth, led it away or neither, and the wrong ones per 10,000 characters. ``--left N``: the commonest
of what is still read for something else.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.correct.judge import Judged, distance, edits, judge, lines_of
from bench.correct.read import Kept, load_documents
from recover.glossary.load import load_stack
from recover.model.page import PageReading
from recover.model.replace import replace_text
from recover.settings import DEFAULT_GLOSSARY
from recover.stages.correct.correct import SOURCES, WHY, Decision, Source, carry_out, decide, with_lines
from recover.stages.correct.glossary_terms import terms_of
from recover.stages.correct.known import know
from recover.stages.correct.place import Place, places
from recover.stages.correct.weights import Model, models


class Outcome(msgspec.Struct, frozen=True):
    """A correction on a line with truth: 1 nearer to it, -1 farther, 0 neither."""

    kind: str
    gain: int
    shown: str


class Measured(msgspec.Struct, kw_only=True):
    """Sums over pages of one wear."""

    characters: int = 0
    as_read: int = 0
    corrected: int = 0
    outcomes: list[Outcome] = msgspec.field(default_factory=list)
    left: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def wrong(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.gain < 0]


def measure(
    documents: Iterable[Sequence[Kept]],
    sources: Sequence[tuple[str, Source]] = SOURCES,
    fitted: Mapping[str, Model] | None = None,
) -> dict[str, Measured]:
    """Each document corrected, by ``fitted`` in place of the models that come along."""
    found: dict[str, Measured] = {}
    for document in documents:
        judged = [judge(kept.reading, kept.paragraphs) for kept in document]
        sums = found.setdefault(document[0].wear, Measured())
        pages = [kept.reading for kept in document]
        done, outcomes = correct_document(pages, judged, sources, fitted or models())
        for read, page, truths in zip(pages, done, judged, strict=True):
            sums.characters += sum(len(one.truth) for one in truths)
            sums.as_read += sum(distance(line.text, truth) for line, truth in lines_of(read, truths))
            sums.corrected += sum(distance(line.text, truth) for line, truth in lines_of(page, truths))
            sums.left.update(edit for line, truth in lines_of(page, truths) for edit in edits(line.text, truth))
        sums.outcomes += [msgspec.structs.replace(one, shown=f"{document[0].name}: {one.shown}") for one in outcomes]
    return found


def correct_document(
    pages: Sequence[PageReading],
    judged: Sequence[Sequence[Judged]],
    sources: Sequence[tuple[str, Source]],
    fitted: Mapping[str, Model],
) -> tuple[list[PageReading], list[Outcome]]:
    """The pages corrected, and what each correction did by itself."""
    done, outcomes = list(pages), list[Outcome]()
    terms = terms_of(load_stack((DEFAULT_GLOSSARY,)))
    for name, source in sources:
        known = know(done, fitted.get("first-width") if name == "width" else None, terms)
        for number, page in enumerate(done):
            truths = {(one.region, one.number): one.truth for one in judged[number]}
            lines = {}
            for region, at, place in places(page):
                decisions = decide(source(place, known), place, known, fitted)
                if decisions:
                    lines[region, at] = carry_out(place, decisions).line
                    outcomes += _outcomes(place, decisions, truths.get((region, at)))
            done[number] = with_lines(page, lines)
    return done, outcomes


def _outcomes(place: Place, decisions: Sequence[Decision], truth: str | None) -> Iterator[Outcome]:
    for decision in decisions if truth is not None else ():
        one = decision.candidate
        after = replace_text(place.line, one.start, one.end, one.now).text
        gain = distance(place.text, truth or "") - distance(after, truth or "")
        beside = place.text[max(0, one.start - 8) : one.start], place.text[one.end : one.end + 8]
        shown = f"{beside[0]}[{one.was}→{one.now}]{beside[1]} {decision.confidence:.3f} / {truth}"
        yield Outcome(one.kind, (gain > 0) - (gain < 0), shown)


def table(found: dict[str, Measured]) -> str:
    rows = ["| print | characters | error as read | corrected | right | wrong | neither | wrong per 10,000 |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for wear, sums in sorted(found.items()):
        counts = Counter(one.gain for one in sums.outcomes)
        rate = 1e4 * counts[-1] / max(1, sums.characters)
        errors = (f"{100 * part / max(1, sums.characters):.2f} %" for part in (sums.as_read, sums.corrected))
        done = f"{counts[1]} | {counts[-1]} | {counts[0]} | {rate:.2f}"
        rows.append(f"| {wear} | {sums.characters} | {' | '.join(errors)} | {done} |")
    for kind in WHY:
        cells = []
        for _, sums in sorted(found.items()):
            counts = Counter(one.gain for one in sums.outcomes if one.kind == kind)
            cells.append(f"{counts[1]}/{counts[-1]}/{counts[0]}")
        rows.append(f"{kind:10} right/wrong/neither: {'  '.join(cells)}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="What the corrector does to pages that were read.")
    parser.add_argument("readings", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("--show", type=int, default=0, help="so many wrong corrections of each wear")
    parser.add_argument(
        "--left", type=int, default=0, help="so many kinds of errors that are left in print of each wear"
    )
    given = parser.parse_args()
    found = measure(load_documents(given.readings, given.half))
    print(table(found))
    for wear, sums in sorted(found.items()):
        print(*(f"{wear} {edit} {times}" for edit, times in sums.left.most_common(given.left)), sep="\n")
        for one in sums.wrong[: given.show]:
            print(wear, one.kind, one.shown)


if __name__ == "__main__":
    main()
