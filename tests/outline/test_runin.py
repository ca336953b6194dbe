"""Where a title that runs in ends: at a drop of the strokes, at white, at both."""

from __future__ import annotations

import pytest
from printed_titles import block, paragraph

from recover.stages.outline.runin import find_boundary
from recover.text.numbering import parse_number

TEXT = "活化的小胶质细胞分泌白细胞介素和肿瘤坏死因子，诱导星形胶质细胞转变，使其丧失支持神经元存活的能力。"


def title_of(head: str, *, bold: bool, gap: float) -> str | None:
    """The title that is found at the head of a paragraph, without its number."""
    number = parse_number(head)
    start = number.end if number else 0
    lines = paragraph(head + TEXT, bold=len(head) if bold else 0, gap_at=len(head), gap=gap)
    found = find_boundary(block(lines), start, 10.0)
    return lines[found.piece].text[start : found.at] if found else None


@pytest.mark.parametrize(
    ("head", "bold", "gap", "title"),
    [
        ("2.1.1 炎症因子", True, 1.0, "炎症因子"),
        ("2.1.1 炎症因子", True, 0.0, "炎症因子"),
        ("2.1.1 炎症因子", False, 1.0, "炎症因子"),
        ("2.1.1炎症因子", False, 1.0, "炎症因子"),
        ("（1）向神经元分化。", True, 0.0, "向神经元分化。"),
        ("（1）向神经元分化。", True, 0.5, "向神经元分化。"),
        ("1．细胞因子：", True, 0.0, "细胞因子："),
        ("吸气肌训练", True, 1.0, "吸气肌训练"),
        ("2.1.1 炎症因子", False, 0.0, None),
        ("（1）减重平板训练，", False, 0.0, None),
        # A colon has white of its own; an enumeration goes on.
        ("1．筛查情况：", False, 0.6, None),
        ("1．筛查情况：", False, 1.4, "筛查情况："),
        ("1．减重平板、", True, 1.0, None),
    ],
)
def test_boundaries(head: str, bold: bool, gap: float, title: str | None) -> None:
    assert title_of(head, bold=bold, gap=gap) == title


def test_white_in_a_later_sentence_is_none() -> None:
    lines = paragraph("1 炎症因子增多。随后又有" + TEXT, gap_at=10, gap=1.5)
    assert find_boundary(block(lines), 2, 10.0) is None


def test_a_wrapped_title_ends_in_the_second_line() -> None:
    head = "3.2.1 间充质干细胞旁分泌作用与免疫调节"
    found = find_boundary(block(paragraph(head + TEXT, bold=len(head))), 6, 10.0)
    assert found is not None
    assert (found.piece, found.at) == (1, len(head) - 20)
