"""Accents over words that have none are dirt; those of names stay."""

from __future__ import annotations

import pytest

from recover.stages.biasing.accents import settle_accents
from tests.biasing.test_spelling import page


@pytest.mark.parametrize(
    ("text", "at", "printed"),
    [
        ("cells mày show", 7, "cells may show"),
        ("the thé choice", 6, "the the choice"),
        ("Lindvałl O, Smith J", 6, "Lindvall O, Smith J"),
        ("found à drug", 6, "found a drug"),
        ("the café there", 7, "the café there"),  # printed so as well
        ("GÖRITZ C, Smith J", 1, "GÖRITZ C, Smith J"),  # a name
        ("Ramón-Cueto found", 3, "Ramón-Cueto found"),  # no word either way
        ("found ò drug", 6, "found ò drug"),  # o is no word
    ],
)
def test_accents_where_no_word_has_them(text: str, at: int, printed: str) -> None:
    (settled,) = settle_accents([page(text, doubts={at: ("x", 0.1)})])
    assert settled.regions[0].lines[0].text == printed
    assert len(settled.corrections) == (text != printed)


def test_a_letter_of_another_alphabet_that_its_reader_was_sure_of_stays() -> None:
    (settled,) = settle_accents([page("Łukasz K, Smith J", doubts={0: ("L", 0.003)}, own=0.995)])
    assert settled.corrections == ()
