"""Fit the reference model to generated entries and write ``recover/stages/references/data/tagger.npz``.

python -m training.references.train [--entries 60000] [--rounds 6] [--without STYLE,…] [--out FILE]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recover.stages.references.features import BUCKETS, Told
from recover.stages.references.tagger import LABELS, PLACE_OF
from recover.stages.references.tokens import tokens
from training.references.generate import Generator, styles

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Coded = tuple[Ints, list[int], list[int]]
DEFAULT_OUT = Path("recover/stages/references/data/tagger.npz")
_SEED = 20260101
# A feature this rare is an accident of the random words.
_LEAST = 12
_LEAST_GAP = 25
_BATCH = 64
_RATE = 0.15
# So much of the features is withheld at random: real print lacks some of what invented entries always show.
_WITHHELD = 0.2
_L2 = 2e-6


class Example:
    """An entry's features, signs and true labels, as text."""

    def __init__(self, text: str, labels: list[str]) -> None:
        words = tokens(text)
        told = Told()
        around = told.add(text, words)
        self.told = told.codes().T.astype(np.int32)
        self.gaps = around[: len(words)]
        self.labels = [PLACE_OF[Counter(labels[word.start : word.end]).most_common(1)[0][0]] for word in words]


def examples(lines: list[str], count: int, seed: int) -> list[Example]:
    """Generated entries, cut into words as the model will see them."""
    found = [Example(text, labels) for text, labels in Generator(lines, seed).entries(count)]
    return [example for example in found if example.labels]


def fit(found: list[Example], rounds: int) -> tuple[Floats, list[str], Floats]:
    """Weights by AdaGrad on the likelihood of whole paths; a rare feature is told to nobody."""
    counts = np.zeros(BUCKETS, np.int64)
    for example in found:
        np.add.at(counts, example.told.ravel(), 1)
    common = counts >= _LEAST
    common[0] = False
    gap_counts = Counter(gap for example in found for gap in example.gaps)
    gap_names = ["\x00", *sorted(gap for gap, count in gap_counts.items() if count >= _LEAST_GAP)]
    gap_place = {gap: at for at, gap in enumerate(gap_names)}
    coded = [
        (
            np.where(common[example.told], example.told, 0),
            [gap_place.get(gap, 0) for gap in example.gaps],
            example.labels,
        )
        for example in found
    ]
    size = len(LABELS)
    weights = np.zeros((BUCKETS, size), np.float32)
    turns = np.zeros((len(gap_names) + 1, size, size), np.float32)  # the last one is every gap's
    sums_w, sums_t = np.full_like(weights, 1e-6), np.full_like(turns, 1e-6)
    order = sorted(range(len(coded)), key=lambda at: len(coded[at][2]))
    batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
    rng = np.random.default_rng(_SEED)
    for turn in range(rounds):
        loss = 0.0
        for at in rng.permutation(len(batches)):
            batch = [_withheld(coded[one], rng) for one in batches[at]]
            loss += _step(batch, weights, turns, sums_w, sums_t)
        print(f"round {turn + 1}: {loss / len(coded):.3f} nats an entry, {common.sum()} features", flush=True)
    return weights * (1 - _WITHHELD), gap_names, turns[:-1] + turns[-1]


def _withheld(example: Coded, rng: np.random.Generator) -> Coded:
    told, around, labels = example
    return np.where(rng.random(told.shape, np.float32) < _WITHHELD, 0, told), around, labels


def _step(batch: list[Coded], weights: Floats, turns: Floats, sums_w: Floats, sums_t: Floats) -> float:
    """One batch: forward, backward, gradients, AdaGrad."""
    many, longest, size = len(batch), max(len(one[2]) for one in batch), weights.shape[1]
    wide = batch[0][0].shape[1]
    ids = np.zeros((many, longest, wide), np.int64)
    gaps = np.zeros((many, longest), np.int64)
    true = np.zeros((many, longest), np.int64)
    live = np.zeros((many, longest), np.float32)
    for row, (told, around, labels) in enumerate(batch):
        ids[row, : len(labels)] = told
        gaps[row, : len(labels)] = around
        true[row, : len(labels)] = labels
        live[row, : len(labels)] = 1
    scores = weights[ids].sum(axis=2)
    links = turns[gaps] + turns[-1]
    alpha = np.empty((many, longest, size), np.float32)
    alpha[:, 0] = scores[:, 0]
    for at in range(1, longest):
        step = _logsum(alpha[:, at - 1, :, None] + links[:, at], 1) + scores[:, at]
        alpha[:, at] = np.where(live[:, at, None] > 0, step, alpha[:, at - 1])
    beta = np.zeros((many, longest, size), np.float32)
    for at in range(longest - 2, -1, -1):
        step = _logsum(links[:, at + 1] + (scores[:, at + 1] + beta[:, at + 1])[:, None, :], 2)
        beta[:, at] = np.where(live[:, at + 1, None] > 0, step, 0)
    total = _logsum(alpha[:, -1], 1)
    chance = np.exp(alpha + beta - total[:, None, None]) * live[..., None]
    rows, cols = np.nonzero(live)
    gold = np.zeros_like(chance)
    gold[rows, cols, true[rows, cols]] = 1
    slope = (chance - gold).astype(np.float32)
    used = ids.ravel()
    flat = np.repeat(slope.reshape(-1, size), wide, axis=0)
    kept = used > 0
    _adagrad(weights, sums_w, used[kept], flat[kept])
    pair_live = live[:, 1:]
    pair = np.exp(
        alpha[:, :-1, :, None]
        + links[:, 1:]
        + (scores[:, 1:] + beta[:, 1:])[:, :, None, :]
        - total[:, None, None, None]
    )
    pair *= pair_live[..., None, None]
    r2, c2 = np.nonzero(pair_live)
    np.subtract.at(pair, (r2, c2, true[r2, c2], true[r2, c2 + 1]), 1)
    flat_pair = pair.reshape(-1, size, size)
    _adagrad(turns, sums_t, gaps[:, 1:].ravel(), flat_pair)
    _adagrad(turns, sums_t, np.full(1, len(turns) - 1), flat_pair.sum(axis=0, keepdims=True))
    won = scores[rows, cols, true[rows, cols]].sum() + links[r2, c2 + 1, true[r2, c2], true[r2, c2 + 1]].sum()
    return float(total.sum() - won)


def _adagrad(weights: Floats, sums: Floats, places: Ints, slopes: Floats) -> None:
    unique, inverse = np.unique(places, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    begins = np.searchsorted(inverse[order], np.arange(len(unique)))
    slope = np.add.reduceat(slopes[order], begins, axis=0) / _BATCH + _L2 * weights[unique]
    sums[unique] += slope * slope
    weights[unique] -= _RATE * slope / np.sqrt(sums[unique])


def _logsum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))


def save(out: Path, weights: Floats, gaps: list[str], turns: Floats) -> None:
    """Weights in bytes: a hundredth of the largest is a step; features that say nothing are left out."""
    scale = np.float32(np.abs(weights).max() / 127)
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    kept = np.flatnonzero(np.abs(small).max(axis=1) > 1).astype(np.uint32)
    np.savez_compressed(
        out,
        buckets=kept,
        weights=small[kept],
        scale=scale,
        gaps=np.frombuffer("\n".join(gaps).encode(), np.uint8),
        turns=turns.astype(np.float16),
    )
    print(f"{out}: {len(kept)} features, {out.stat().st_size / 1024:.0f} kB")


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=60000)
    options.add_argument("--rounds", type=int, default=6)
    options.add_argument("--without", default="")
    options.add_argument("--out", type=Path, default=DEFAULT_OUT)
    asked = options.parse_args()
    lines = styles(frozenset(filter(None, asked.without.split(","))))
    found = examples(lines, asked.entries, _SEED)
    print(f"{len(lines)} lines of styles, {len(found)} entries", flush=True)
    save(asked.out, *fit(found, asked.rounds))


if __name__ == "__main__":
    main()
