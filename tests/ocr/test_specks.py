"""Specks read as marks are struck out where no mark can stand, and nowhere else."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.page import Line
from recover.stages.ocr.edits import apply_edits
from recover.stages.ocr.specks import find_specks, right_edges
from tests.printed_lines import make_line

DOUBTFUL = 0.6


def read_line(text: str, narrow: str = "") -> Line:
    """Cells of 10 pt; the marks of ``narrow`` have no room of their own; every mark is doubtful."""
    lefts, rights, x = [], [], 0.0
    for char in text:
        width = 0.0 if char in narrow else 10.0
        lefts.append(x)
        rights.append(x + max(width, 1.0))
        x += width
    line = make_line(text)
    confidences = tuple(1.0 if char.isalnum() else DOUBTFUL for char in text)
    return msgspec.structs.replace(line, lefts=tuple(lefts), rights=tuple(rights), confidences=confidences)


@pytest.mark.parametrize(
    ("read", "narrow", "printed"),
    [
        (".别经典文献不受影响", "", "别经典文献不受影响"),
        ("· stem cells", "", "stem cells"),
        (".5 mg", "", ".5 mg"),
        ("·3.2 局限性", "", "3.2 局限性"),
        ("（二）生物材料.", "", "（二）生物材料"),
        (".0引言", "", "0引言"),
        (".0引言Introduction", "", "0引言Introduction"),
        ("mechanisms of. toxicity", "", "mechanisms of toxicity"),
        ("treated vs. controls of Smith et al. in mice", "", "treated vs. controls of Smith et al. in mice"),
        ("in E. coli. The cells", "", "in E. coli. The cells"),
        ("0 引言Introduction.", "", "0 引言Introduction"),
        ("（1）向神经元分化，效果显著.", "", "（1）向神经元分化，效果显著."),
        (": .", "", ""),
        ("-", "", "-"),
        ("[1] 干细胞移植", "", "[1] 干细胞移植"),
        ("鞘内注射、.脊髓内注射", "", "鞘内注射、脊髓内注射"),
        ("从成年.小鼠中枢神经", ".", "从成年小鼠中枢神经"),
        ("从成年.小鼠中枢神经", "", "从成年.小鼠中枢神经"),
        ("干细胞.A 组的小鼠", ".", "干细胞.A 组的小鼠"),
    ],
)
def test_marks_where_none_can_stand(read: str, narrow: str, printed: str) -> None:
    line = read_line(read, narrow)
    assert apply_edits(line, find_specks(line)).text == printed


def test_marks_that_are_sure_stay() -> None:
    line = read_line(".别经典文献不受影响")
    assert find_specks(msgspec.structs.replace(line, confidences=(0.99, *line.confidences[1:]))) == ()


def test_a_mark_beyond_the_column_s_edge_is_none() -> None:
    full = {number: read_line("干细胞移植治疗肌萎缩侧索") for number in range(3)}
    beyond = read_line("干细胞移植治疗肌萎缩侧索.", ".")
    short = read_line("干细胞移植治疗.", ".")
    edges = right_edges([[0, 1, 2, 3, 4]], {**full, 3: beyond, 4: short})
    assert apply_edits(beyond, find_specks(beyond, edges[3])).text == "干细胞移植治疗肌萎缩侧索"
    assert find_specks(short, edges[4]) == ()
    assert find_specks(beyond) == ()


def test_what_is_left_keeps_its_place() -> None:
    line = read_line("从成年.小鼠中枢神经", ".")
    mended = apply_edits(line, find_specks(line))
    assert (len(mended.lefts), mended.lefts[3]) == (len(mended.text), line.lefts[4])


def test_no_sentence_ends_with_a_preposition_however_sure_the_stop() -> None:
    line = make_line("2.2 机制 Mechanisms of.")
    assert apply_edits(line, find_specks(line)).text == "2.2 机制 Mechanisms of"
    kept = make_line("what it is made for it.")
    assert find_specks(kept) == ()


@pytest.mark.parametrize(
    ("read", "bottom", "printed"),
    [
        ("检索结果”初步检索", 0.8, "检索结果初步检索"),
        ("检索结果”初步检索", 0.4, "检索结果”初步检索"),  # its ink hangs as a quote's does
        ("所谓“结果”初步检索", 0.8, "所谓“结果”初步检索"),
        ("活的药物”，不能", 0.8, "活的药物”，不能"),  # what it closes was misread
    ],
)
def test_white_behind_a_heading_is_no_quote(read: str, bottom: float, printed: str) -> None:
    line = read_line(read)
    count = len(read)
    line = msgspec.structs.replace(line, weights=(0.1,) * count, tops=(0.1,) * count, bottoms=(bottom,) * count)
    assert apply_edits(line, find_specks(line)).text == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("amyotrophic lateral.sclerosis in mice", "amyotrophic lateral sclerosis in mice"),
        ("mesenchymal stem·cells of", "mesenchymal stem cells of"),
        ("adult stem .cell lines", "adult stem cell lines"),
        ("clinical and biomarker -results", "clinical and biomarker results"),
        ("generated from patients. with disease", "generated from patients with disease"),
        ("beyond the, glial scar", "beyond the glial scar"),
        ("see www.tissue-repair.example there", "see www.tissue-repair.example there"),
        ("on nature.com since", "on nature.com since"),
        ("mg of kg·min of", "mg of kg·min of"),
        ("he said 'of course' then", "he said 'of course' then"),
        ("the nvq.xzk there", "the nvq.xzk there"),
    ],
)
def test_marks_between_the_words_of_one_sentence_however_sure(read: str, printed: str) -> None:
    line = make_line(read)
    assert apply_edits(line, find_specks(line)).text == printed
