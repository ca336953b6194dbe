"""Tesseract's superscripts, hOCR and the reader itself."""

from __future__ import annotations

import shutil

import cv2
import numpy as np
import pytest

from recover.engines.openvino_core import Cpu
from recover.engines.tesseract import level_superscripts, open_reader, parse_pages
from recover.errors import MissingComponent

HOCR = """<html><body><div class='ocr_page'><span class='ocr_line'><span class='ocrx_word' title='bbox 0 0 9 9'>
<span class='ocrx_cinfo' title='x_bboxes 1 2 9 30; x_conf 90.5'>肌</span>
<span class='ocrx_cinfo' id='lstm_choices_1_1_1'><span class='ocrx_cinfo' title='x_confs 80'>肌</span>
<span class='ocrx_cinfo' title='x_confs 0'>饥</span></span>
<span class='ocrx_cinfo' title='x_bboxes 10 2 19 30; x_conf 50'>姜</span></span></span></div>
<div class='ocr_page'></div></body></html>"""


def test_hocr_gives_characters_with_confidence_and_rivals() -> None:
    first, second = parse_pages(HOCR.encode())
    assert [(char.text, char.left, char.confidence) for char in first] == [("肌", 1, 0.905), ("姜", 10, 0.5)]
    assert [char.begins_word for char in first] == [True, False]
    assert first[0].rivals[0][0] == "饥"
    assert second == ()


def line_with_superscript() -> np.ndarray:
    line = np.full((48, 300), 240, np.uint8)
    for left in (10, 60, 200, 250):
        line[8:42, left : left + 30] = 20
    for left in (104, 118, 132):
        line[8:22, left : left + 8] = 20
    return line


def test_superscripts_are_set_on_the_line_and_lead_back() -> None:
    lifted = level_superscripts(line_with_superscript())
    assert lifted.pixels.shape[1] > 300
    rows = np.flatnonzero((lifted.pixels[:, 110:150] < 128).any(axis=1))
    assert rows[-1] >= 39
    assert lifted.back(20) == 20
    assert 100 <= lifted.back(125) <= 142
    last_ink = np.flatnonzero((lifted.pixels < 128).any(axis=0))[-1]
    assert lifted.back(float(last_ink)) == pytest.approx(279, abs=2)


def test_a_plain_line_stays_as_it_is() -> None:
    line = line_with_superscript()
    line[:, 100:150] = 240
    assert np.array_equal(level_superscripts(line).pixels, line)


def test_a_missing_program_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    def fail() -> list[str]:
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr(pytesseract, "get_languages", fail)
    with pytest.raises(MissingComponent, match="apt-get install"):
        open_reader(Cpu())


def test_a_missing_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    with pytest.raises(MissingComponent, match="tesseract-ocr-chi-sim"):
        open_reader(Cpu())


@pytest.mark.tesseract
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="no Tesseract here")
def test_lines_are_read_in_order_and_specks_as_nothing() -> None:
    def drawn(text: str) -> np.ndarray:
        line = np.full((48, 420), 255, np.uint8)
        return cv2.putText(line, text, (10, 34), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)

    speck = np.full((2, 9), 255, np.uint8)
    first, nothing, second = open_reader(Cpu(1)).read([drawn("motor neurons"), speck, drawn("stem cells")])
    assert first.text == "motor neurons"
    assert nothing.text == ""
    assert second.text == "stem cells"
    assert len(first.centers) == len(first.confidences) == len(first.alternatives) == len(first.text)
