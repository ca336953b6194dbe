"""The fitted model: a linear-chain conditional random field over an entry's words, and its best path.

Its styles are examples (``training/references``), not patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from recover.stages.references.features import BUCKETS, Told
from recover.stages.references.tokens import Token, tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
# Family and given names of authors, editors, translators; title, container, date, day of access, volume, issue, pages,
# publisher or school, its place, number of a standard, patent or report, edition; anything else.
LABELS = ("AF", "AG", "EF", "EG", "RF", "RG", "T", "J", "Y", "X", "V", "I", "P", "B", "L", "N", "D", "O")
PLACE_OF = {label: place for place, label in enumerate(LABELS)}
# Labels of a word worth a path: the fifth best by itself is never the right one in measurable cases.
_BEAM = 5
# An entry of more words is no reference; what stands behind is left untold.
LONGEST = 400
# Entries are read together until they have so many words: their table stays in the processor's cache.
_TOGETHER = 4096
# Entries tagged last are remembered: a list is asked for the same ones by several steps.
_REMEMBERED = 1024


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
        self._known: dict[str, Tagged] = {}

    def tag(self, text: str) -> Tagged:
        """The labels of the best path."""
        return self.tag_all([text])[0]

    def tag_all(self, texts: Sequence[str]) -> list[Tagged]:
        """The labels of several entries, which takes a fraction of the time they take one by one."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        found = {text: known[text] for text in texts if text in known}
        for batch in _batches(new):
            found |= {tagged.text: tagged for tagged in self._tagged(batch)}
        # The memory is replaced, never changed: other threads may be reading it.
        kept = known if len(known) + len(new) <= _REMEMBERED else {}
        self._known = kept | {text: found[text] for text in new[-_REMEMBERED:]}
        return [found[text] for text in texts]

    def _tagged(self, batch: list[tuple[str, list[Token]]]) -> Iterator[Tagged]:
        told, turns = Told(), []
        for text, words in batch:
            around = told.add(text, words)
            turns += [self._gaps.get(gap, 0) for gap in around[: len(words)]]
        lengths = np.array([len(words) for _, words in batch])
        begins = np.concatenate([[0], np.cumsum(lengths)])
        if not turns:
            return iter([Tagged(text=text, words=(), labels=(), sure=()) for text, _ in batch])
        # Sums of bytes fit 16 bits: an entry has 38 features.
        scores = self._weights[told.codes()].sum(axis=0, dtype=np.int16).astype(np.float32) * self._scale
        gaps = np.array(turns)
        path = _best(scores, self._turns, gaps, begins)
        labels = [LABELS[place] for place in path.tolist()]
        sure = _sure(scores, self._turns, gaps, begins, path).tolist()
        return (
            Tagged(text=text, words=tuple(words), labels=tuple(labels[begin:end]), sure=tuple(sure[begin:end]))
            for (text, words), begin, end in zip(batch, begins.tolist(), begins[1:].tolist(), strict=False)
        )


def _batches(texts: Sequence[str]) -> Iterator[list[tuple[str, list[Token]]]]:
    """The entries with their words, in parts of a size that is read fastest."""
    batch: list[tuple[str, list[Token]]] = []
    count = 0
    for text in texts:
        words = tokens(text)[:LONGEST]
        if batch and count + len(words) > _TOGETHER:
            yield batch
            batch, count = [], 0
        batch.append((text, words))
        count += len(words)
    if batch:
        yield batch


def _best(scores: Floats, turns: Floats, gaps: Ints, begins: Ints) -> Ints:
    """Viterbi over the likeliest labels of each word, a word of every entry at a time."""
    kept = np.argpartition(scores, -_BEAM, axis=1)[:, -_BEAM:]
    own = np.take_along_axis(scores, kept, 1).astype(np.float64)
    links = turns[gaps[1:, None, None], kept[:-1, :, None], kept[1:, None, :]].astype(np.float64)
    lengths = np.diff(begins)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = begins[:-1][order], lengths[order]
    lasting = np.searchsorted(-lengths, -np.arange(lengths[0] + 1), side="left")  # entries longer than each place
    value = own[starts[: lasting[0]]]
    back = np.zeros(kept.shape, np.int64)
    ends = np.zeros(len(scores), np.int64)
    for at in range(1, lengths[0]):
        here = starts[: lasting[at]] + at
        sums = value[: lasting[at], :, None] + links[here - 1]
        come = sums.argmax(axis=1)
        back[here] = come
        done = starts[lasting[at] : lasting[at - 1]] + at - 1
        ends[done] = value[lasting[at] : lasting[at - 1]].argmax(axis=1)
        value = np.take_along_axis(sums, come[:, None, :], 1)[:, 0] + own[here]
    final = starts[: len(value)] + lengths[0] - 1
    ends[final] = value.argmax(axis=1)
    place = np.zeros(len(lengths), np.int64)
    for at in range(lengths[0] - 1, -1, -1):
        here = starts[: lasting[at]] + at
        is_last = lengths[: lasting[at]] == at + 1
        below = back[np.minimum(here + 1, len(back) - 1), place[: lasting[at]]]
        place[: lasting[at]] = np.where(is_last, ends[here], below)
        ends[here] = place[: lasting[at]]
    return np.take_along_axis(kept, ends[:, None], 1)[:, 0]


def _sure(scores: Floats, turns: Floats, gaps: Ints, begins: Ints, path: Ints) -> Floats:
    """The share of each word's label, its neighbours' labels given."""
    logits = scores.copy()
    places = np.arange(len(path))
    behind = np.setdiff1d(places, begins)
    logits[behind] += turns[gaps[behind], path[behind - 1], :]
    before = behind - 1
    logits[before] += turns[gaps[behind], :, path[behind]]
    logits -= logits.max(axis=1, keepdims=True)
    parts = np.exp(logits)
    shares: Floats = parts[places, path] / parts.sum(axis=1)
    return shares


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
