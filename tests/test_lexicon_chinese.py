"""Words and their frequencies as a judge of Chinese."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.lexicon.chinese import is_in_word, log_likelihood


@pytest.mark.parametrize(
    ("likely", "unlikely"), [("剂量", "制量"), ("患者", "惠者"), ("显著差异", "显箸差异"), ("每次注射", "每次注躬")]
)
def test_words_are_likelier_than_chance(likely: str, unlikely: str) -> None:
    assert log_likelihood(likely) > log_likelihood(unlikely) + 2


def test_what_is_not_chinese_costs_nothing_and_parts_words() -> None:
    assert log_likelihood("SOD1, 5%") == 0
    assert log_likelihood("剂A量") < log_likelihood("剂量")


@given(st.text(alphabet="干细胞移植的a1，", max_size=12))
def test_every_text_has_a_likelihood(text: str) -> None:
    assert -math.inf < log_likelihood(text) <= 0


def test_a_word_around_a_place() -> None:
    assert is_in_word("用剂量大", 1)
    assert not is_in_word("知的江", 1)
