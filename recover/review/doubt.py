"""How likely each character of a line is wrong, and the doubts worth a person's look."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from recover.model.document import PageLine
from recover.review.sheet import Range
from recover.review.signs import SURE, Language, Signs, signs_of

# Less than this is not worth a person's look.
WORTH_A_LOOK = 0.015
# Neighbours this doubtful are looked at together; a surer one beside a doubtful one would only cost a look.
JOINED = 0.15
LONGEST = 4
# A logistic regression on heavily worn scans of seven articles at 200 and 300 dpi, rounded.
WEIGHTS = Signs(
    reader=0.46,
    saved=0.34,
    han=-2.2,
    digit=-0.81,
    latin=-0.58,
    mark=-1.42,
    speck=0.2,
    accent=1.71,
    known_word=-2.02,
    unknown_word=0.93,
    known_han=-1.27,
    rare_mark=0.2,
    paired=-0.94,
    cited=-1.56,
    in_turn=-1.48,
)


class Doubt(msgspec.Struct, frozen=True, order=True):
    """``line.text[at:end]`` is wrong with likelihood ``score``; ordered worst first."""

    order: tuple[float, int, str, int]
    line: str
    at: int
    end: int
    score: float


def score_line(line: PageLine, language: Language, around: tuple[str, str] = ("", "")) -> list[float]:
    """The likelihood of an error for each character; ``around`` is what stands before and behind the line."""
    others, shift = dict(line.doubts), len(around[0])
    text = around[0] + line.text + around[1]
    return [
        likelihood(signs_of(text, shift + at, value, others.get(at, ()), language))
        for at, value in enumerate(line.confidences[: len(line.text)])
    ]


def likelihood(signs: Signs | None) -> float:
    """The likelihood of an error, 0 to 1."""
    if signs is None:
        return 0.0
    weighed = zip(msgspec.structs.astuple(signs), msgspec.structs.astuple(WEIGHTS), strict=True)
    return 1 / (1 + math.exp(-sum(sign * weight for sign, weight in weighed)))


def find_doubts(
    line: PageLine,
    page: int,
    checked: Sequence[Range],
    language: Language,
    position: int = 0,
    around: tuple[str, str] = ("", ""),
) -> tuple[Doubt, ...]:
    """The doubts of a line, neighbours together, without what a person looked at."""
    if not any(0 <= value < SURE for value in line.confidences):
        return ()
    seen = {at for start, end in checked for at in range(start, end)}
    scores = score_line(line, language, around)
    runs: list[list[int]] = []
    for at, score in enumerate(scores):
        if score < WORTH_A_LOOK or at in seen:
            continue
        joins = min(score, scores[at - 1]) >= JOINED
        if runs and runs[-1][-1] == at - 1 and joins and at - runs[-1][0] < LONGEST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(_doubt(line, page, run, max(scores[at] for at in run), position) for run in runs)


def _doubt(line: PageLine, page: int, run: Sequence[int], score: float, position: int) -> Doubt:
    order = (-round(score, 4), page, f"{position:05d}", run[0])
    return Doubt(order=order, line=line.id, at=run[0], end=run[-1] + 1, score=round(score, 4))
