"""What a line's context and ink say about its characters."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.model.geometry import Box
from recover.model.page import Alternative, Doubt, Line
from recover.stages.ocr.confusions import find_confusions
from recover.stages.ocr.details import mend_details
from recover.stages.ocr.edits import apply_edits
from recover.stages.ocr.spaces import find_lost_spaces
from recover.stages.ocr.widths import find_wide_marks


def set_line(text: str, edges: list[tuple[float, float]] | None = None, doubts: tuple[Doubt, ...] = ()) -> Line:
    """A line 10 pt high; without ``edges`` every character is 4 pt wide and 1 pt from the next."""
    edges = edges or [(5.0 * at, 5.0 * at + 4) for at in range(len(text))]
    return Line(
        id="l1",
        text=text,
        box=Box(0, 0, max((right for _, right in edges), default=1), 10),
        lefts=tuple(left for left, _ in edges),
        rights=tuple(right for _, right in edges),
        confidences=(0.9,) * len(text),
        readers="p" * len(text),
        weights=(0.1,) * len(text),
        tops=(0.2,) * len(text),
        bottoms=(0.8,) * len(text),
        doubts=doubts,
    )


def spaced(gaps: dict[int, float], text: str) -> Line:
    """Letters 4 pt wide, 0.6 pt apart, or as far before an offset as ``gaps`` tells."""
    edges, x = [], 0.0
    for at in range(len(text)):
        x += gaps.get(at, 0.6)
        edges.append((x, x + 4))
        x += 4
    return set_line(text, edges)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("C90rf72基因", "C9orf72基因"),
        ("C9orf72", "C9orf72"),
        ("a phase Ill trial", "a phase III trial"),
        ("Ill patients were", "Ill patients were"),
        ("Ill期临床试验", "III期临床试验"),
        ("的Il期试验", "的II期试验"),
        ("ill", "ill"),
        ("糖原贮积症la型", "糖原贮积症Ia型"),
        ("率以x²检验比较", "率以χ²检验比较"),
        ("差异有统计学意义(x2=5.36,P<0.05)", "差异有统计学意义(χ2=5.36,P<0.05)"),
        ("抛物线y=x2+3.5", "抛物线y=x2+3.5"),
        ("H20", "H2O"),
        ("200μmol/LH202处理", "200μmol/LH2O2处理"),
        ("200μmol/L H202处理", "200μmol/L H2O2处理"),
        ("产品LH202型", "产品LH202型"),
        ("H2O2使活率", "H2O2使活率"),
        ("CO2与21%O2", "CO2与21%O2"),
        ("1O0例", "1O0例"),
        ("3O%", "30%"),
        ("BACKGRouND", "BACKGROUND"),
        ("mRNA与siRNA", "mRNA与siRNA"),
        ("iFN-γ刺激", "IFN-γ刺激"),
        ("降至-80'C，37”C水浴", "降至-80°C，37°C水浴"),
        ("5'CCA端", "5'CCA端"),
        ("的亚期临床试验", "的Ⅱ期临床试验"),
        ("(neural stem cell. NSC)移植", "(neural stem cell, NSC)移植"),
        ("(neurotrophin-3.NT-3)", "(neurotrophin-3,NT-3)"),
        ("(pluripotent stem cell· iPSC)", "(pluripotent stem cell, iPSC)"),
        ("(Smith et al. NEJM)", "(Smith et al. NEJM)"),
        ("(Suppl. S1)", "(Suppl. S1)"),
        ("of the cell. NSC were", "of the cell. NSC were"),
        ("39例1期和Ⅱ期共", "39例Ⅰ期和Ⅱ期共"),
        ("1期和2期共", "1期和2期共"),
    ],
)
def test_context_settles_confusions(was: str, now: str) -> None:
    line = set_line(was)
    assert apply_edits(line, find_confusions(line)).text == now


@pytest.mark.parametrize(
    ("text", "at", "now"),
    [
        ("TNF-a的", 4, "α"),
        ("10 um厚", 3, "μ"),
        ("IFN-y", 4, "γ"),
        ("iFN-y", 4, "γ"),
        ("y干扰素", 0, "γ"),
        ("a-MEM", 0, "α"),
        ("1期试验", 0, "Ⅰ"),
        ("圈2|干细胞", 0, "图"),
    ],
)
def test_some_need_the_readers_own_doubt(text: str, at: int, now: str) -> None:
    doubt = Doubt(at, (Alternative(now, 0.2, "p"),))
    sure, unsure = set_line(text), set_line(text, doubts=(doubt,))
    assert apply_edits(sure, find_confusions(sure)).text[at] == text[at]
    assert apply_edits(unsure, find_confusions(unsure)).text[at] == now


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("率为(12.3+2.1)%", "率为(12.3±2.1)%"),
        ("12.3士0.4", "12.3±0.4"),
        ("肿瘤坏死因子w和", "肿瘤坏死因子α和"),
        ("缺氧诱导因子1a(", "缺氧诱导因子1α("),
        ("经100 hm滤网", "经100 μm滤网"),
        ("随访18一27个月", "随访18~27个月"),
    ],
)
def test_a_reader_may_have_no_sign_for_what_is_printed(read: str, printed: str) -> None:
    line = set_line(read)
    by_tesseract = msgspec.structs.replace(line, readers="s" * len(read))
    assert apply_edits(by_tesseract, find_confusions(by_tesseract)).text == printed
    assert find_confusions(line) == ()


def test_a_citation_ends_with_a_bracket_where_its_reader_saw_one() -> None:
    seen = set_line("MAZZINI等[291的试验", doubts=(Doubt(11, (Alternative("]", 0.06, "s"),)),))
    assert apply_edits(seen, find_confusions(seen)).text == "MAZZINI等[29]的试验"
    assert find_confusions(set_line("MAZZINI等[291的试验")) == ()


def test_a_wide_gap_between_letters_is_a_space() -> None:
    line = spaced({5: 3.5}, "motorneuron")
    assert apply_edits(line, find_lost_spaces(line, ())).text == "motor neuron"


def test_a_gap_that_the_reader_doubted_is_a_space() -> None:
    line = spaced({5: 1.8}, "motorneuron")
    shares = [0.0] * 5 + [0.3] + [0.0] * 5
    assert apply_edits(line, find_lost_spaces(line, shares)).text == "motor neuron"
    assert find_lost_spaces(line, ()) == ()


def test_letters_set_apart_are_one_word() -> None:
    assert find_lost_spaces(spaced(dict.fromkeys(range(1, 8), 4.0), "Abstract"), ()) == ()


def test_a_mark_in_a_chinese_cell_is_full_width() -> None:
    edges = [(0.0, 9.0), (10.0, 19.0), (21.0, 22.5), (30.0, 39.0), (40.0, 49.0)]
    line = set_line("背景:肌萎", edges)
    assert apply_edits(line, find_wide_marks(line)).text == "背景：肌萎"


def test_a_mark_without_white_of_its_own_stays() -> None:
    edges = [(0.0, 9.0), (10.0, 19.0), (21.0, 22.5), (24.0, 33.0), (34.0, 43.0)]
    assert find_wide_marks(set_line("背景:肌萎", edges)) == ()


def test_brackets_agree_with_their_partners() -> None:
    edges = [(6.0, 9.0), (10.0, 19.0), (21.0, 24.0), (30.0, 39.0), (40.0, 49.0)]
    line = set_line("(一)背景", edges)
    assert apply_edits(line, find_wide_marks(line)).text == "（一）背景"


def test_a_bracket_read_as_a_chinese_one_has_such_a_partner() -> None:
    edges = [(0.0, 3.0), (4.0, 13.0), (15.0, 18.0), (24.0, 33.0), (34.0, 43.0)]
    assert apply_edits(set_line("(一）背景", edges), find_wide_marks(set_line("(一）背景", edges))).text == "（一）背景"
    assert apply_edits(set_line("（一)背景", edges), find_wide_marks(set_line("（一)背景", edges))).text == "（一）背景"


@pytest.mark.parametrize(("next_left", "now"), [(31.0, "（一）背景"), (27.0, "(一) 背景")])
def test_a_space_may_be_a_chinese_marks_own_white(next_left: float, now: str) -> None:
    edges = [(6.0, 9.0), (10.0, 19.0), (21.0, 24.0), (24.0, next_left), (next_left, next_left + 9.0)]
    line = set_line("(一) 背景", [*edges, (next_left + 10.0, next_left + 19.0)])
    assert apply_edits(line, find_wide_marks(line)).text == now


def test_a_confusion_is_seen_where_a_space_was_lost() -> None:
    edited, mends = mend_details(spaced({5: 3.5}, "motorH20"))
    assert edited.text == "motor H2O"
    assert [(mend.edit.was, mend.edit.now, mend.line.text) for mend in mends] == [
        ("", " ", "motorH20"),
        ("H20", "H2O", "motor H20"),
    ]


def test_what_the_text_layer_said_is_left_alone() -> None:
    line = set_line("the H20 of H20")
    kept = msgspec.structs.replace(line, readers="t" * 8 + "p" * 6)
    assert mend_details(kept)[0].text == "the H20 of H2O"


@given(st.text(alphabet="ABCdefIl0O9rf72(),:期型级背景 ", max_size=30))
def test_edits_keep_every_character_its_place(text: str) -> None:
    line = set_line(text)
    edited, mends = mend_details(line)
    struck = "".join(mend.edit.was for mend in mends if not mend.edit.now)
    assert len((edited.text + struck).replace(" ", "")) == len(text.replace(" ", ""))
    per_character = (edited.lefts, edited.rights, edited.confidences, edited.readers, edited.weights, edited.tops)
    assert {len(values) for values in per_character} == {len(edited.text)}
