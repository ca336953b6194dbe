"""How likely English words are, and where a run of letters parts into words."""

from __future__ import annotations

import pytest

from recover.lexicon.english import likelihood, parting


@pytest.mark.parametrize(
    ("left", "right", "is_parted"),
    [
        ("remain", "unclear", True),
        ("mirrorimage", "hand", True),
        ("mechani", "sms", False),
        ("out", "come", False),
        ("rema", "in", False),
    ],
)
def test_a_run_of_letters_parts_between_its_words(left: str, right: str, is_parted: bool) -> None:
    assert (parting(left, right) > 0) == is_parted


def test_words_of_a_run_are_found() -> None:
    assert likelihood("theimage") == pytest.approx(likelihood("the") + likelihood("image"))
    assert likelihood("qzxv") > likelihood("qzxvqzxv")
