from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.search.query import characters, cutter_with, simplified, words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("干细胞", ["干", "细", "胞"]),
        ("幹細胞移植", ["干", "细", "胞", "移", "植"]),
        ("Stem cells", ["stem", "cell"]),
        ("transplanted", ["transplant"]),
        ("ALS", ["als"]),
        ("et al.", ["et", "al"]),
        ("SOD1 G93A", ["sod1", "g93a"]),
        ("ＡＬＳ患者", ["als", "患", "者"]),
        ("Müller", ["muller"]),
    ],
)
def test_characters_and_words_are_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in characters(text)] == tokens


def test_chinese_words_are_cut_with_the_words_inside_them_and_terms_kept_whole() -> None:
    found = [token.text for token in words("肌萎缩侧索硬化患者的临床表现", cutter_with(["肌萎缩侧索硬化"]))]
    assert "肌萎缩侧索硬化" in found
    assert "临床" in found


@given(st.text(alphabet="干幹细細胞abcAS1 ，。臺灣后後 \U00020000é"))
def test_offsets_name_the_text_they_stand_for(text: str) -> None:
    assert len(simplified(text)) == len(text)
    ends = 0
    for token in characters(text):
        assert ends <= token.start < token.end <= len(text)
        ends = token.end
