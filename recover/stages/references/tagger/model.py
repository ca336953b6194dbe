"""The fitted model: a linear-chain conditional random field over an entry's words, and its best path."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from recover.stages.references.tagger.features import BUCKETS, features
from recover.stages.references.tagger.labels import LABELS
from recover.stages.references.tagger.tokens import Token, tokens

Floats = NDArray[np.float32]
# Labels of a word worth a path: the fifth best by itself is never the right one in measurable cases.
_BEAM = 5
# An entry of more words is no reference; what stands behind is left untold.
LONGEST = 400


class Tagged(msgspec.Struct, frozen=True, kw_only=True):
    """The words of an entry, each with its label and how sure that is, its neighbours' labels given."""

    text: str
    words: tuple[Token, ...]
    labels: tuple[str, ...]
    sure: tuple[float, ...]


class Model:
    """Weights of features and, for every sign between two words, of their labels."""

    def __init__(self, weights: NDArray[np.int8], scale: float, gaps: dict[str, int], turns: Floats) -> None:
        # Bytes, a quarter of the memory that is looked up at random.
        self._weights = weights
        self._scale = np.float32(scale)
        self._gaps = gaps
        self._turns = turns

    @lru_cache(maxsize=16)  # noqa: B019 - the one model lives as long as the program; an entry is asked for twice
    def tag(self, text: str) -> Tagged:
        """The labels of the best path."""
        words = tokens(text)[:LONGEST]
        if not words:
            return Tagged(text=text, words=(), labels=(), sure=())
        told, around = features(text, words)
        scores = self._weights[told].sum(axis=1, dtype=np.int32).astype(np.float32) * self._scale
        turns = self._turns[[self._gaps.get(gap, 0) for gap in around[: len(words)]]]
        path = _best(scores, turns)
        return Tagged(
            text=text,
            words=tuple(words),
            labels=tuple(LABELS[place] for place in path),
            sure=tuple(_sure(scores, turns, path)),
        )


def _best(scores: Floats, turns: Floats) -> list[int]:
    """Viterbi over the likeliest labels of each word."""
    count = len(scores)
    kept = np.argpartition(scores, -_BEAM, axis=1)[:, -_BEAM:]
    own = np.take_along_axis(scores, kept, 1).tolist()
    rows = np.arange(1, count)[:, None, None]
    links = turns[rows, kept[:-1, :, None], kept[1:, None, :]].tolist() if count > 1 else []
    value = own[0]
    back: list[list[int]] = []
    places = range(_BEAM)
    for at in range(1, count):
        link, here = links[at - 1], own[at]
        best, come = [], []
        for to in places:
            top, source = value[0] + link[0][to], 0
            for one in places[1:]:
                other = value[one] + link[one][to]
                if other > top:
                    top, source = other, one
            best.append(top + here[to])
            come.append(source)
        value = best
        back.append(come)
    place = max(places, key=value.__getitem__)
    path = [place]
    for come in reversed(back):
        place = come[place]
        path.append(place)
    path.reverse()
    return [int(kept[at, place]) for at, place in enumerate(path)]


def _sure(scores: Floats, turns: Floats, path: list[int]) -> list[float]:
    """The share of each word's label, its neighbours' labels given."""
    logits = scores.copy()
    logits[1:] += turns[np.arange(1, len(path)), path[:-1], :]
    logits[:-1] += turns[np.arange(1, len(path)), :, path[1:]]
    logits -= logits.max(axis=1, keepdims=True)
    parts = np.exp(logits)
    shares = parts[np.arange(len(path)), path] / parts.sum(axis=1)
    return [float(share) for share in shares]


@cache
def load() -> Model:
    """The model that ships with the package."""
    held = (files("recover.stages.references") / "data" / "tagger.npz").read_bytes()
    with np.load(BytesIO(held)) as parts:
        weights = np.zeros((BUCKETS, len(LABELS)), np.int8)
        weights[parts["buckets"]] = parts["weights"]
        scale = float(parts["scale"])
        gaps = parts["gaps"].tobytes().decode().split("\n")
        turns = parts["turns"].astype(np.float32)
    return Model(weights, scale, {gap: place for place, gap in enumerate(gaps)}, turns)
