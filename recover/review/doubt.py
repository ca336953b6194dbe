"""How likely each character of a line is wrong, from what its reader thought and from how usual the text would be.

A reader's confidence alone finds half as many errors among the characters it is least sure of: 请导多能 is read
with confidence, but 诱导多能, its second reading, is made of words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from recover.model.document import PageLine
from recover.review.lexicon import Lexicon
from recover.review.sheet import Range
from recover.text.scripts import is_han

# Less than this is not worth a person's look.
WORTH_A_LOOK = 0.02
# Doubtful characters this near are looked at together.
REACH = 1
LONGEST = 4
# A reader this sure, or a rival this weak, is not weighed any further: errors among them are one in thousands.
SURE = 985
WEAK = 20
RIVALS = 4
AROUND = 3
# Weights of a logistic regression on two heavily worn scans of the samples, rounded: the logit of the reader's
# doubt, what the best rival reading saves in the words around it, and where each kind of character starts.
READER, SAVED, MOST_SAVED = 0.8, 0.45, 15.0
START = {"han": -1.1, "digit": -0.3, "latin": -0.5, "mark": 0.0}


class Doubt(msgspec.Struct, frozen=True, order=True):
    """``line.text[at:end]`` is wrong with likelihood ``score``; ordered worst first."""

    order: tuple[float, int, str, int]
    line: str
    at: int
    end: int
    score: float


def score_line(line: PageLine, words: Lexicon) -> list[float]:
    """The likelihood of an error for each character."""
    others = dict(line.doubts)
    return [
        _likelihood(line.text, at, value, others.get(at, ()), words)
        for at, value in enumerate(line.confidences[: len(line.text)])
    ]


def _likelihood(text: str, at: int, value: int, others: Sequence[tuple[str, int]], words: Lexicon) -> float:
    char = text[at]
    if char.isspace() or value < 0 or value >= SURE:
        return 0.0
    sure = min(max(value / 1000, 0.001), 0.999)
    logit = READER * math.log((1 - sure) / sure) + START[_kind(char)]
    logit += SAVED * _saved(text, at, others, words)
    return 1 / (1 + math.exp(-logit))


def _kind(char: str) -> str:
    if is_han(char):
        return "han"
    if char.isdigit():
        return "digit"
    return "latin" if char.isalpha() else "mark"


def _saved(text: str, at: int, others: Sequence[tuple[str, int]], words: Lexicon) -> float:
    """How much more usual the text would be with the best rival in the character's place; 0 where none is better."""
    rivals = [other for other, confidence in others if len(other) == 1 and confidence >= WEAK][:RIVALS]
    if not rivals or not any(map(is_han, (text[at], *rivals))):
        return 0.0
    left, right = text[max(0, at - AROUND) : at], text[at + 1 : at + 1 + AROUND]
    now = words.cost(left + text[at] + right)
    return min(MOST_SAVED, max(0.0, *(now - words.cost(left + rival + right) for rival in rivals)))


def find_doubts(
    line: PageLine, page: int, checked: Sequence[Range], words: Lexicon, position: int = 0
) -> tuple[Doubt, ...]:
    """The doubts of a line, neighbours together, without what a person looked at."""
    if not any(0 <= value < SURE for value in line.confidences):
        return ()
    seen = {at for start, end in checked for at in range(start, end)}
    scores = score_line(line, words)
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
