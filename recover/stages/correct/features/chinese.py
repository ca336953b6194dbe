"""What the words of Chinese say: how likely the text around is as words, with the change and without."""

from __future__ import annotations

from collections.abc import Iterator

from recover.lexicon.characters import is_han
from recover.lexicon.chinese import is_in_word, log_likelihood
from recover.stages.correct.features.labels import step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

REACH, JOINT = 5, 3
GAINS = (-8.0, -4.0, -2.0, -0.5, 0.5, 1.5, 2.5, 4.0, 6.0, 9.0)
JOINS = (0.5, 2.0, 4.0, 7.0)


def chinese(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """The change's gain; for a mark, what the words on both sides of it gain by standing together."""
    if candidate.kind in ("character", "term"):
        now, start = place.around(candidate.start, candidate.end, candidate.now, REACH)
        was, _ = place.around(candidate.start, candidate.end, candidate.was, REACH)
        yield "chinese.gain", step(log_likelihood(now) - log_likelihood(was), GAINS)
        if candidate.kind == "character":
            yield "chinese.word", f"{is_in_word(was, start):d} {is_in_word(now, start):d}"
    elif candidate.kind in ("lost", "speck", "mark"):
        left = (place.before + place.text[: candidate.start])[-JOINT:]
        right = (place.text[candidate.end :] + place.after)[:JOINT]
        if left and right and is_han(left[-1]) and is_han(right[0]):
            join = log_likelihood(left + right) - log_likelihood(left) - log_likelihood(right)
            yield "chinese.join", f"{candidate.kind} {step(join, JOINS)}"
