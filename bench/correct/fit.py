"""Fit the corrector's weights on random print: ``python -m bench.correct.fit READINGS -o WEIGHTS.json``.

A logistic model for each kind of change over the labels of all features, one kind after the other, each on pages that
the kinds before it have corrected. On worn print the threshold of a kind is where its right changes outweigh the wrong
ones by most, by models that haven't seen the document. On other print it is where few of 10,000 characters are changed
wrongly on pages of other fields and faces (``--held``): pages of half 1 that may be looked at.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from bench.correct.judge import Judged, distance, judge
from bench.correct.read import load_documents
from bench.correct.texts import Sources
from recover.glossary.concept import squashed
from recover.glossary.load import load_stack
from recover.glossary.matcher import Trie
from recover.model.page import PageReading
from recover.model.replace import replace_text
from recover.settings import DEFAULT_GLOSSARY
from recover.stages.correct.correct import SOURCES, Source, carry_out, decide, is_read, lacks, look, with_lines
from recover.stages.correct.glossary_terms import all_forms, speaks
from recover.stages.correct.known import Known, Terms, know
from recover.stages.correct.place import Candidate, Place, places
from recover.stages.correct.weights import Model, models

# Labels seen less often than this, or in fewer documents, have no weight: those of two documents say what is theirs
# (of widths by models that hadn't seen the document 384 were right at 6 wrong ones in place of 364).
LEAST, LEAST_DOCUMENTS = 5, 3
# The strength of the prior on each weight.
RIDGE, LOWEST = 1.0, 0.5
# So many wrong changes of a kind in 10,000 characters are borne, of other kinds none; of letters, spaces and terms
# those that make no difference count as well. Together 0.23 were wrong on the pages that told the thresholds; with
# thresholds where a cross-fit on the pages fitted on had 0.3, it was 2.2 there.
BORNE = {"width": 0.22, "space": 0.05, "letter": 0.05, "mark": 0.03, "term": 0.03}
# On worn print a wrong change costs so many right ones; of widths, which no reader misses, and of marks and spaces, of
# which more are wrong in faces that were not fitted on, more.
COST, COSTS, WORN_LOWEST = 1.5, {"width": 8.0, "first-width": 8.0, "mark": 3.0, "space": 3.0}, 0.4
# The threshold of a kind of which nothing is right often enough.
UNREACHED = 8.0

HOPELESS = ("heavy", 150)
FOLDS = 4
# The models of a source's candidates, in the order that they are fitted in.
KINDS = {"width": ("first-width", "width")}

NEUTRAL = frozenset({"width", "mark", "speck", "lost"})

Example = tuple[list[tuple[str, str]], bool | None]


class Document(msgspec.Struct, kw_only=True):
    """Pages fitted on as one document, with the truth of their lines."""

    pages: list[PageReading]
    judged: list[list[Judged]]


def documents(folder: Path, half: int) -> Iterator[Document]:
    """The documents of a half; where most is misread there is nothing to learn."""
    for pages in load_documents(folder, half):
        if (pages[0].wear, pages[0].dpi) != HOPELESS:
            judged = [judge(kept.reading, kept.paragraphs) for kept in pages]
            yield Document(pages=[kept.reading for kept in pages], judged=judged)


def terms_known(sources: Sources) -> Terms:
    """A glossary that has every second term of those that are printed, and the package's own."""
    own = load_stack((DEFAULT_GLOSSARY,))
    rows = (form for row in sources.terms[::2] for form in row if speaks(form))
    return Terms(Trie(sorted({*map(squashed, rows), *all_forms(own)})))


def improves(one: Candidate, place: Place, truth: str, was: int) -> bool | None:
    """Whether a candidate brings its line nearer to the truth; None where it makes no difference."""
    now = distance(replace_text(place.line, one.start, one.end, one.now).text, truth)
    return None if now == was and one.kind in NEUTRAL else now < was


def fit(rows: Sequence[Example], places: Sequence[int] = (), groups: Sequence[int] = ()) -> Model:
    """A logistic model of the rows; of several candidates for one of ``places`` one is right, or what was read is.

    ``groups`` are the documents that the rows are of.
    """
    counts = Counter(feature for features, _ in rows for feature in features)
    owners = zip(groups or range(len(rows)), rows, strict=True)
    spread = Counter(feature for feature, _ in {(one, group) for group, (features, _) in owners for one in features})
    usual = sorted(one for one, n in counts.items() if n >= LEAST and spread[one] >= LEAST_DOCUMENTS)
    columns = {feature: at for at, feature in enumerate(usual)}
    indexes = [[columns[one] for one in features if one in columns] for features, _ in rows]
    right = np.array([is_right is True for _, is_right in rows], float)
    shared = np.unique(places, return_inverse=True)[1] if len(places) else np.arange(len(rows))
    bias, weights = _descend(indexes, right, shared, len(columns))
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (name, label), at in columns.items():
        if abs(weights[at]) >= 0.01:
            table[name][label] = round(float(weights[at]), 2)
    return Model(bias=round(bias, 3), threshold=0.0, weights=dict(table))


def _descend(
    indexes: Sequence[Sequence[int]], right: npt.NDArray[np.float64], places: npt.NDArray[np.int64], size: int
) -> tuple[float, npt.NDArray[np.float64]]:
    """Adam on the whole sample, which is small; the prior pulls every weight to 0."""
    lengths = np.array([len(one) for one in indexes])
    flat = np.concatenate([np.array(one, int) for one in indexes]) if lengths.sum() else np.zeros(0, int)
    row = np.repeat(np.arange(len(indexes)), lengths)
    theta, first, second = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    theta[-1] = math.log((right.sum() + 1) / (len(right) - right.sum() + 1))
    wanted = right / np.maximum(1, np.bincount(places, right)[places])
    for turn in range(1, 601):
        scores = theta[-1] + np.bincount(row, theta[flat], len(indexes))
        odds = np.exp(np.clip(scores, -30, 30))
        error = odds / (1 + np.bincount(places, odds)[places]) - wanted
        gradient = np.append(np.bincount(flat, error[row], size) + RIDGE * theta[:-1], error.sum())
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = 0.1 if turn < 400 else 0.02
        theta -= rate * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
    return float(theta[-1]), theta[:-1]


def worn_threshold(scored: Sequence[tuple[float, bool]], cost: float) -> float:
    """The score over which the right candidates outweigh the wrong ones by most."""
    gain, best = 0.0, (0.0, UNREACHED)
    for score, is_right in sorted(scored, reverse=True):
        gain += 1 if is_right else -cost
        if score >= WORN_LOWEST and gain > best[0]:
            best = gain, score
    return round(best[1], 2)


def threshold(scored: Sequence[tuple[float, bool]], borne: int) -> float:
    """The lowest score of a right candidate over which no more than so many are wrong."""
    wrong, best = 0, UNREACHED
    for score, group in groupby(sorted(scored, reverse=True), key=lambda one: one[0]):
        rights = [is_right for _, is_right in group]
        wrong += rights.count(False)
        if score < LOWEST or wrong > borne:
            break
        best = score if any(rights) else best
    return round(best, 2)


def scores(model: Model, examples: Examples, which: Sequence[int]) -> list[tuple[float, bool, bool]]:
    """Of each place the likeliest candidate's own log odds, whether it is right, and whether the print is worn.

    One that is neither right nor wrong is left out.
    """
    best: dict[int, tuple[float, int]] = {}
    for at in which:
        (features, _), sign = examples.rows[at], examples.signs[at]
        score = sign * model.score(features)
        if not lacks(*examples.seen[at], model.evidence(features, sign)):
            best[examples.places[at]] = max(best.get(examples.places[at], (-math.inf, at)), (score, at))
    told = ((score, examples.rows[at][1], at) for score, at in best.values())
    return [
        (score, is_right == (examples.signs[at] > 0), examples.worn[at])
        for score, is_right, at in told
        if is_right is not None
    ]


def cross_scores(examples: Examples) -> list[tuple[float, bool, bool]]:
    """As ``scores``, each place by a model that has not seen its document."""
    found: list[tuple[float, bool, bool]] = []
    for fold in range(FOLDS):
        inside = [at for at, group in enumerate(examples.groups) if group % FOLDS == fold]
        outside = [at for at, group in enumerate(examples.groups) if group % FOLDS != fold]
        if outside and inside:
            rows, places, groups = zip(
                *((examples.rows[at], examples.places[at], examples.groups[at]) for at in outside), strict=True
            )
            model = fit(rows, places, groups)
            found += scores(model, examples, inside)
    return found


class Examples(msgspec.Struct, kw_only=True):
    """Candidates of one kind with their features; ``signs`` -1 where the model speaks of the opposite.

    ``places`` numbers the places that they are for, ``groups`` the documents.
    """

    rows: list[Example] = msgspec.field(default_factory=list)
    places: list[int] = msgspec.field(default_factory=list)
    signs: list[int] = msgspec.field(default_factory=list)
    seen: list[tuple[Candidate, Place]] = msgspec.field(default_factory=list)
    groups: list[int] = msgspec.field(default_factory=list)
    worn: list[bool] = msgspec.field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the corrector's weights on random print.")
    parser.add_argument("readings", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of texts, references and terms")
    parser.add_argument("--held", type=Path, required=True, help="readings of half 1 that tell the thresholds")
    parser.add_argument("--only", default="", help="kinds to fit anew, the others as they are")
    given = parser.parse_args()
    sample, terms = list(documents(given.readings, 0)), terms_known(Sources(given.data, 0))
    held = list(documents(given.held, 1))
    fitted = dict(models())
    chosen = given.only.split(",") if given.only else []
    for name, source in SOURCES:
        for kind in KINDS.get(name, (name,)):
            if not chosen or kind in chosen:
                examples = _examples(sample, source, kind, fitted, terms)
                fitted[kind] = fit(examples.rows, examples.places, examples.groups)
                told = _examples(held, source, kind, fitted, terms)
                fitted[kind] = _with_thresholds(kind, fitted[kind], examples, told, _length(held))
        given.output.write_bytes(msgspec.json.format(msgspec.json.encode(fitted, order="deterministic"), indent=1))
        for document in (*sample, *held):
            known = know(document.pages, fitted["first-width"] if name == "width" else None, terms)
            document.pages = [_corrected(page, source, known, fitted) for page in document.pages]


def _length(held: Sequence[Document]) -> int:
    """The characters of print that isn't worn."""
    plain = [document for document in held if not know(document.pages).is_worn]
    return sum(len(one.truth) for document in plain for page in document.judged for one in page)


def _corrected(page: PageReading, source: Source, known: Known, fitted: Mapping[str, Model]) -> PageReading:
    decided = (
        (region, at, place, decide(source(place, known), place, known, fitted)) for region, at, place in places(page)
    )
    return with_lines(page, {(region, at): carry_out(place, done).line for region, at, place, done in decided if done})


def _examples(
    sample: Sequence[Document], source: Source, kind: str, fitted: Mapping[str, Model], terms: Terms
) -> Examples:
    found = Examples()
    for number, document in enumerate(sample):
        known = know(document.pages, fitted["first-width"] if kind == "width" else None, terms)
        for page, judged in zip(document.pages, document.judged, strict=True):
            truths = {(one.region, one.number): one.truth for one in judged}
            for region, at, place in places(page):
                truth = truths.get((region, at))
                candidates = (one for one in source(place, known) if is_read(one, place))
                for one, is_right in _told(candidates, place, truth) if truth is not None else ():
                    seen = msgspec.structs.replace(one, kind=kind) if kind == "first-width" else one
                    label = None if is_right is None else is_right == (one.sign > 0)
                    found.rows.append((look(seen, place, known), label))
                    found.signs.append(one.sign)
                    found.seen.append((one, place))
                    found.groups.append(number)
                    found.places.append(hash((number, page.index, region, at, one.start)))
                    found.worn.append(known.is_worn)
    return found


def _told(candidates: Iterator[Candidate], place: Place, truth: str) -> Iterator[tuple[Candidate, bool | None]]:
    """The candidates of a line and whether they are right; those that make no difference where another one is."""
    was = distance(place.text, truth)
    for _, group in groupby(sorted(candidates, key=lambda one: one.start), key=lambda one: one.start):
        told = [(one, improves(one, place, truth, was)) for one in group]
        is_told = any(is_right for _, is_right in told)
        yield from ((one, is_right) for one, is_right in told if is_told or is_right is not None)


def _with_thresholds(kind: str, model: Model, examples: Examples, held: Examples, length: int) -> Model:
    """The model with where its changes are made; ``held`` are candidates in so many characters of other fields."""
    plain = [one[:2] for one in scores(model, held, range(len(held.rows))) if not one[2]]
    worn = [one[:2] for one in cross_scores(examples) if one[2]]
    model = msgspec.structs.replace(
        model,
        threshold=threshold(plain, int(BORNE.get(kind, 0) * length / 1e4)),
        worn=worn_threshold(worn, COSTS.get(kind, COST)),
    )
    told = [f"{kind}: {sum(map(len, model.weights.values()))} weights"]
    for part, least in ((plain, model.threshold), (worn, model.worn)):
        done = [is_right for score, is_right in part if score >= least]
        possible = sum(is_right for _, is_right in part)
        told.append(f"of {len(part)} places {possible} right, taken over {least}: {len(done)}, {sum(done)} right")
    print("; ".join(told), file=sys.stderr)
    return model


if __name__ == "__main__":
    main()
