import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.fold import fold, fold_with_origin


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("干细胞，治疗。", "干细胞,治疗."),
        ("“引号” ‘单’", "\"引号\"'单'"),
        ("（ＡＬＳ）：１", "(ALS):1"),
        ("3–5 年—后", "3-5年-后"),
        ("① 37 ℃", "137°C"),
        ("  \t\u3000 ", ""),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold_with_origin(text)
    assert folded.text == fold(text)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(piece in fold(text[origin]) for piece, origin in zip(folded.text, folded.origin, strict=True))
