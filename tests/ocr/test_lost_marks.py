"""Marks are put back where white and the reader's own share agree that one stood, and nowhere else."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from recover.engines.ppocr.reader import decode
from recover.model.page import Line
from recover.stages.ocr.edits import apply_edits
from recover.stages.ocr.lost_marks import find_lost_marks, seen_again
from tests.printed_lines import make_line


def spread(text: str, gap_at: int) -> Line:
    """Chinese cells of 10 pt, half as wide for Latin; a cell and a half of white before offset ``gap_at``."""
    line = make_line(text)
    lefts = tuple(left + 0.5 + 10 * (at >= gap_at) for at, left in enumerate(line.lefts))
    rights = tuple(right - 0.5 + 10 * (at >= gap_at) for at, right in enumerate(line.rights))
    return msgspec.structs.replace(line, lefts=lefts, rights=rights)


def mended(text: str, gap_at: int, mark: str, share: float, *, at: int | None = None, edge: float = 200.0) -> str:
    line = spread(text, gap_at)
    shares = [("", 0.0)] * (len(text) + 1)
    shares[gap_at if at is None else at] = (mark, share)
    return apply_edits(line, find_lost_marks(line, shares, edge)).text


@pytest.mark.parametrize(
    ("text", "gap_at", "mark", "share", "printed"),
    [
        ("药物有限利鲁唑是", 4, "。", 0.25, "药物有限。利鲁唑是"),
        ("药物有限利鲁唑是", 4, ".", 0.25, "药物有限。利鲁唑是"),
        ("药物有限利鲁唑是", 4, "。", 0.02, "药物有限。利鲁唑是"),
        ("药物有限利鲁唑是", 4, "。", 0.01, "药物有限利鲁唑是"),
        ("热点[25]方以蓝等", 6, "，", 0.2, "热点[25]，方以蓝等"),
        ("药物有限ALS患者", 4, "，", 0.2, "药物有限，ALS患者"),
        ("药物有限ALS患者", 4, "，", 0.03, "药物有限ALS患者"),
        ("结果清楚[24]在A组", 8, "。", 0.05, "结果清楚[24]。在A组"),
        ("低于90%消化过度", 5, "。", 0.06, "低于90%。消化过度"),
        ("流程见图1所示", 5, "。", 0.03, "流程见图1所示"),
        ("stem cells are", 4, ",", 0.5, "stem cells are"),
    ],
)
def test_between_characters(text: str, gap_at: int, mark: str, share: float, printed: str) -> None:
    assert mended(text, gap_at, mark, share) == printed


def test_no_white_no_mark() -> None:
    assert mended("药物有限利鲁唑是", 8, "。", 0.4, at=4) == "药物有限利鲁唑是"


@pytest.mark.parametrize(
    ("text", "share", "edge", "printed"),
    [
        ("药物种类有限", 0.3, 200.0, "药物种类有限。"),
        ("药物种类有限", 0.3, 62.0, "药物种类有限"),  # the column ends here
        ("药物种类有限", 0.04, 200.0, "药物种类有限"),
        ("2.2 酶消化的方法", 0.4, 200.0, "2.2 酶消化的方法"),
        ("种类有限[10]", 0.04, 200.0, "种类有限[10]。"),
        ("种类有限[10]", 0.02, 200.0, "种类有限[10]"),
        ("筛选流程见图1", 0.05, 200.0, "筛选流程见图1。"),
        ("筛选流程见图1", 0.03, 200.0, "筛选流程见图1"),
    ],
)
def test_at_a_lines_end(text: str, share: float, edge: float, printed: str) -> None:
    assert mended(text, len(text), "。", share, edge=edge) == printed


def test_what_is_put_back_says_how_sure_it_is() -> None:
    line = spread("药物有限利鲁唑是", 4)
    (edit,) = find_lost_marks(line, [*[("", 0.0)] * 4, ("，", 0.25), *[("", 0.0)] * 4])
    changed = apply_edits(line, [edit])
    assert (changed.text[4], changed.confidences[4], changed.readers[4]) == ("，", 0.9, "p")
    assert (changed.lefts[4], changed.rights[4]) == (line.rights[3], line.lefts[4])
    assert "share for ， 0.25" in edit.evidence


def test_a_second_reading_tells_the_mark_that_the_first_did_not_see() -> None:
    line, nothing = spread("药物有限利鲁唑是", 4), [("", 0.0)] * 9
    second = spread("药物有限，利鲁唑是", 9)
    again = seen_again(line, nothing, second, [("", 0.0)] * 10, 200.0)
    assert again[4] == ("，", 1.0)
    assert [share for _, share in again].count(0.0) == 8
    nearly = seen_again(line, nothing, line, [*[("", 0.0)] * 4, ("。", 0.3), *[("", 0.0)] * 4], 200.0)
    assert nearly[4] == ("。", 0.3)


def test_no_colon_follows_a_citation() -> None:
    line, second = spread("带着损伤生活[1]早期减压", 9), spread("带着损伤生活[1]：早期减压", 13)
    assert seen_again(line, [("", 0.0)] * 14, second, [("", 0.0)] * 15, 200.0)[9] == ("", 0.0)
    bare, plain = spread("带着损伤生活中早期减压", 7), spread("带着损伤生活中：早期减压", 12)
    assert seen_again(bare, [("", 0.0)] * 12, plain, [("", 0.0)] * 13, 200.0)[7] == ("：", 1.0)


def test_the_reader_tells_the_mark_it_nearly_saw() -> None:
    alphabet = ["", "经", "元", "，", "。", "a", "b", " "]
    steps = np.zeros((6, 8), np.float32)
    steps[:, 0] = 0.9
    steps[1, :2], steps[4, :3] = [0.1, 0.9], [0.1, 0, 0.9]
    steps[2, 3], steps[3, 4], steps[5, 4] = 0.08, 0.2, 0.05
    reading = decode(steps, alphabet, [3, 4], (48, 48))
    assert reading.text == "经元"
    assert [(mark, round(share, 2)) for mark, share in reading.marks] == [("，", 0.0), ("。", 0.2), ("。", 0.05)]
