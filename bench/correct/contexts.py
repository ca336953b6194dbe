"""Fit what texts say of marks: ``python -m bench.correct.contexts -o CONTEXTS.json --data FOLDER``.

No page is read: the texts of random pages of the half to fit on are enough.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from bench.correct.pages import make_page
from bench.correct.texts import Sources
from recover.stages.correct.features.context import CLASS_OF, CLASSES, signs

# Signs seen less often say nothing; of the places without a mark one in so many is learnt from.
LEAST, SHARE = 25, 0.04
# As many signs as a place has at most, and the strength of the prior.
MOST, RIDGE, TURNS = 12, 8.0, 250
# Pages of higher numbers are never read.
FIRST = 5000


def places(text: str, chance: random.Random) -> Iterator[tuple[list[str], int]]:
    """The places of a text with their class of mark; of those without one a sample."""
    for at in range(1, len(text) + 1):
        char = text[at : at + 1]
        if char and char in CLASS_OF:
            yield list(signs(text[:at], text[at + 1 :])), CLASS_OF[char]
        elif text[at - 1] not in CLASS_OF and chance.random() < SHARE:
            yield list(signs(text[:at], text[at:])), 0


def fit(rows: Sequence[tuple[list[str], int]]) -> dict[str, list[float]]:
    """The weights of a multinomial logistic model over the signs that are seen often enough."""
    counts = Counter(sign for found, _ in rows for sign in found)
    columns = {sign: at for at, sign in enumerate(sorted(one for one, times in counts.items() if times >= LEAST))}
    found = np.full((len(rows), MOST), len(columns))
    for row, (seen, _) in enumerate(rows):
        known = [columns[sign] for sign in seen if sign in columns]
        found[row, : len(known)] = known
    truth = np.eye(len(CLASSES))[[which for _, which in rows]]
    weights = _descend(found, truth, len(columns))
    return {sign: [round(float(value), 2) for value in weights[at]] for sign, at in columns.items()}


def _descend(found: npt.NDArray[np.int64], truth: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    weights = np.zeros((size + 1, len(CLASSES)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for turn in range(1, TURNS + 1):
        scores = weights[found].sum(axis=1)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = shares / shares.sum(axis=1, keepdims=True) - truth
        gradient = RIDGE * weights
        for which in range(len(CLASSES)):
            gradient[:, which] += np.bincount(found.ravel(), np.repeat(error[:, which], MOST), size + 1)
        gradient[-1] = 0
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights -= 0.1 * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit what texts say of marks.")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of texts, references and terms")
    parser.add_argument("-n", "--pages", type=int, default=150)
    given = parser.parse_args()
    chance, sources = random.Random(0), Sources(given.data, 0)  # noqa: S311 the same places each time
    texts = (text for number in range(given.pages) for text in make_page(FIRST + number, 0, sources).paragraphs)
    table = fit([row for text in texts for row in places(text, chance)])
    given.output.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="deterministic"), indent=0))


if __name__ == "__main__":
    main()
