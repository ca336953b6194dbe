"""How likely each character of a line is wrong, from what its reader thought and what else speaks for or against it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import PageLine
from recover.review.sheet import Range

# Less than this is not worth a person's look.
WORTH_A_LOOK = 0.02
# Doubtful characters this near are looked at together.
REACH = 1
LONGEST = 6


class Doubt(msgspec.Struct, frozen=True, order=True):
    """``line.text[at:end]`` is wrong with likelihood ``score``; ordered worst first."""

    order: tuple[float, int, str, int]
    line: str
    at: int
    end: int
    score: float


def score_line(line: PageLine) -> list[float]:
    """The likelihood of an error for each character."""
    others = dict(line.doubts)
    return [
        0.0 if char.isspace() or value < 0 else max(1 - value / 1000, _rivalry(value, others.get(at, ())))
        for at, (char, value) in enumerate(zip(line.text, line.confidences, strict=True))
    ]


def _rivalry(value: int, others: Sequence[tuple[str, int]]) -> float:
    """A rival reading nearly as good as the one chosen."""
    best = max((confidence for text, confidence in others if text), default=0)
    return best / max(1, best + value) if best > 0 else 0.0


def find_doubts(line: PageLine, page: int, checked: Sequence[Range], position: int = 0) -> tuple[Doubt, ...]:
    """The doubts of a line, neighbours together, without what a person looked at."""
    seen = {at for start, end in checked for at in range(start, end)}
    scores = score_line(line)
    runs: list[list[int]] = []
    for at, score in enumerate(scores):
        if score < WORTH_A_LOOK or at in seen:
            continue
        if runs and at - runs[-1][-1] <= REACH and at - runs[-1][0] < LONGEST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(_doubt(line, page, run, max(scores[at] for at in run), position) for run in runs)


def _doubt(line: PageLine, page: int, run: Sequence[int], score: float, position: int) -> Doubt:
    order = (-round(score, 4), page, f"{position:05d}", run[0])
    return Doubt(order=order, line=line.id, at=run[0], end=run[-1] + 1, score=round(score, 4))
