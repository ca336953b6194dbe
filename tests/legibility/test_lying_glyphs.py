"""Single characters of a layer that are not what is printed: by outline, by reading, by their bytes."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.geometry import Box
from recover.model.page import LayerText, Line
from recover.stages.legibility.drawn import misfits, wrong_glyphs
from recover.stages.legibility.page_layer import decode_gbk, looks_misdecoded
from recover.stages.legibility.reconcile import has_uncovered_print

CELL = Box(0, 0, 10, 10)


def layer(text: str, inks: tuple[Box | None, ...] = ()) -> LayerText:
    boxes = tuple(Box(10.0 * at, 0, 10.0 * at + 10, 10) for at in range(len(text)))
    return LayerText(text=text, boxes=boxes, fonts=("F",) * len(text), inks=inks)


def line(text: str, confidence: float = 0.999) -> Line:
    places = tuple(10.0 * at for at in range(len(text)))
    return Line(
        id="l1",
        text=text,
        box=Box(0, 0, 100, 10),
        lefts=places,
        rights=tuple(place + 10.0 for place in places),
        confidences=(confidence,) * len(text),
        readers="p" * len(text),
    )


@pytest.mark.parametrize(
    ("char", "ink", "is_misfit"),
    [
        ("=", Box(0.5, 0.5, 9.5, 9.5), True),
        ("=", Box(2, 4, 8, 6), False),
        ("-", Box(0.5, 4.5, 9.5, 5.5), True),
        ("-", Box(1, 4.5, 4, 5.5), False),
        ("…", Box(0.5, 0.5, 9.5, 9.5), True),
        ("…", Box(1, 4, 9, 5), False),
        ("g", Box(0.5, 0.5, 9.5, 9.5), True),
        ("W", Box(0, 2, 9.5, 9), False),
        ("º", Box(2, 4, 6, 8.7), True),
        ("º", Box(2, 1, 5, 4), False),
        ("炎", Box(4, 7, 6, 9), True),
        ("一", Box(0.5, 4.5, 9.5, 5.5), False),
    ],
)
def test_an_outline_of_another_size_or_height_is_anothers(char: str, ink: Box, *, is_misfit: bool) -> None:
    assert misfits(layer(char, (ink,))) == (is_misfit,)


def test_a_figure_that_is_read_otherwise_is_wrong_everywhere() -> None:
    found = wrong_glyphs([layer("海拔64米"), layer("深6米")], {0: line("海拔74米")})
    assert found == {("F", "6")}


def test_a_character_is_wrong_where_only_the_print_makes_a_word() -> None:
    assert wrong_glyphs([layer("季节变匝")], {0: line("季节变化")}) == {("F", "匝")}
    assert not wrong_glyphs([layer("季节变化")], {0: line("季节变匝")})


def test_what_the_print_confirms_once_is_right() -> None:
    layers = [layer("水1"), layer("土1")]
    assert not wrong_glyphs(layers, {0: line("水7"), 1: line("土1")})


def test_bytes_of_chinese_are_turned_back() -> None:
    shown = "稻田土壤，".encode("gbk").decode("latin-1")
    decoded = decode_gbk(layer(f"Fig 2 {shown} soil"))
    assert decoded is not None
    assert decoded.layer.text == "Fig 2 稻田土壤， soil"
    assert decoded.now == ("稻田土壤，",)


@pytest.mark.parametrize("text", ["Müller et al. naïve", "À la recherche", "25 °C ± 3", "稻田土壤"])
def test_western_letters_stay(text: str) -> None:
    assert decode_gbk(layer(text)) is None
    assert not looks_misdecoded(text)


def test_print_between_the_cells_is_seen() -> None:
    import numpy as np

    ink = np.zeros((40, 200), np.uint8)
    ink[8:32, 5:35] = ink[8:32, 85:115] = 1
    cells = [Box(0, 0, 40, 40), Box(80, 0, 120, 40)]
    assert not has_uncovered_print(ink, cells)
    ink[26:32, 50:55] = 1
    assert has_uncovered_print(ink, cells)


@pytest.mark.parametrize(("text", "at"), [("，½16个", 1), ("于½开区间", 1), ("第½次", 1)])
def test_a_fraction_where_none_can_stand(text: str, at: int) -> None:
    inks = tuple(Box(10.0 * i + 1, 1, 10.0 * i + 9, 9) for i in range(6))
    assert misfits(layer(text, inks[: len(text)]))[at]
    assert not any(misfits(layer("长3½尺", inks[:4])))


def test_a_sign_that_stands_for_several_is_in_doubt() -> None:
    said, printed = "田.地.山.水.林", "田，地。山、水，林"
    assert wrong_glyphs([layer(said)], {0: line(printed)}) == {("F", ".")}
    assert not wrong_glyphs([layer("田.地.山.水.林")], {0: line("田。地。山。水，林")})


def test_one_pair_of_bytes_is_chinese_beside_others_of_its_font() -> None:
    def shown(text: str) -> str:
        return text.encode("gbk").decode("latin-1")

    mixed = decode_gbk(layer(f"{shown('稻田土壤')} 2016{shown('年')}4{shown('月')}"))
    assert mixed is not None
    assert mixed.layer.text == "稻田土壤 2016年4月"
    assert decode_gbk(layer(f"2016{shown('年')}4")) is None
    alone = decode_gbk(layer(f"2016{shown('年')}4"), mixed.fonts)
    assert alone is not None
    assert alone.layer.text == "2016年4"


def test_a_byte_given_as_a_hyphen_is_half_a_character() -> None:
    decoded = decode_gbk(layer("黄土高原曾经".encode("gbk").decode("latin-1").replace("\xad", "-")))
    assert decoded is not None
    assert decoded.layer.text == "黄土高原曾经"


def test_a_sign_beside_those_of_a_lying_font_is_not_judged() -> None:
    said, printed = layer("田%、山&、水’、"), {0: line("田3？山4？水5？")}
    fonts = tuple("G" if char in "%&’" else "F" for char in said.text)
    said = msgspec.structs.replace(said, fonts=fonts)
    assert ("F", "、") in wrong_glyphs([said], printed)
    assert ("F", "、") not in wrong_glyphs([said], printed, {"G"})
