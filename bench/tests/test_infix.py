import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from bench.accuracy.infix import find_infix

_SHORT = st.text(alphabet="甲乙丙a", max_size=7)


@pytest.mark.parametrize(
    ("query", "target", "distance", "part"),
    [
        ("间充质", "骨髓间充质干细胞", 0, "间充质"),
        ("间充质", "骨髓间允质干细胞", 1, "间允质"),
        ("间充质", "骨髓间充X质干细胞", 1, "间充"),
        ("间充质", "", 3, ""),
        ("甲乙丙丁", "甲乙XXXXXX丙丁", 2, "甲乙"),
    ],
)
def test_finds_the_nearest_part(query: str, target: str, distance: int, part: str) -> None:
    infix = find_infix(query, target)
    assert infix.distance == distance
    assert Levenshtein.distance(query, target[infix.start : infix.end]) == distance
    assert len(target[infix.start : infix.end]) >= len(part)


def test_prefers_a_place_behind_the_last_one() -> None:
    assert find_infix("同上", "同上。甲。同上。").start == 0
    assert find_infix("同上", "同上。甲。同上。", after=2).start == 5


@given(_SHORT.filter(bool), _SHORT)
def test_no_part_is_nearer(query: str, target: str) -> None:
    infix = find_infix(query, target)
    parts = [target[i:j] for i in range(len(target) + 1) for j in range(i, len(target) + 1)]
    assert infix.distance == min(Levenshtein.distance(query, part) for part in parts)
    assert infix.distance == Levenshtein.distance(query, target[infix.start : infix.end])
