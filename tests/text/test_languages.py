"""Which language a passage is in."""

from __future__ import annotations

import pytest

from recover.lexicon.characters import passage_language

PASSAGES = [
    ("en", "The oxygen content of the lake water was measured at three depths every second week of the summer."),
    ("de", "Der Sauerstoffgehalt des Seewassers wurde im Sommer alle zwei Wochen in drei Tiefen gemessen."),
    ("fr", "La teneur en oxygène des eaux du lac a été mesurée à trois profondeurs pendant tout un été."),
    ("es", "El contenido de oxígeno del agua del lago se midió a tres profundidades durante todo el verano."),
    ("ru", "Содержание кислорода в воде озера измеряли на трёх глубинах каждые две недели летом."),
    ("ja", "湖水の酸素濃度を夏の間、二週間ごとに三つの深さで測定した。"),
    ("zh", "夏季每两周在三个深度测定一次湖水的溶解氧含量。"),
    ("zh", "夏季每兩週在三個深度測定一次湖水的溶解氧含量，並與前人結果比較。"),
    ("zh", "采用 Kruskal-Wallis 检验比较三组，结果见 Table 2 (mean and standard deviation)。"),
    # Names, codes and short phrases tell no language of their own.
    ("en", "Müller K, García P, Dubois L, Rossi M, Novák J, Andersson K, Kowalski P, Nguyen T, Silva R"),
    ("en", "Lac Léman"),
    ("und", "12.5 % (3/24)"),
]


@pytest.mark.parametrize(("lang", "text"), PASSAGES)
def test_a_passage_is_in_the_language_it_is_printed_in(lang: str, text: str) -> None:
    assert passage_language(text) == lang
