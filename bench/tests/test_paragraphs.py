import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.measures.paragraphs import (
    longest_increasing,
    paragraph_error,
    paragraph_order,
    place_paragraphs,
)

_TRUE = (
    "肌萎缩侧索硬化是一种神经退行性疾病，病程三至五年。",
    "间充质干细胞分泌多种神经营养因子，调节免疫反应。",
    "诱导多能干细胞可用于疾病模型的建立与药物的筛选。",
)


def test_whole_text_in_order_has_no_error() -> None:
    placed = place_paragraphs(_TRUE, ("题目", *_TRUE, "脚注"))
    assert paragraph_error(placed).value == 0
    assert paragraph_order(placed).value == 1


def test_a_wrong_character_counts_one() -> None:
    placed = place_paragraphs(_TRUE, [text.replace("萎", "委") for text in _TRUE])
    assert paragraph_error(placed).right == 1


def test_punctuation_width_and_spaces_cost_nothing() -> None:
    read = [text.replace("，", ", ").replace("。", ".") for text in _TRUE]
    assert paragraph_error(place_paragraphs(_TRUE, read)).right == 0


def test_interleaved_columns_are_errors() -> None:
    first, second, third = _TRUE
    torn = [first[:12] + second[:12], first[12:] + second[12:], third]
    assert paragraph_error(place_paragraphs(_TRUE, torn)).value > 0.25


def test_a_moved_paragraph_is_out_of_order() -> None:
    placed = place_paragraphs(_TRUE, (_TRUE[2], _TRUE[0], _TRUE[1]))
    assert paragraph_order(placed).value == pytest.approx(2 / 3)


@given(st.lists(st.integers(0, 9), max_size=8))
def test_longest_increasing_run(values: list[int]) -> None:
    def best(rest: list[int], above: int) -> int:
        return max((1 + best(rest[i + 1 :], v) for i, v in enumerate(rest) if v > above), default=0)

    assert longest_increasing(values) == best(values, -1)
