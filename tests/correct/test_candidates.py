"""Where something else may stand than what was read, and what."""

from __future__ import annotations

import pytest

from recover.glossary.matcher import Trie
from recover.stages.correct.candidates.characters import characters, letters
from recover.stages.correct.candidates.marks import lost_marks, marks, spaces, widths
from recover.stages.correct.candidates.terms import terms
from recover.stages.correct.candidates.words import words
from recover.stages.correct.known import Terms
from recover.stages.correct.place import places
from tests.correct.doubtful_pages import doubtful_line, page_of, place_of, with_insertion


def test_every_mark_with_two_widths_may_have_the_other() -> None:
    found = [(one.was, one.now, one.sign) for one in widths(place_of(doubtful_line("甲,乙，丙。")))]
    assert found == [(",", "，", 1), ("，", ",", -1)]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("NMR (400 MHz", []),
        ("NMR(400 MHz", ["（"]),
        ("(a) x", ["（"]),
        ("on 22q11.2 in", []),
        ("见图4.这一", ["．"]),
        ("其二,….所谓", []),
        ("其一....；其二", [";"]),
    ],
)
def test_no_mark_fills_a_cell_beside_a_space_nor_a_dot_between_letters_nor_one_of_an_ellipsis(
    text: str, now: list[str]
) -> None:
    assert [one.now for one in widths(place_of(doubtful_line(text)))] == now


def test_a_doubted_mark_may_be_another_or_dirt() -> None:
    place = place_of(doubtful_line("甲.乙.丙", {1: [("，", 0.3), ("一", 0.1)]}))
    assert [(one.start, one.kind, one.now, one.share) for one in marks(place)] == [
        (1, "speck", "", 0.0),
        (1, "mark", "，", 0.3),
    ]


@pytest.mark.parametrize(
    ("text", "at"), [("其二,….所谓", 4), ("其一，.；其二", 3), ("弯矩59kN·m为", 6), ("28(11): 17", 6)]
)
def test_dots_of_an_ellipsis_points_between_letters_and_colons_before_figures_are_no_dirt(text: str, at: int) -> None:
    assert not [one for one in marks(place_of(doubtful_line(text, {at: [("", 0.3)]}))) if one.kind == "speck"]


def test_what_was_nearly_seen_may_be_put_in() -> None:
    line = with_insertion(doubtful_line("甲乙"), 1, ",", 0.2)
    assert [(one.start, one.now) for one in lost_marks(place_of(line), "both")] == [(1, "，")]
    line = with_insertion(doubtful_line("motorneuron与"), 5, " ", 0.2)
    assert [(one.start, one.now) for one in spaces(place_of(line))] == [(5, " ")]


def test_a_space_that_was_read_between_words_may_be_none() -> None:
    found = [(one.start, one.was, one.now, one.sign) for one in spaces(place_of(doubtful_line("a b 中 c")))]
    assert found == [(1, " ", "", -1)]


def test_no_mark_parts_the_number_of_a_table_from_a_figure_behind_it() -> None:
    line = with_insertion(doubtful_line("表3126批"), 2, ".", 0.2)
    assert not [*lost_marks(place_of(line), "both")]
    line = with_insertion(doubtful_line("共3126批"), 2, ".", 0.2)
    assert [(one.start, one.now) for one in lost_marks(place_of(line), "both")] == [(2, ".")]


def test_letters_printed_alike_and_characters_that_were_named() -> None:
    assert [(one.was, one.now) for one in letters(place_of(doubtful_line("第1条", {1: []})))] == [
        ("1", "l"),
        ("1", "I"),
        ("1", "|"),
    ]
    place = place_of(doubtful_line("申方", {0: [("甲", 0.4), ("由", 0.0001)]}))
    assert [(one.was, one.now) for one in characters(place)] == [("申", "甲")]


@pytest.mark.parametrize(
    ("text", "is_element"),
    [
        ("溶于HCl中", True),
        ("用CDCl3", True),
        ("PdCl2与", True),
        ("95%Cl为", False),
        ("MCl患者", False),
        ("生成Al的", False),
    ],
)
def test_chlorine_in_a_formula_stays(text: str, is_element: bool) -> None:
    place = place_of(doubtful_line(text, {text.index("l"): [("I", 0.3)]}))
    assert (not [*letters(place)]) == is_element


def test_an_unknown_word_may_be_the_nearest_known_one_a_known_one_stays() -> None:
    (found,) = words(place_of(doubtful_line("with the farily of", {11: [("m", 0.3)]})))
    assert (found.was, found.now) == ("farily", "family")
    assert not [*words(place_of(doubtful_line("the cold house", {4: [("b", 0.3)]})))]
    assert not [*words(place_of(doubtful_line("file_nanne.txt", {7: [("m", 0.3)]})))]


def test_a_term_is_spelt_by_what_the_reader_saw_over_the_line_s_end_too() -> None:
    known = Terms(Trie(["肌萎缩侧索硬化"]))
    (found,) = terms(place_of(doubtful_line("肌姜缩侧索硬化症", {1: [("萎", 0.3)]})), known)
    assert (found.start, found.was, found.now, found.word) == (1, "姜", "萎", "肌萎缩侧索硬化")
    above = doubtful_line("患有肌姜缩侧", {3: [("萎", 0.3)]}, name="l1")
    (found,) = terms(place_of(above, doubtful_line("索硬化的人", name="l2")), known)
    assert (found.start, found.now) == (3, "萎")
    assert not [*terms(place_of(doubtful_line("肌姜缩侧索硬化", {1: [("美", 0.3)]})), known)]


def test_a_term_changes_no_roman_number() -> None:
    known = Terms(Trie(["phaseitrial"]))
    assert [one.now for one in terms(place_of(doubtful_line("phase l trial", {6: [("I", 0.3)]})), known)] == ["I"]
    assert not [*terms(place_of(doubtful_line("phase Ⅲ trial", {6: [("I", 0.3)]})), known)]


def test_a_paragraph_that_ends_without_a_mark_may_have_lost_its_stop() -> None:
    first, last = doubtful_line("本文研究了材料的性"), doubtful_line("能与用途[3]", name="l2")
    above, below = (place for _, _, place in places(page_of(first, last)))
    assert [(one.start, one.now) for one in lost_marks(below, "rings")] == [(7, "。")]
    assert [one.now for one in lost_marks(below, "dots")] == ["."]
    assert not [*lost_marks(below, "both")]
    assert not [*lost_marks(above, "rings")]
    assert not [*lost_marks(place_of(doubtful_line("图的题名")), "rings")]


def test_capitals_and_roman_numbers_change_together_however_sure_their_reader_was() -> None:
    told = {text: [(one.was, one.now) for one in letters(place_of(doubtful_line(text)))] for text in ROWS}
    assert told == ROWS


ROWS = {
    "BACKGRouND: The": [("BACKGRouND", "BACKGROUND")],
    "phase Ill trials": [("Ill", "III")],
    "in phase II trials": [],
    "mRNA and miRNAs": [],
    "11 of 111": [],
    "I11ich, Nei11": [("I11ich", "Illich"), ("Nei11", "Neill")],
    "SOD1 v1.10 H10": [],
}
