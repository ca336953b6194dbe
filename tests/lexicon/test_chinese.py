from __future__ import annotations

import pytest

from recover.lexicon.chinese import is_in_word, log_likelihood


@pytest.mark.parametrize(
    ("traditional", "simplified"), [("測序分析", "测序分析"), ("廣泛關注", "广泛关注"), ("病程組成", "病程组成")]
)
def test_no_script_is_likelier_than_the_other(traditional: str, simplified: str) -> None:
    assert log_likelihood(traditional) == pytest.approx(log_likelihood(simplified))
    assert is_in_word(traditional, 0) == is_in_word(simplified, 0)


def test_words_are_likelier_than_characters_that_make_none() -> None:
    assert log_likelihood("肌肉萎缩") > log_likelihood("肌肉姜缩") + 5
