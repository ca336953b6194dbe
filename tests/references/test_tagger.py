"""The sequence model: its words, its signs, its bounds."""

from __future__ import annotations

import time
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.stages.references.features import Told
from recover.stages.references.parse import parse_reference, parse_references
from recover.stages.references.parts import read_parts
from recover.stages.references.tagger import LABELS, LONGEST, load
from recover.stages.references.tokens import tokens
from recover.text.vocabulary import vocabulary
from samples.references.strings import style_rows


@given(st.text(alphabet="aB1 .,《》（）王年[]-–·“", max_size=60))
def test_words_lie_in_order_and_no_letter_is_lost(text: str) -> None:
    words = tokens(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))
    kept = "".join(word.text for word in words)
    assert sum(char.isalnum() for char in text) == sum(char.isalnum() for char in kept)
    assert len(Told().add(text, words)) == len(words) + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("载孟家主编《古籍》", ["载", "孟家", "主编", "古籍"]),
        ("the protein unfolding in Chicago", ["the protein unfolding", "in", "Chicago"]),
        ("2021年3月8日第12页", ["2021年3月8日", "第", "12", "页"]),
        ("57(4): 811–823[J/OL]", ["57", "4", "811–823", "[J/OL]"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word.text for word in tokens(text)] == words


def test_a_label_for_every_word() -> None:
    tagged = load().tag("Marlow, K. B. Sand ripples. J. Fluid Mech. 88, 101–119 (2011).")
    assert len(tagged.words) == len(tagged.labels) == len(tagged.sure)
    assert set(tagged.labels) <= set(LABELS)
    assert load().tag("").words == ()


def test_entries_read_together_are_read_as_one_by_one() -> None:
    strings = [row.string for row in style_rows("all")[:40]] + ["", "...", "王" * 600]
    together = parse_references([(string, 0) for string in strings])
    assert together == [parse_reference(string) for string in reversed(strings)][::-1]


def test_names_are_told_apart_by_what_stands_between() -> None:
    for text, names in (
        ("Smith, J. A., Brown, B. & Lee, C. Title of words. Nature 1, 2–3 (2000).", ["Smith", "Brown", "Lee"]),
        ("Smith JA, Brown B. Title of words. Nature 2000;1:2-3.", ["Smith", "Brown"]),
        ("J. A. Smith and B. Brown, “Title of words,” Nature, vol. 1, pp. 2–3, 2000.", ["Smith", "Brown"]),
        ("王一、李二三. 题名的研究[J]. 学报, 2000, 1(2): 3-4.", ["王一", "李二三"]),
    ):
        assert [person.family for person in read_parts(load().tag(text)).authors] == names


@pytest.mark.parametrize("unit", ["a.", "[", "《", ",", "1", "王，", "Aa A, ", "http://"])
def test_a_long_string_is_read_no_further_than_an_entry_may_be(unit: str) -> None:
    """The work is bounded by the words that are looked at, whatever a string repeats."""
    string = (unit * 50_000)[:50_000]
    assert len(load().tag(string).words) <= LONGEST
    began = time.process_time()
    assert parse_reference(string).csl.type
    assert time.process_time() - began < 1


@pytest.mark.parametrize("sign", ["e", "ß", "ábc", "5S", "顾松年，", "J1 ", "à "])
def test_a_document_s_words_are_not_sought_in_what_is_none(sign: str) -> None:
    words = msgspec.structs.replace(
        vocabulary(["spinal cord injury and the cells"]), names=frozenset(["顾松年"]), has_marks=True
    )
    began = time.process_time()
    assert parse_reference((sign * 50_000)[:50_000], words=words).csl.type
    assert time.process_time() - began < 1
