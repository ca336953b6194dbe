"""What each label of each feature is worth, as fitted on random print by ``python -m bench.correct.fit``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec

Feature = tuple[str, str]


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A kind's weights (log odds) by feature and label; changes are made from ``threshold``, on worn print ``worn``."""

    bias: float
    threshold: float
    worn: float = 8.0
    weights: Mapping[str, Mapping[str, float]]

    def score(self, features: Iterable[Feature]) -> float:
        return self.bias + sum(self.weights.get(name, {}).get(label, 0.0) for name, label in features)

    def evidence(self, features: Iterable[Feature], sign: int = 1) -> dict[str, float]:
        """What each group of features says for the candidate."""
        groups: dict[str, float] = {}
        for name, label in features:
            group = name.partition(".")[0]
            groups[group] = groups.get(group, 0.0) + sign * self.weights.get(name, {}).get(label, 0.0)
        return groups


@cache
def models() -> Mapping[str, Model]:
    """The model of every kind of change."""
    content = (files("recover.stages.correct") / "weights.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, Model])


def probability(score: float) -> float:
    """The chance that log odds stand for."""
    return 1 / (1 + math.exp(-score))
