"""Numbers of things in messages."""

from __future__ import annotations

import pytest

from recover.text.messages import counted


@pytest.mark.parametrize(
    ("number", "nouns", "told"),
    [
        (0, ("problem",), "0 problems"),
        (1, ("problem",), "1 problem"),
        (2, ("problem",), "2 problems"),
        (1, ("clash", "clashes"), "1 clash"),
        (3, ("clash", "clashes"), "3 clashes"),
    ],
)
def test_one_is_singular(number: int, nouns: tuple[str, ...], told: str) -> None:
    assert counted(number, *nouns) == told
