"""Fit the corrector's weights on random print: ``python -m bench.correct.fit READINGS -o WEIGHTS.json``.

A logistic model for each kind of change over the labels of all features, one kind after the other, each on pages that
the kinds before it have corrected. The threshold of a kind is where so many of its changes on the pages are right.
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
from recover.stages.correct.correct import SOURCES, Source, carry_out, decide, is_read, look, with_lines
from recover.stages.correct.glossary_terms import all_forms, speaks
from recover.stages.correct.known import Known, Terms, know
from recover.stages.correct.place import Candidate, Place, places
from recover.stages.correct.weights import Model, models

# Labels seen less often than this, or in fewer documents, have no weight: those of two documents say what is theirs
# (of widths by models that hadn't seen the document 384 were right at 6 wrong ones in place of 364).
LEAST, LEAST_DOCUMENTS = 5, 3
# So many candidates that are right in print that isn't worn tell its threshold; fewer, all print does.
ENOUGH = 15
# The strength of the prior on each weight, and the share of right changes wanted among those at a threshold or over it.
RIDGE, LOWEST = 1.0, 0.5
PRECISIONS = {"lost": 0.9, "width": 0.995, "space": 0.98, "mark": 0.985, "letter": 0.97, "term": 0.97}
PRECISION = 0.95
# On worn print a wrong change costs so many right ones; of widths, which no reader misses, and of marks and spaces, of
# which more are wrong in faces that were not fitted on, more.
COST, COSTS, WORN_LOWEST = 1.5, {"width": 8.0, "first-width": 8.0, "mark": 5.0, "space": 3.0}, 0.4
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


def threshold(scored: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest score over which so many candidates are right."""
    right = wrong = 0
    best = UNREACHED
    for score, group in groupby(sorted(scored, reverse=True), key=lambda one: one[0]):
        rights = [is_right for _, is_right in group]
        right, wrong = right + sum(rights), wrong + len(rights) - sum(rights)
        if score >= LOWEST and right >= precision * (right + wrong):
            best = score
    return round(best, 2)


def scores(model: Model, examples: Examples, which: Sequence[int]) -> list[tuple[float, bool, bool]]:
    """Of each place the likeliest candidate's own log odds, whether it is right, and whether the print is worn.

    One that is neither right nor wrong is left out.
    """
    best: dict[int, tuple[float, int]] = {}
    for at in which:
        score = examples.signs[at] * model.score(examples.rows[at][0])
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
    groups: list[int] = msgspec.field(default_factory=list)
    worn: list[bool] = msgspec.field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the corrector's weights on random print.")
    parser.add_argument("readings", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of texts, references and terms")
    parser.add_argument("--only", default="", help="kinds to fit anew, the others as they are")
    given = parser.parse_args()
    sample, terms = list(documents(given.readings, 0)), terms_known(Sources(given.data, 0))
    fitted = dict(models())
    chosen = given.only.split(",") if given.only else []
    for name, source in SOURCES:
        for kind in KINDS.get(name, (name,)):
            if not chosen or kind in chosen:
                fitted[kind] = _fit_kind(_examples(sample, source, kind, fitted, terms), kind)
        given.output.write_bytes(msgspec.json.format(msgspec.json.encode(fitted, order="deterministic"), indent=1))
        for document in sample:
            known = know(document.pages, fitted["first-width"] if name == "width" else None, terms)
            document.pages = [_corrected(page, source, known, fitted) for page in document.pages]


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


def _fit_kind(examples: Examples, kind: str) -> Model:
    held = cross_scores(examples)
    parts = [[(score, is_right) for score, is_right, is_worn in held if is_worn == wanted] for wanted in (False, True)]
    plain = parts[0] if sum(is_right for _, is_right in parts[0]) >= ENOUGH else [one[:2] for one in held]
    model = msgspec.structs.replace(
        fit(examples.rows, examples.places, examples.groups),
        threshold=threshold(plain, PRECISIONS.get(kind, PRECISION)),
        worn=worn_threshold(parts[1], COSTS.get(kind, COST)),
    )
    told = [f"{kind}: {sum(map(len, model.weights.values()))} weights"]
    for part, least in zip(parts, (model.threshold, model.worn), strict=True):
        done = [is_right for score, is_right in part if score >= least]
        possible = sum(is_right for _, is_right in part)
        told.append(f"of {len(part)} places {possible} right, taken over {least}: {len(done)}, {sum(done)} right")
    print("; ".join(told), file=sys.stderr)
    return model


if __name__ == "__main__":
    main()
