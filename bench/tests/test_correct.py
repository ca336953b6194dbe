"""The corrector's bench: the truth of lines, what counts as the same print, thresholds for a precision."""

from __future__ import annotations

import random
import re
from types import SimpleNamespace

import msgspec
import pytest

from bench.correct import contexts
from bench.correct.fit import UNREACHED, Examples, fit, scores, threshold, worn_threshold
from bench.correct.judge import distance, edits, judge, printed, strict
from bench.correct.pages import document_of
from bench.correct.texts import make_house, set_marks, with_citations
from recover.stages.correct.features.context import CLASSES, Contexts
from recover.stages.correct.place import Candidate
from recover.stages.correct.weights import Model
from tests.correct.doubtful_pages import doubtful_line, page_of, place_of


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("stem  cells 与 细胞", "stem cells与细胞"),
        ("甲 ，乙", "甲，乙"),
        ("１２", "12"),
        ("“甲”", '"甲"'),
        ("a…b", "a...b"),
        ("Ⅱ期", "II期"),
        ("第Ⅲ期 试验，每隔 59 d，随访", "第III期试验，每隔59 d，随访"),
        ("В.М.", "B.M."),
        ("1∶2", "1：2"),
    ],
)
def test_spaces_beside_chinese_and_figures_of_either_width_are_the_same(text: str, same: str) -> None:
    assert strict(text) == same


def test_a_blank_outside_a_quote_of_chinese_doesn_t_tell_a_mark_s_width() -> None:
    widths = (distance(f"许振超{mark}“好好干", strict(printed("许振超. “好好干"))) for mark in (". ", "． "))
    assert [*widths] == [0, 0]
    assert distance("see． “all", strict(printed("see. “all"))) == 2


def test_widths_of_marks_and_spaces_between_words_count() -> None:
    assert distance("甲,乙", "甲，乙") == 1
    assert distance("stemcells", "stem cells") == 1


def test_a_line_s_truth_ends_where_the_next_one_s_begins() -> None:
    page = page_of(doubtful_line("本文研究了材料的性"), doubtful_line("能与用途的关系，结果", name="l2"))
    judged = judge(page, ["本文研究了材料的性能与用途的关系，结果表明有效。"])
    assert [one.truth for one in judged] == ["本文研究了材料的性", "能与用途的关系，结果"]


def test_a_lost_mark_at_a_line_s_end_belongs_to_the_line() -> None:
    page = page_of(doubtful_line("本文研究了材料的性能"), doubtful_line("与用途的关系得到结果", name="l2"))
    judged = judge(page, ["本文研究了材料的性能，与用途的关系得到结果"])
    assert [one.truth for one in judged] == ["本文研究了材料的性能，", "与用途的关系得到结果"]


def test_a_paragraph_s_short_last_line_has_its_own_truth() -> None:
    page = page_of(doubtful_line("本文研究了材料的性能"), doubtful_line("方法。", name="l2"))
    judged = judge(page, ["本文研究了材料的性能方法。", "又一段没有印出来的文字"])
    assert [one.truth for one in judged] == ["本文研究了材料的性能", "方法。"]


def test_lines_that_are_nearly_the_same_have_their_own_truth() -> None:
    texts = ["其结果尚待公布的是甲法", "其结果尚待公布的是乙法", "其结果尚待公布的是丙法"]
    lines = [
        doubtful_line("其结果尚待公布的是" + end, name=f"l{at}") for at, end in enumerate(("甲法", "之法", "丙法"))
    ]
    assert [one.truth for one in judge(page_of(*lines), ["".join(texts)])] == texts


def test_a_mark_with_a_typeset_blank_behind_it_has_either_width() -> None:
    truth = judge(page_of(doubtful_line("结果有效. 本文")), ["结果有效. 本文"])[0].truth
    assert [distance(f"结果有效{mark}本文", truth) for mark in ".．,"] == [0, 0, 1]
    assert list(edits("结果有效．木文", truth)) == ["木→本"]
    plain = judge(page_of(doubtful_line("结果有效.本文")), ["结果有效.本文"])[0].truth
    assert distance("结果有效．本文", plain) == 1


def test_a_ratio_is_drawn_like_either_colon() -> None:
    truth = judge(page_of(doubtful_line("比分为21:16")), ["比分为21∶16"])[0].truth
    assert [distance(f"比分为21{mark}16", truth) for mark in ":：∶;"] == [0, 0, 0, 1]


def test_white_behind_a_dot_at_a_line_s_end_does_not_tell_its_width() -> None:
    truth = judge(page_of(doubtful_line("结果有效.")), ["结果有效．"])[0].truth
    assert [distance(f"结果有效{mark}", truth) for mark in ".．。"] == [0, 0, 1]
    assert list(edits("结果有效", truth)) == ["→."]


@pytest.mark.parametrize(
    ("text", "style", "brackets", "printed"),
    [
        ("经过(多次)试验,结果.", "full", "full", "经过（多次）试验，结果。"),
        ("经过（多次）试验,结果。", "full", "half", "经过(多次)试验，结果。"),
        ("用torch.tensor(),再", "full", "full", "用torch.tensor()，再"),
        ("see [3]; it is", "full", "full", "see [3]; it is"),
        ("甲，乙。", "half", "half", "甲,乙."),
        ("甲,乙.", "dotted", "half", "甲，乙．"),
        ("甲，乙.", "ringed", "half", "甲,乙。"),
    ],
)
def test_marks_take_the_style_of_the_house(text: str, style: str, brackets: str, printed: str) -> None:
    assert set_marks(text, style, brackets) == printed


def test_a_fit_finds_what_tells() -> None:
    rows = [([("reader.own", "low")], True)] * 40 + [([("reader.own", "high")], False)] * 40
    model = fit(rows)
    assert model.weights["reader.own"]["low"] > 1 > -1 > model.weights["reader.own"]["high"]


def test_a_threshold_is_where_no_more_than_so_many_are_wrong() -> None:
    scored = [(3.0, True)] * 95 + [(2.0, False)] * 5 + [(1.0, True)] * 5 + [(0.9, False)] * 50
    assert threshold(scored, 4) == 3.0
    assert threshold(scored, 5) == 1.0
    assert threshold([(3.0, False), (2.0, True)], 0) == UNREACHED


def test_of_several_candidates_for_a_place_one_is_right() -> None:
    places = [at // 2 for at in range(80)]
    rows = [([("pair", "a")], True), ([("pair", "b")], None)] * 40
    weights = fit(rows, places).weights["pair"]
    assert weights["a"] > 1 > -1 > weights["b"]
    seen = (Candidate(kind="mark", start=0, was=".", now="，", own=0.5), place_of(doubtful_line(".")))
    examples = Examples(rows=rows, places=places, signs=[1] * 80, seen=[seen] * 80, groups=[0] * 80, worn=[False] * 80)
    model = Model(bias=0.0, threshold=0.0, weights={"pair": {"a": 1.0, "b": 2.0}})
    assert scores(model, examples, range(80)) == []
    assert scores(msgspec.structs.replace(model, weights={}), examples, [0]) == [(0.0, True, False)]


def test_on_worn_print_right_changes_outweigh_wrong_ones() -> None:
    scored = [(3.0, True)] * 9 + [(2.0, False), (1.0, True), (1.0, True), (0.9, False)]
    assert worn_threshold(scored, 1.5) == 1.0
    assert worn_threshold(scored, 8.0) == 3.0


def test_a_document_keeps_its_house_from_page_to_page() -> None:
    terms = [["fever", "发热"], ["pain", "疼痛"], ["cough", "咳嗽"]] * 8
    house = make_house(random.Random(1), SimpleNamespace(terms=terms))  # type: ignore[arg-type]
    assert set(map(tuple, house.topic)) <= set(map(tuple, terms))
    assert document_of(0) == document_of(2) != document_of(3)


def test_citation_marks_rise_and_stand_before_the_clause_s_mark() -> None:
    text, last = with_citations(random.Random(0), "甲乙丙，" * 60, 7)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    assert numbers == sorted(numbers)
    assert numbers[0] == 8
    assert numbers[-1] == last
    assert re.sub(r"\[[\d,-]+\](?=，)", "", text) == "甲乙丙，" * 60


def test_texts_teach_what_stands_between_two_words() -> None:
    chance = random.Random(0)
    rows = [row for _ in range(40) for row in contexts.places("甲乙，但丙丁。本文戊己，但庚辛。本文", chance)]
    scores = Contexts(weights=contexts.fit(rows)).scores
    assert scores("甲乙", "但丙")[CLASSES.index("，")] > scores("甲乙", "但丙")[CLASSES.index("。")]
    assert scores("丙丁", "本文")[CLASSES.index("。")] > scores("丙丁", "本文")[CLASSES.index("，")]
