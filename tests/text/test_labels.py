"""Labels of front and back matter, and words that only look like labels."""

from __future__ import annotations

import pytest

from recover.text.labels import find_label, starts_with_label


@pytest.mark.parametrize(
    ("text", "role", "printed", "rest"),
    [
        ("摘要：目的", "abstract-zh", "摘要", "目的"),
        ("摘 要 目的", "abstract-zh", "摘要", "目的"),
        ("【摘要】目的", "abstract-zh", "摘要", "目的"),
        ("[摘　要] 目的", "abstract-zh", "摘要", "目的"),
        ("Abstract: Stem cells", "abstract-en", "Abstract", "Stem cells"),
        ("ABSTRACT", "abstract-en", "ABSTRACT", ""),
        ("（本文编辑　柳　白）", "editor", "本文编辑", "柳　白）"),
        ("(收稿日期 2019-06-21)", "dates", "收稿日期", "2019-06-21)"),
        ("JEL Classification: Q14, R51", "class", "JEL Classification", "Q14, R51"),
        ("D0I：10.1000/182", "class", "D0I", "10.1000/182"),
        ("关键词：干细胞；移植", "keywords-zh", "关键词", "干细胞；移植"),
        ("Key words: stem cells", "keywords-en", "Key words", "stem cells"),
        ("Keywords stem cells", "keywords-en", "Keywords", "stem cells"),
        ("背景：肌萎缩", "part-zh", "背景", "肌萎缩"),
        ("结果与结论：移植", "part-zh", "结果与结论", "移植"),
        ("BACKGROUND: The", "part-en", "BACKGROUND", "The"),
        ("METHODS We searched", "part-en", "METHODS", "We searched"),
        ("目的 探讨", "part-zh", "目的", "探讨"),
        ("RESULTS AND CONCLUSION: Cells", "part-en", "RESULTS AND CONCLUSION", "Cells"),
        ("基金资助：国家自然科学基金", "funding", "基金资助", "国家自然科学基金"),
        ("引用本文：王", "cite", "引用本文", "王"),
        ("中图分类号：R394", "class", "中图分类号", "R394"),
        ("收稿日期：2020-01-02", "dates", "收稿日期", "2020-01-02"),
        ("通信作者：王某", "author-note", "通信作者", "王某"),
        ("利益冲突：无", "note", "利益冲突", "无"),
        ("致谢", "note", "致谢", ""),
        ("摘　要*干细胞移植", "abstract-zh", "摘要", "干细胞移植"),
        ("Keywords干细胞; stem cell", "keywords-en", "Keywords", "干细胞; stem cell"),
        ("摘要[目的]了解传承的方式", "abstract-zh", "摘要", "[目的]了解传承的方式"),
        ("Abstract[Objective] To know", "abstract-en", "Abstract", "[Objective] To know"),
        ("关键词渔船号子；传承；档案", "keywords-zh", "关键词", "渔船号子；传承；档案"),
    ],
)
def test_labels(text: str, role: str, printed: str, rest: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.role, label.printed, text[label.end :]) == (role, printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        "方法学质量评价见表 1",
        "结果显示移植后症状改善",
        "目的基因转染后",
        "Results showed that cells survived",
        "Methods of transplantation differ",
        "资助者没有参与写作",
        "编辑部收到稿件",
        "关键词包括干细胞；移植；脊髓",
        "关键词检索的结果见附录",
        "摘要[3]中的数据",
        "abstract). J Soil Sci",
        "abstract）.",
        "",
    ],
)
def test_no_labels(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(("text", "starts"), [("摘要 目的", True), ("方法：", True), ("致谢", False), ("结果", False)])
def test_only_closed_labels_begin_a_paragraph(text: str, starts: bool) -> None:
    assert starts_with_label(text) is starts


@pytest.mark.parametrize(
    ("text", "role", "rest"),
    [
        ("通信作者(Corresponding author): 卜凡", "author-note", "卜凡"),
        ("*通讯作者（Corresponding author）：卜凡", "author-note", "卜凡"),
        ("收稿日期 (Received): 2021-01-01", "dates", "2021-01-01"),
        ("关键词（Key words）：水稻；根系", "keywords-zh", "水稻；根系"),
    ],
)
def test_a_label_with_its_english_one_beside_it(text: str, role: str, rest: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.role, text[label.end :]) == (role, rest)


def test_a_bracket_without_a_colon_belongs_to_the_text() -> None:
    assert find_label("通信作者(Corresponding author) 卜凡") is None
