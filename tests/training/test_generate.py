"""The examples that the reference model is fitted to, and the fitting itself on a few of them."""

from __future__ import annotations

import pytest

from recover.stages.references.tagger import LABELS
from training.references.generate import STYLES, Generator, styles
from training.references.train import examples, fit

FILES = sorted(path.stem for path in STYLES.glob("*.txt"))


@pytest.mark.parametrize("style", FILES)
def test_every_line_of_a_style_can_be_filled(style: str) -> None:
    lines = styles(without=frozenset(FILES) - {style})
    assert lines
    for line in dict.fromkeys(lines):
        ((text, labels),) = Generator([line], seed=3).entries(1)
        assert len(text) == len(labels)
        assert set(labels) <= set(LABELS)
        assert not set("{}⟦⟧⟨⟩｜") & set(text)


def test_the_same_seed_gives_the_same_entries() -> None:
    first, second = (list(Generator(styles(), seed=5).entries(5)) for _ in range(2))
    assert first == second


def test_a_model_fitted_to_few_entries_labels_them() -> None:
    found = examples(["{A:van}. {T:en}. {J:abbr}. {Y};{V}({I:n}):{P}."], 60, seed=1)
    weights, gaps, turns = fit(found, rounds=2)
    assert weights.any()
    assert turns.shape == (len(gaps), len(LABELS), len(LABELS))
