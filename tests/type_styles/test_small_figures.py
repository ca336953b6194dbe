"""Small type whose ink hardly tells, told by what stands around it."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from printed_lines import make_line

from recover.model.page import Alternative, Doubt, Line, Reading
from recover.stages.type_styles.scripts import mark_scripts
from recover.stages.type_styles.small_type import with_small_type
from recover.stages.type_styles.zones import Picture

HAN, CAPITAL, BASELINE = 0.9, 0.7, 0.85
PLAIN = "河水在春季上涨时含沙量最大因此取样ABC123"


def line(text: str, small: str = "", foot: float = 0.04, height: float = 0.45, figures: float = CAPITAL) -> Line:
    """A line whose ``small`` part ends ``foot`` below the baseline and is so high, in shares of the line's height."""
    tops, bottoms = [], []
    start = text.index(small) if small else -1
    for at, char in enumerate(text):
        is_small = start <= at < start + len(small)
        high = height if is_small else figures if char.isdecimal() else CAPITAL if char.isascii() else HAN
        bottom = BASELINE + (foot if is_small else 0.0 if char.isascii() else 0.05)
        tops.append(bottom - high)
        bottoms.append(bottom)
    count = len(text)
    return msgspec.structs.replace(
        make_line(text), tops=tuple(tops), bottoms=tuple(bottoms), weights=(0.08,) * count, confidences=(0.9,) * count
    )


def scripts(one: Line, figures: float = CAPITAL) -> str:
    page = [line(PLAIN, figures=figures) for _ in range(3)]
    return mark_scripts([*page, one])[-1].styles


def test_small_figures_behind_a_letter_are_lowered_however_little_they_sink() -> None:
    assert scripts(line("模型的Q10值为三点五", small="10")) == "00002200000"
    assert scripts(line("模型的Q10值为三点五", small="10", foot=0.0)) == ""


def test_old_style_figures_are_not() -> None:
    assert scripts(line("模型的Q10值为三点五", small="10", figures=0.45), figures=0.45) == ""


def test_raised_numbers_behind_a_name_are_parted_by_a_comma() -> None:
    one = line("作者赵可1.3，孙大成二人", small="1.3", foot=-0.35, height=0.4)
    found = mark_scripts([*(line(PLAIN) for _ in range(3)), one])[-1]
    assert (found.text, found.styles[4:7]) == ("作者赵可1,3，孙大成二人", "111")


def test_a_raised_figure_behind_a_point_is_a_decimal() -> None:
    assert scripts(line("效率为48.1%，受访者都同意", small="1", foot=-0.35, height=0.4)) == ""


def test_a_raised_figure_before_a_percent_sign_is_worn() -> None:
    assert scripts(line("效率为5.40%，受访者都同意", small="0", foot=-0.35, height=0.4)) == ""


def test_a_figure_in_a_date_is_on_the_line() -> None:
    assert scripts(line("收稿日期：2019-06-21修回", small="6", foot=-0.35, height=0.4)) == ""
    assert scripts(line("剂量为2×106-8个细胞", small="6", foot=-0.35, height=0.4)) != ""


def test_a_short_word_that_a_sentence_begins_with_is_one() -> None:
    assert scripts(line("We find that both rivers rise", small="e", foot=-0.35, height=0.4)) == ""
    assert scripts(line("Xn is the height of both rivers", small="n", foot=-0.35, height=0.4)).startswith("01")


@pytest.mark.parametrize(
    ("read", "now"),
    [
        ("培养基中Na*的浓度不变", "培养基中Na+的浓度不变"),
        ("血K*为5.3 mmol/L", "血K+为5.3 mmol/L"),
        ("设K*为域K的乘法群", "设K*为域K的乘法群"),
        ("野生型Nrf2*/*小鼠", "野生型Nrf2+/+小鼠"),
        ("令a=Na*b", "令a=Na*b"),
        ("CD34*细胞增多", "CD34+细胞增多"),
    ],
)
def test_stars_behind_metals_and_genes_are_plus_signs(read: str, now: str) -> None:
    empty = Picture(np.full((20, 20), 255, np.uint8), 0.0, 1.0, np.zeros((0, 4), np.int32))
    (found,) = with_small_type([make_line(read)], [empty], lambda _: ())
    assert found.text == now


def test_a_sign_between_two_raised_figures_stands_on_the_line_and_one_between_lowered_letters_does_not() -> None:
    assert scripts(line("曲线方程x2=2为已知条件", small="2=2", foot=-0.35, height=0.4)) == "0000010100000"
    assert scripts(line("对所有的Ti=1求和以后", small="i=1", foot=0.1, height=0.35))[5:8] == "222"


def test_a_letter_behind_a_bracket_is_not_raised() -> None:
    assert scripts(line("两组无差异(P>5)的结果", small="P", foot=-0.35, height=0.4)) == ""
    assert scripts(line("数值以后m(P>5)的结果", small="(P>5)", foot=-0.35, height=0.4)) != ""


def hanging(char: str, other: str, behind: str = "", foot: float = 0.08) -> Line:
    """A line with a low, small character that may be another, and what stands behind it."""
    one = line("流量为每秒三十立方m" + char + behind, small="m" + char, foot=foot, height=0.3)
    doubt = Doubt(len(one.text) - len(behind) - 1, (Alternative(other, 0.2, "p"),))
    return msgspec.structs.replace(one, doubts=(doubt,))


def reread(one: Line) -> str:
    empty = Picture(np.full((20, 20), 255, np.uint8), 0.0, 1.0, np.zeros((0, 4), np.int32))
    lines = [*(line(PLAIN) for _ in range(3)), one]
    return with_small_type(lines, [empty] * len(lines), lambda _: ())[-1].text


@pytest.mark.parametrize("behind", ["", "热导率"])
def test_a_low_ring_that_may_be_a_full_stop_ends_a_sentence(behind: str) -> None:
    assert reread(hanging("0", "。", behind)) == "流量为每秒三十立方m。" + behind


def test_figures_on_the_line_before_a_letter_or_without_the_doubt_are_none() -> None:
    assert reread(hanging("0", "。", foot=0.0)).endswith("m0")
    assert reread(hanging("0", "。", "A")).endswith("m0A")
    assert reread(hanging("0", "o")).endswith("m0")


@pytest.mark.parametrize(
    ("before", "behind", "taken"),
    [
        ("溶液中的离子Cl", "·", False),
        ("溶液中的离子Cl", "的", True),
        ("溶液中的离子Cl", "", True),
        ("程序库NumPY", "的", False),
    ],
)
def test_a_flat_blob_is_a_charge_only_where_a_formula_ends(before: str, behind: str, taken: bool) -> None:
    one = line(before + (behind + "测定了三次" if behind else ""))
    height = 40
    pixels = np.full((height, 10 * len(one.text) * 4), 255, np.uint8)
    blobs = []
    for at, (x0, x1) in enumerate(zip(one.lefts, one.rights, strict=True)):
        left, right = int(4 * x0) + 2, int(4 * x1) - (10 if at == 7 else 4)
        blobs.append((left, int(one.tops[at] * height), right, int(one.bottoms[at] * height)))
    x = int(4 * one.rights[7]) - 8
    blobs.append((x, 10, x + 7, 12))
    for x0, y0, x1, y1 in blobs:
        pixels[y0:y1, x0:x1] = 0
    picture = Picture(pixels, 0.0, 0.25, np.array(blobs, np.int32))
    lines = [*(line(PLAIN) for _ in range(3)), one]
    empty = Picture(np.full((20, 20), 255, np.uint8), 0.0, 1.0, np.zeros((0, 4), np.int32))
    blank = Reading(text="", centers=(), confidences=())
    read = with_small_type(lines, [empty, empty, empty, picture], lambda crops: (blank,) * len(crops))
    assert (before + "-" in read[-1].text) is taken
