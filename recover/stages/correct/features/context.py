"""How likely each mark is between what stands before a place and behind it, by the text alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from recover.lexicon.characters import is_han
from recover.stages.correct.features.labels import character, passed, step
from recover.stages.correct.features.reader import Feature
from recover.stages.correct.place import Candidate, Place

# Marks by what they part, whatever their width and house; nothing parts as well.
CLASSES = ("", "。", "，", "、", "；", "：")
CLASS_OF = {mark: at for at, marks in enumerate(("", "。.．", "，,", "、", "；;", "：:")) for mark in marks or [""]}
CITED = re.compile(r"[\[［【]\d[\d,，\-–~～]{0,8}[\]］】]$")
PARTS = re.compile(r"[，。、；：？！,;:?!．]|\.(?!\d)")
LENGTHS = (1, 2, 4, 6, 9, 13, 18, 25)
GAINS = (-6.0, -4.0, -2.5, -1.2, -0.4, 0.4, 1.2, 2.5, 4.0, 6.0)
REACH = 30


class Contexts(msgspec.Struct, frozen=True, kw_only=True):
    """What each sign of a place is worth for each class of mark, in log odds."""

    weights: Mapping[str, Sequence[float]]

    def scores(self, left: str, right: str) -> list[float]:
        """The log probability of each class between two texts."""
        sums = [0.0] * len(CLASSES)
        for sign in signs(left, right):
            for at, value in enumerate(self.weights.get(sign, ())):
                sums[at] += value
        total = math.log(sum(map(math.exp, sums)))
        return [value - total for value in sums]


@cache
def contexts() -> Contexts:
    """The table as it was fitted by ``python -m bench.correct.contexts``."""
    content = (files("recover.stages.correct") / "contexts.json").read_bytes()
    return Contexts(weights=msgspec.json.decode(content, type=dict[str, list[float]]))


def context(candidate: Candidate, place: Place) -> Iterator[Feature]:
    """How much likelier the text makes what may stand at a place than what was read there."""
    was, now = CLASS_OF.get(candidate.was), CLASS_OF.get(candidate.now)
    if candidate.kind not in ("mark", "speck", "lost") or was is None or now is None or was == now:
        return
    left, right = place.before + place.text[: candidate.start], place.text[candidate.end :] + place.after
    scores = contexts().scores(left, right)
    yield "context.gain", f"{candidate.kind} {step(scores[now] - scores[was], GAINS)}"
    yield from passed("context.gain-over", candidate.kind, scores[now] - scores[was], GAINS)


def signs(left: str, right: str) -> Iterator[str]:
    """What a place is known by: characters beside it, a citation mark before it, what it parts and how long that is."""
    left, right = left[-REACH:].rstrip(), right[:REACH].lstrip()
    plain = CITED.sub("", left)
    yield "any"
    yield "cited" if plain != left else "uncited"
    before, after = character(plain[-1:]), character(right[:1])
    yield f"both {before} {after}"
    yield f"beside {character(plain[-2:-1])} {before} {after} {character(right[1:2])}"
    for name, part in (("l", plain[-1:]), ("l", plain[-2:]), ("r", right[:1]), ("r", right[:2])):
        if part and all(map(is_han, part)):
            yield f"{name}{part}"
    marks = PARTS.findall(plain)
    yield f"last {marks[-1] if marks else 'none'}"
    behind = PARTS.search(right)
    yield f"next {behind[0] if behind else 'none'}"
    lengths = len(PARTS.split(plain)[-1]), behind.start() if behind else len(right)
    yield f"lengths {step(lengths[0], LENGTHS)} {step(lengths[1], LENGTHS)}"
