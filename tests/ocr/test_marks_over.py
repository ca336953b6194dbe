"""Raised marks of citations that stand above their line's box are read; quotation marks and neighbours are none."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import pytest
import typst
from one_reader import OneReader
from printed_lines import make_line

import recover
from recover.model.geometry import Box, Transform
from recover.model.page import Line
from recover.model.raster import Pixels, Raster
from recover.stages.ocr.lines import with_marks_over
from samples.wear import wear_pdf

SIZE = 30
PAGE = """#set page(width: 160mm, height: 90mm, margin: 14mm)
#set text(font: ("Noto Serif CJK SC",), size: 9.5pt, lang: "zh", region: "cn")
#set par(justify: true, leading: .6em)
#let 注(n) = super(size: 5pt, baseline: -.8em)[#n]
梯田的修筑始于前代#注("［1-2］")。水渠沿山而下，引泉水灌溉数十亩#注("［3］")。石埂高者及腰#注("［4］")，低者过膝。
春种秋收，岁有余粮#注("［5，7］")。碑文所记与县志相合#注("［6］")。今人多往观之，游客日众。

参考文献

""" + "\n\n".join(f"［{n}］ 陶知行. 山地梯田研究（{n}）［J］. 农史, 20{n}1, {n}（2）: 1{n}-2{n}." for n in range(1, 8))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> recover.Document:
    folder = tmp_path_factory.mktemp("marks")
    (folder / "page.typ").write_text(PAGE, encoding="utf-8")
    typst.compile(str(folder / "page.typ"), output=str(folder / "page.pdf"), timestamp=0)
    wear_pdf(folder / "page.pdf", folder / "worn.pdf", dpi=200, wear="light", text_layer="none")
    return recover.recover_pdf(folder / "worn.pdf", folder / "out")


def test_marks_over_their_lines_are_citations(document: recover.Document) -> None:
    cited = [one.numbers for section in document.sections for item in section.paragraphs for one in item.citations]
    assert cited[-3:] == [(4,), (5, 7), (6,)]


def printed(*, top: int = 22) -> tuple[list[Line], list[Box], Raster]:
    """A line of four characters with white behind the second, where strokes stand ``top`` pixels from the page's."""
    pixels = np.full((90, 240), 255, np.uint8)
    line = make_line("梯田水渠", 10, 40, size=SIZE)
    moved = tuple(left + (0 if at < 2 else 40) for at, left in enumerate(line.lefts))
    line = msgspec.structs.replace(
        line,
        lefts=moved,
        rights=tuple(left + SIZE for left in moved),
        tops=(0.1,) * 4,
        bottoms=(0.9,) * 4,
        weights=(0.1,) * 4,
        box=Box(10, 40, 170, 70),
    )
    for left in moved:
        cv2.rectangle(pixels, (int(left) + 3, 43), (int(left) + 26, 67), 0, 3)
    for x in (78, 86, 96):
        cv2.rectangle(pixels, (x, top), (x + 3, top + 14), 0, -1)
    return [line], [line.box], Raster(pixels=pixels, to_page=Transform())


def read(text: str, confidence: float = 0.97, *, top: int = 28) -> tuple[str, tuple[str, ...], list[Pixels]]:
    lines, boxes, page = printed(top=top)
    reader = OneReader(text, confidence)
    (line,), unread = with_marks_over(lines, boxes, page, Transform(), reader)
    return line.text, unread, reader.shown


def test_a_mark_is_put_where_it_stands_and_is_raised() -> None:
    lines, boxes, page = printed(top=28)
    (line,), unread = with_marks_over(lines, boxes, page, Transform(), OneReader("[3]"))
    assert (line.text, line.styles, unread) == ("梯田[3]水渠", "0011100", ())
    assert line.lefts[2] == pytest.approx(78, abs=1)
    assert line.rights[4] == pytest.approx(100, abs=1)
    assert line.tops[2] < 0
    assert [len(values) for values in (line.weights, line.bottoms, line.confidences, line.readers)] == [7] * 4


@pytest.mark.parametrize("text", ["66", "99", "11", "1", "甲", "x2", ""])
def test_quotation_marks_and_strokes_are_none(text: str) -> None:
    assert read(text)[:2] == ("梯田水渠", ())


@pytest.mark.parametrize("text", ["7", "[7]"])
@pytest.mark.parametrize("before", ["田", "。"])
def test_bare_figures_stand_behind_a_word_alone(text: str, before: str) -> None:
    lines, boxes, page = printed(top=28)
    line = msgspec.structs.replace(lines[0], text=f"梯{before}，渠")
    ((found,), _) = with_marks_over([line], boxes, page, Transform(), OneReader(text))
    assert (text in found.text) is (before == "田" or text.startswith("["))
    between, _ = with_marks_over([lines[0]], boxes, page, Transform(), OneReader(text))
    assert (text in between[0].text) is text.startswith("[")


def test_a_hyphen_at_a_lines_end_is_none() -> None:
    lines, boxes, page = printed(top=28)
    hyphen = msgspec.structs.replace(lines[0], text="im-水", bottoms=(0.9, 0.9, 0.55, 0.9))
    ((found,), _) = with_marks_over([hyphen], boxes, page, Transform(), OneReader("8"))
    assert "-" in found.text


def test_a_mark_that_cannot_be_read_is_told() -> None:
    assert read("[三]")[:2] == ("梯田水渠", ("梯田",))
    assert read("[3]", 0.3)[:2] == ("梯田水渠", ("梯田",))


def test_ink_on_the_line_is_not_looked_at() -> None:
    assert read("[3]", top=52)[2] == []
