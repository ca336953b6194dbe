"""Which lines are display formulas, told by what was read and what stands beside them."""

from __future__ import annotations

import msgspec
from printed_lines import make_line

from recover.model.page import Line, RegionKind
from recover.stages.layout.formulas import FoundFormula, find_formulas
from recover.text.numbering import is_label, number_apart

TEXT = "本研究收集了患者的样本并分析了菌群组成"


def at(text: str, x: float, y: float, size: float = 10.0) -> Line:
    return make_line(text, x, y, name=f"l{x}-{y}", size=size)


def found(lines: list[Line], seen: frozenset[int] = frozenset()) -> tuple[FoundFormula, ...]:
    """``seen`` are the lines that the network takes for formulas."""
    kinds: list[RegionKind] = ["equation" if index in seen else "text" for index in range(len(lines))]
    return find_formulas(lines, kinds, (), 10.0)


def test_a_fraction_is_gathered_with_its_number() -> None:
    lines = [
        at(TEXT, 20, 0),
        at("L =", 80, 26),
        at("2x + 3", 98, 20),
        at("N", 108, 32),
        at("(1)", 195, 26),
        at("其中N为样本总数，不含缺失值的样本除外", 20, 52),
    ]
    (formula,) = found(lines)
    assert (set(formula.lines), formula.label) == ({1, 2, 3}, 4)


def test_a_centred_line_needs_neither_number_nor_network() -> None:
    lines = [at(TEXT, 20, 0), at("E = a + b", 90, 20), at(TEXT, 20, 40)]
    assert [formula.lines for formula in found(lines)] == [(1,)]


def test_mathematics_inside_a_line_of_text_is_none() -> None:
    lines = [at(TEXT, 20, 0), at("取显著性水平", 40, 20), at("P < 0.05", 105, 20), at(TEXT, 20, 40)]
    assert found(lines) == ()


def test_a_line_that_begins_at_the_edge_is_none() -> None:
    """The last words of a paragraph, even where the network takes them for a formula."""
    lines = [at(TEXT, 20, 0), at("(n = 15, P < 0.05).", 20, 20), at(TEXT, 20, 40)]
    assert found(lines, seen=frozenset({1})) == ()


def test_a_formula_over_a_line_whose_fraction_touches_it_stands_alone() -> None:
    lines = [
        at(TEXT, 20, 0),
        at("y =", 80, 26),
        at("1 + x", 100, 20),
        at("2x", 104, 32),
        at("2x", 104, 44),
        at("证 由于上式成立", 20, 49),
        at("3", 106, 56),
        at("为偶数而没有余数", 120, 49),
        at(TEXT, 20, 75),
    ]
    seen = frozenset({1, 2, 3, 4, 6})
    assert [set(formula.lines) for formula in found(lines, seen)] == [{1, 2, 3}]


def test_sentences_and_chinese_are_none() -> None:
    lines = [at(TEXT, 20, 0), at("where there were = signs", 60, 20), at("即 a = b 时成立", 80, 40), at(TEXT, 20, 60)]
    assert found(lines) == ()


def test_rows_under_each_other_are_one_formula_unless_both_are_numbered() -> None:
    rows = [at("a = b + 2c", 90, 20), at("= 3c + d", 95, 33)]
    assert len(found([at(TEXT, 20, 0), *rows, at(TEXT, 20, 55)])) == 1
    numbers = [at("(1)", 195, 20), at("(2)", 195, 33)]
    assert len(found([at(TEXT, 20, 0), *rows, *numbers, at(TEXT, 20, 55)])) == 2


def test_numbers_of_formulas() -> None:
    assert all(map(is_label, ("(1)", "（2.3）", "( 4a )", "(A.1)", "(3-12)")))
    assert not any(map(is_label, ("(n)", "1)", "(1) 患者", "(2019年)", "(12345)")))


def test_a_formula_read_in_one_line_with_its_number_is_one() -> None:
    """Lowered letters make words that are none; the number stands at the column's far edge."""
    whole = make_line("Yijt = α + βZijt + μijt (4)", 60, 20, name="whole", size=10)
    number = msgspec.structs.replace(
        whole, lefts=(*whole.lefts[:-3], 250, 254, 259), rights=(*whole.rights[:-3], 254, 259, 263)
    )
    lines = [make_line(TEXT * 2, 20, 0, name="a", size=10), number, make_line(TEXT * 2, 20, 40, name="b", size=10)]
    assert [formula.lines for formula in found(lines)] == [(1,)]
    assert [part.text for part in number_apart(number)] == ["Yijt = α + βZijt + μijt", "(4)"]
    sentence = make_line("where both rates stand = half of it (4)", 60, 20, name="whole", size=10)
    assert found([lines[0], sentence, lines[2]]) == ()
