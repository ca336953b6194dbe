from __future__ import annotations

import pytest

from recover.lexicon.characters import han_share, is_han, is_latin, is_wide, language


@pytest.mark.parametrize(
    ("chars", "han", "wide", "latin"),
    [
        ("中々〇㐀𠀀", True, True, False),
        ("，。、（）《》「」　：；！？％", False, True, False),
        ("①②ⓐ", False, True, False),
        ("Ａ１", False, True, False),
        ("aZé", False, False, True),
        ("αβΩ", False, False, True),
        ("019.,;()[]-–±×℃", False, False, False),
    ],
)
def test_scripts(chars: str, han: bool, wide: bool, latin: bool) -> None:
    for char in chars:
        assert (is_han(char), is_wide(char), is_latin(char)) == (han, wide, latin), char


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("肌萎缩侧索硬化", "zh"),
        ("间充质干细胞(mesenchymal stem cell, MSC)移植", "zh"),
        ("Mesenchymal stem cells (间充质干细胞) were transplanted into patients with sporadic disease", "en"),
        ("Amyotrophic lateral sclerosis", "en"),
        ("12.5 ± 0.3", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang


def test_share_of_nothing_is_nothing() -> None:
    assert han_share("1 2 3") == 0.0
    assert han_share("中a") == 0.5
