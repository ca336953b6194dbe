"""Which lines of a text layer are kept, read again, or made one with a reading."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from recover.model.geometry import Box
from recover.model.page import LayerText, Line
from recover.stages.legibility.reconcile import decide, reconcile
from recover.stages.legibility.verdict import (
    Evidence,
    Verdict,
    compare_in_place,
    compare_readings,
    is_nonsense,
    is_short_of_print,
    is_unmapped,
    summarise,
)

CHINESE = [
    "肌萎缩侧索硬化是一种进行性加重的神经退行性疾病",
    "现有药物只能有限地延缓病程，患者多死于呼吸衰竭",
    "间充质干细胞分泌神经营养因子并调节炎症反应",
    "今后应统一细胞质量标准，优选给药途径和剂量",
    "移植细胞能否存活取决于宿主的微环境",
]
ENGLISH = [
    "Motor neurons degenerate in the cortex and the spinal cord",
    "The drugs in use slow the course of the disease only a little",
]
GARBLED = ["RAT aS TR EF ARH AGS BRR", "FAA BS A RBR PRA BE Se ie", "HTS ABR Ae FER AA RS wit"]


def set_text(text: str, fonts: Sequence[str] = ()) -> LayerText:
    boxes = tuple(Box(10.0 * at, 0, 10.0 * at + 9, 10) for at in range(len(text)))
    return LayerText(text=text, boxes=boxes, fonts=tuple(fonts) or ("F1",) * len(text))


def gather(layer: Sequence[LayerText], printed: Sequence[str], faults: dict[str, str] | None = None) -> Evidence:
    boxes = tuple(Box(0, 0, max(10.0, 10.0 * len(text.text)), 10) for text in layer)
    return Evidence(
        layer=tuple(layer),
        boxes=boxes,
        faults=faults or {},
        read=lambda indexes: [read_line(printed[index], "p") for index in indexes],
    )


def outcomes(verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.outcome for verdict in verdicts]


def test_a_right_layer_over_a_scan_is_kept() -> None:
    evidence = gather([set_text(text) for text in CHINESE], CHINESE)
    assert outcomes(decide(evidence, "auto", is_picture=True)) == ["keep"] * 5


def test_english_stays_above_a_garbled_chinese_body() -> None:
    layer = [set_text(text) for text in (*ENGLISH, *GARBLED)]
    verdicts = decide(gather(layer, [*ENGLISH, *CHINESE[:3]]), "auto", is_picture=True)
    assert outcomes(verdicts) == ["keep", "keep", "re-read", "re-read", "re-read"]


def test_a_nearly_right_line_of_a_doubtful_layer_is_reconciled() -> None:
    worse = CHINESE[0].replace("硬化", "便化")
    layer = [set_text(text) for text in (worse, *GARBLED)]
    verdicts = decide(gather(layer, [CHINESE[0], *CHINESE[1:4]]), "auto", is_picture=True)
    assert outcomes(verdicts) == ["reconcile", "re-read", "re-read", "re-read"]


def test_one_garbled_font_among_good_ones() -> None:
    mixed = "中文hello there"
    layer = [set_text("乱码乱码乱码乱码乱码乱码", ["BAD"] * 12), set_text(mixed, ["BAD"] * 2 + ["GOOD"] * 11)]
    layer.append(set_text(ENGLISH[0], ["GOOD"] * len(ENGLISH[0])))
    printed = ["肌萎缩侧索硬化是一种疾病", "背景hello there", ENGLISH[0]]
    verdicts = decide(gather(layer, printed), "auto", is_picture=False)
    assert outcomes(verdicts) == ["re-read", "reconcile", "keep"]
    assert verdicts[1].trusted == (False, False, *(True,) * 11)


def test_a_font_without_a_map_is_not_believed_unread() -> None:
    evidence = gather([set_text(CHINESE[0])], [CHINESE[0]], {"F1": "no map"})
    assert decide(evidence, "auto", is_picture=False)[0] == Verdict("re-read", "no map", ())


@pytest.mark.parametrize(("choice", "outcome"), [("keep", "keep"), ("ignore", "none")])
def test_the_user_overrides(choice: str, outcome: str) -> None:
    evidence = gather([set_text(GARBLED[0])], [CHINESE[0]])
    assert outcomes(decide(evidence, choice, is_picture=True)) == [outcome]  # type: ignore[arg-type]


def test_lines_without_a_layer_need_no_verdict() -> None:
    assert outcomes(decide(gather([set_text("")], [CHINESE[0]]), "auto", is_picture=True)) == ["none"]


@pytest.mark.parametrize(
    ("text", "unmapped"), [("(cid:12)(cid:4)", True), ("a\ue004b", True), ("a\ufffdb", True), ("(cid) 细胞", False)]
)
def test_unmapped_characters(text: str, unmapped: bool) -> None:
    assert is_unmapped(text) is unmapped


@pytest.mark.parametrize("text", ["SOD1G93A", "1.2", "[11-12]", "TDP-43", CHINESE[0], ENGLISH[0]])
def test_symbols_and_language_are_no_nonsense(text: str) -> None:
    assert not is_nonsense(text)


def test_missing_print_is_more_than_a_finders_frame() -> None:
    assert is_short_of_print(set_text("间"), Box(0, 0, 100, 10))
    assert not is_short_of_print(set_text("摘要"), Box(-5, -2, 26, 12))


def test_agreement_ignores_width_and_white() -> None:
    assert compare_readings("背景：肌 萎缩", "背景:肌萎缩").share == 1.0
    assert compare_readings("肌萎缩", "肌姜缩").same == (True, False, True)
    assert compare_readings("肌", "肌萎缩").missing == 2


def read_line(text: str, letter: str) -> Line:
    places = tuple(10.0 * at for at in range(len(text)))
    return Line(
        id="l1",
        text=text,
        box=Box(0, 0, 10.0 * max(1, len(text)), 10),
        lefts=places,
        rights=tuple(place + 9 for place in places),
        confidences=(0.99,) * len(text),
        readers=letter * len(text),
    )


def test_reconciling_keeps_trusted_type_and_reads_the_rest() -> None:
    layer, read = read_line("乱码SOD1基因", "t"), read_line("背景S0D1基因", "p")
    merged = reconcile(layer, read, (False, False, *(True,) * 6), is_drawn=True)
    assert merged.text == "背景SOD1基因"
    assert merged.readers == "pptttttt"


def test_over_a_scan_a_sure_reading_wins() -> None:
    layer, read = read_line("肌姜缩", "t"), read_line("肌萎缩", "p")
    assert reconcile(layer, read, (True,) * 3, is_drawn=False).text == "肌萎缩"


def test_a_regions_decision_tells_what_its_lines_have_in_common() -> None:
    assert summarise([Verdict("keep", "a"), Verdict("none")]).outcome == "keep"
    mixed = summarise([Verdict("keep", "a"), Verdict("re-read", "b")])
    assert (mixed.outcome, mixed.reasons) == ("reconcile", ("a (1 of 2 lines)", "b (1 of 2 lines)"))


def test_what_stands_beside_a_wrong_character_is_read_however_many_there_are() -> None:
    layer = msgspec.structs.replace(
        read_line("：)@,", "t"), lefts=(0.0, 20.0, 30.0, 40.0), rights=(20.0, 30.0, 40.0, 50.0)
    )
    read = msgspec.structs.replace(
        read_line("：PQRS", "p"), lefts=(6.0, 12.0, 21.0, 30.0, 40.0), rights=(10.0, 18.0, 29.0, 40.0, 50.0)
    )
    assert reconcile(layer, read, (True, False, False, False), is_drawn=True).text == "：PQRS"


def test_a_map_that_says_the_next_character_of_the_text_is_no_right_one() -> None:
    printed = "唐代长安城的里坊制度在开元年间已经趋于完备"
    evidence = gather([set_text(printed[1:] + "。")], [printed])
    assert outcomes(decide(evidence, "auto", is_picture=False)) == ["re-read"]


def test_a_character_of_several_pieces_gives_way_as_one() -> None:
    layer, read = read_line("(乱2…¯K)", "t"), read_line("(王广廷供题)", "p")
    trusted = (True, False, False, True, False, False, True)
    assert reconcile(layer, read, trusted, is_drawn=True).text == "(王广廷供题)"


def test_marks_drawn_over_figures_stay_where_only_the_figures_were_read() -> None:
    layer = read_line("子%、&、和", "t")
    read = msgspec.structs.replace(
        read_line("子34和", "p"), lefts=(0.0, 11.0, 31.0, 50.0), rights=(10.0, 19.0, 39.0, 60.0)
    )
    trusted = (True, False, True, False, True, True)
    assert reconcile(layer, read, trusted, is_drawn=True).text == "子3、4、和"


def test_figures_are_compared_where_they_stand() -> None:
    assert compare_in_place(set_text("共695254户"), read_line("共362921户", "p")).same == (True, *[False] * 6, True)
