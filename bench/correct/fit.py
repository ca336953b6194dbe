"""Fit the corrector's weights on random print: ``python -m bench.correct.fit READINGS -o WEIGHTS.json``.

A logistic model for each kind of change over the labels of all features, one kind after the other, each on pages that
the kinds before it have corrected. The threshold of a kind is where so many of its changes on the pages are right.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from bench.correct.judge import Judged, distance, judge
from bench.correct.read import load
from recover.glossary.load import load_stack
from recover.model.page import PageReading
from recover.model.replace import replace_text
from recover.stages.correct.candidate import Candidate
from recover.stages.correct.correct import with_decisions
from recover.stages.correct.decode import SOURCES, Source, is_read, look
from recover.stages.correct.glossary_terms import terms_of
from recover.stages.correct.known import know
from recover.stages.correct.place import Place, places
from recover.stages.correct.weights import Model, models

# Labels seen less often than this have no weight.
LEAST = 5
# The strength of the prior on each weight, and the share of right changes wanted among those at a threshold or over it.
RIDGE, LOWEST = 1.0, 0.5
PRECISIONS = {"term": 0.9, "width": 0.99, "space": 0.97, "letter": 0.97}
PRECISION = 0.94
# The threshold of a kind of which nothing is right often enough.
UNREACHED = 8.0

# A glossary of the field of some of the pages, and one of another.
TERMS = terms_of(load_stack(("als-stem-cell",)))

HOPELESS = ("heavy", 150)

Example = tuple[list[tuple[str, str]], bool]


class Document(msgspec.Struct, kw_only=True):
    """Pages fitted on as one document, with the truth of their lines."""

    pages: list[PageReading]
    judged: list[list[Judged]]


def documents(folder: Path, half: int) -> Iterator[Document]:
    """The pages of a half, each a document of its own; where most is misread there is nothing to learn."""
    for kept in load(folder, half):
        if (kept.wear, kept.dpi) != HOPELESS:
            yield Document(pages=[kept.reading], judged=[judge(kept.reading, kept.paragraphs)])


def improves(one: Candidate, place: Place, truth: str, was: int) -> bool | None:
    """Whether a candidate brings its line nearer to the truth; None where it makes no difference."""
    now = distance(replace_text(place.line, one.start, one.end, one.now).text, truth)
    return None if now == was and one.kind == "width" else now < was


def fit(rows: Sequence[Example]) -> Model:
    """A logistic model of the rows, with the threshold of the precision."""
    counts = Counter(feature for features, _ in rows for feature in features)
    columns = {feature: at for at, feature in enumerate(sorted(one for one, n in counts.items() if n >= LEAST))}
    indexes = [[columns[one] for one in features if one in columns] for features, _ in rows]
    right = np.array([is_right for _, is_right in rows], float)
    bias, weights = _descend(indexes, right, len(columns))
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (name, label), at in columns.items():
        if abs(weights[at]) >= 0.01:
            table[name][label] = round(float(weights[at]), 2)
    return Model(bias=round(bias, 3), threshold=0.0, weights=dict(table))


def _descend(
    indexes: Sequence[Sequence[int]], right: npt.NDArray[np.float64], size: int
) -> tuple[float, npt.NDArray[np.float64]]:
    """Adam on the whole sample, which is small; the prior pulls every weight to 0."""
    lengths = np.array([len(one) for one in indexes])
    flat = np.concatenate([np.array(one, int) for one in indexes]) if lengths.sum() else np.zeros(0, int)
    row = np.repeat(np.arange(len(indexes)), lengths)
    theta, first, second = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    theta[-1] = math.log((right.sum() + 1) / (len(right) - right.sum() + 1))
    for turn in range(1, 601):
        scores = theta[-1] + np.bincount(row, theta[flat], len(indexes))
        error = 1 / (1 + np.exp(-np.clip(scores, -30, 30))) - right
        gradient = np.append(np.bincount(flat, error[row], size) + RIDGE * theta[:-1], error.sum())
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = 0.1 if turn < 400 else 0.02
        theta -= rate * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
    return float(theta[-1]), theta[:-1]


def with_threshold(model: Model, scored: Sequence[tuple[float, bool]], precision: float) -> Model:
    """The lowest threshold over which, at every point, so many candidates are right."""
    right = wrong = 0
    best = UNREACHED
    for score, group in groupby(sorted(scored, reverse=True), key=lambda one: one[0]):
        rights = [is_right for _, is_right in group]
        right, wrong = right + sum(rights), wrong + len(rights) - sum(rights)
        if score >= LOWEST and right >= precision * (right + wrong):
            best = score
    return msgspec.structs.replace(model, threshold=round(max(LOWEST, best), 2))


def scores(model: Model, rows: Sequence[Example], signs: Sequence[int]) -> list[tuple[float, bool]]:
    """Each candidate's own log odds and whether it is right."""
    return [
        (sign * model.score(features), is_right == (sign > 0))
        for (features, is_right), sign in zip(rows, signs, strict=True)
    ]


def cross_scores(rows: Sequence[Example], signs: Sequence[int], groups: Sequence[int]) -> list[tuple[float, bool]]:
    """As ``scores``, each row by a model that has not seen its document."""
    found: list[tuple[float, bool]] = []
    for fold in range(3):
        inside = [at for at, group in enumerate(groups) if group % 3 == fold]
        outside = [rows[at] for at, group in enumerate(groups) if group % 3 != fold]
        if outside and inside:
            model = fit(outside)
            found += scores(model, [rows[at] for at in inside], [signs[at] for at in inside])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the corrector's weights on random print.")
    parser.add_argument("readings", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--only", default="", help="kinds to fit anew, the others as they are")
    given = parser.parse_args()
    sample = list(documents(given.readings, 0))
    fitted = dict(models())
    for name, source in SOURCES:
        if given.only and not any(
            one in given.only.split(",") for one in ((name, "speck") if name == "mark" else (name,))
        ):
            continue
        if name == "width" and (not given.only or "width" in given.only):
            fitted["first-width"] = _fit_kind(sample, source, "width", None, as_first=True)
        for kind in ("mark", "speck") if name == "mark" else (name,):
            if not given.only or kind in given.only.split(","):
                fitted[kind] = _fit_kind(sample, source, kind, fitted.get("first-width"))
        given.output.write_bytes(msgspec.json.format(msgspec.json.encode(fitted, order="deterministic"), indent=1))
        models.cache_clear()
        for document in sample:
            known = know(document.pages, fitted["first-width"] if name == "width" else None, TERMS)
            document.pages = [with_decisions(page, source, known) for page in document.pages]


def _fit_kind(
    sample: Sequence[Document], source: Source, kind: str, first: Model | None, *, as_first: bool = False
) -> Model:
    rows: list[Example] = []
    signs: list[int] = []
    groups: list[int] = []
    for number, document in enumerate(sample):
        known = know(document.pages, None if as_first or kind != "width" else first, TERMS)
        for page, judged in zip(document.pages, document.judged, strict=True):
            truths = {(one.region, one.number): one.truth for one in judged}
            for region, at, place in places(page):
                truth = truths.get((region, at))
                if truth is None:
                    continue
                was = distance(place.text, truth)
                for one in source(place, known):
                    if one.kind != kind or not is_read(one, place):
                        continue
                    is_right = improves(one, place, truth, was)
                    if is_right is None:
                        continue
                    seen = msgspec.structs.replace(one, kind="first-width") if as_first else one
                    rows.append((look(seen, place, known), is_right == (one.sign > 0)))
                    signs.append(one.sign)
                    groups.append(number)
    held = cross_scores(rows, signs, groups)
    model = with_threshold(fit(rows), held, PRECISIONS.get(kind, PRECISION))
    done = [is_right for score, is_right in held if score >= model.threshold]
    possible = sum(is_right for _, is_right in held)
    for share in (0.9, 0.95, 0.97, 0.98, 0.99, 0.995):
        least = with_threshold(model, held, share).threshold
        reached = sum(is_right for score, is_right in held if score >= least)
        print(f"{kind}: {100 * share:g} % right from {least}: {reached}", file=sys.stderr)
    print(
        f"{kind}: {len(rows)} candidates, {possible} of them right; {len(done)} taken over {model.threshold:.2f}, "
        f"{sum(done)} right; {sum(map(len, model.weights.values()))} weights",
        file=sys.stderr,
    )
    return model


if __name__ == "__main__":
    main()
