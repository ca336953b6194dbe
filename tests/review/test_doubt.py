from __future__ import annotations

import pytest

from recover.model.records import PageLine
from recover.review.error_features import Language, marks_of
from recover.review.ranking import find_doubts, score_line
from recover.review.suggest import Lexicon, lexicon


def line(text: str, doubts: dict[int, tuple[int, tuple[tuple[str, int], ...]]]) -> PageLine:
    return PageLine(
        id="p1.l1",
        text=text,
        quad=(0, 0, 100, 0, 100, 10, 0, 10),
        edges=tuple(range(2 * len(text))),
        confidences=tuple(doubts[at][0] if at in doubts else 1000 for at in range(len(text))),
        origin="ppocr",
        doubts=tuple((at, others) for at, (_, others) in doubts.items()),
    )


def language(*own: str) -> Language:
    usual = ["神经细胞，运动神经元。移植，细胞。胚胎，组织"] * 20
    return Language(lexicon(), dict.fromkeys(own, 5), marks_of(usual), frozenset({"[12]"}))


# Two readings of equal confidence: the first is the likelier error.
@pytest.mark.parametrize(
    ("wrong", "right", "at", "rival", "own"),
    [
        ("请导多能干细胞", "诱导多能干细胞", 0, ("诱", "请"), ()),
        ("附塑.料生长", "细胞，移植", 2, ("", "。"), ()),
        ("such cetls may", "such cells may", 7, ("l", "t"), ("cells",)),
        ("inflammàtion", "inflammation", 7, ("a", "e"), ()),
        ("CONCLUsION", "CONCLUSION", 6, ("S", "5"), ()),
        ("细胞°移植", "细胞，移植", 2, ("，", "。"), ()),
        ("a BACKGROVND of", "a BACKGROUND of", 7, ("", ""), ()),
        ("an interleuxin of", "an interleukin of", 10, ("", ""), ()),
        ("细胞(移植", "细胞(移)植", 2, ("", ""), ()),
        ("细胞[17]移植", "细胞[12]移植", 4, ("", ""), ()),
        ("胞细神经", "细胞神经", 0, ("", ""), ()),
    ],
)
def test_what_is_unusual_is_doubted_more(
    wrong: str, right: str, at: int, rival: tuple[str, str], own: tuple[str, ...]
) -> None:
    told = language(*own)
    scores = [
        score_line(line(text, {at: (700, ((other, 200),))}), told)[at]
        for text, other in ((wrong, rival[0]), (right, rival[1]))
    ]
    assert scores[0] > 1.3 * scores[1]


@pytest.mark.parametrize(
    ("text", "at"), [("we s may find", 3), ("the màny cells", 5), ("细胞.移植", 2)], ids=["stray", "accent", "speck"]
)
def test_some_are_doubted_however_sure_their_reader_was(text: str, at: int) -> None:
    sure = line(text, {at: (995, ())})
    assert score_line(sure, language())[at] > 0
    assert score_line(line("神经元", {1: (995, ())}), language())[1] == 0


def test_wavering_between_two_widths_of_one_mark_is_no_doubt() -> None:
    scores = score_line(line("细胞，移植", {2: (520, ((",", 470),))}), language())
    rivals = score_line(line("细胞，移植", {2: (520, (("。", 470),))}), language())
    assert scores[2] < 0.1 < rivals[2]


def test_words_go_on_over_a_lines_end() -> None:
    doubtful = line("请", {0: (700, (("诱", 250),))})
    alone = score_line(doubtful, language())[0]
    assert score_line(doubtful, language(), ("", "导多能"))[0] > alone


def test_neighbours_are_looked_at_together_and_checked_ones_not_at_all() -> None:
    doubtful = line("元经胞细元", {1: (100, ()), 2: (100, ()), 4: (100, ())})
    found = find_doubts(doubtful, 0, (), language())
    assert [(one.at, one.end) for one in found] == [(1, 3), (4, 5)]
    assert [(one.at, one.end) for one in find_doubts(doubtful, 0, ((1, 3),), language())] == [(4, 5)]


def test_unmeasured_characters_and_spaces_are_never_doubts() -> None:
    assert find_doubts(line("细 胞", {0: (-1, ()), 1: (10, ())}), 0, (), language()) == ()


def test_a_text_without_dictionary_still_has_a_cost() -> None:
    assert Lexicon({}).cost("神经a") > 0
    assert Lexicon({}).join("神", "经") == 0
