"""Characters stand where they are drawn, whatever their font says of itself."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import typst

from recover.lexicon.characters import plain_letters
from recover.model.page import LayerChar
from recover.settings import Limits
from recover.stages.acquire.layer import read_layer
from recover.stages.acquire.pdf import PdfSource


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].Resources.Font.values())


def first_page(pdf: pikepdf.Pdf, path: Path) -> tuple[LayerChar, ...]:
    del pdf.pages[1:]
    pdf.save(path)
    source = PdfSource(path, None, Limits())
    found = source.characters(0)
    source.close()
    return found


@pytest.fixture
def page(samples: Path) -> pikepdf.Pdf:
    return pikepdf.open(samples / "typeset" / "msc_hei.pdf")


def test_a_wrong_ascent_moves_nothing(page: pikepdf.Pdf, tmp_path: Path) -> None:
    sound = first_page(page, tmp_path / "sound.pdf")
    for font in fonts(page):
        descriptor = font.DescendantFonts[0].FontDescriptor
        descriptor.Ascent, descriptor.Descent = 4000, -3000
    tall = first_page(page, tmp_path / "tall.pdf")
    assert [(char.text, char.box.rounded()) for char in tall] == [(char.text, char.box.rounded()) for char in sound]
    assert all(char.ink is None or char.box.intersection(char.ink) > 0 for char in sound if char.text.isalnum())


def test_a_space_that_draws_ink_says_nothing(page: pikepdf.Pdf, tmp_path: Path) -> None:
    for font in fonts(page):
        cmap = font.ToUnicode.read_bytes()
        font.ToUnicode = page.make_stream(re.sub(rb"<(....)> <(?:FF0C|3002)>", rb"<\1> <0020>", cmap))
    text = "".join(char.text for char in first_page(page, tmp_path / "marks.pdf"))
    assert text.count("\ufffd") > 5
    assert "，" not in text


def test_a_font_that_is_not_in_the_file_is_told(page: pikepdf.Pdf, tmp_path: Path) -> None:
    for font in fonts(page):
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]
    assert not any(char.is_embedded for char in first_page(page, tmp_path / "bare.pdf"))


@pytest.mark.parametrize(("count", "grey", "is_mark"), [(4, 0.8, True), (2, 0.8, False), (4, 0.0, False)])
def test_pale_words_that_stand_again_and_again_are_a_watermark(
    count: int, grey: float, *, is_mark: bool, tmp_path: Path
) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    drawn = [f"{grey} g BT /F1 20 Tf 80 {700 - 90 * at} Td (Proof copy) Tj ET" for at in range(count)]
    drawn.append("0 g BT /F1 11 Tf 72 740 Td (The lake froze in March.) Tj ET")
    page.Contents = pdf.make_stream("\n".join(drawn).encode())
    found = first_page(pdf, tmp_path / "marks.pdf")
    assert "".join(char.text for char in found if char.is_mark).replace(" ", "") == "Proofcopy" * count * is_mark


def test_a_pale_label_before_each_answer_is_text(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    rows = ((700 - 30 * at, at) for at in range(4))
    drawn = [f"BT /F1 11 Tf 72 {y} Td 0.7 g (Answer ) Tj 0 g (the {at} lakes froze) Tj ET" for y, at in rows]
    page.Contents = pdf.make_stream("\n".join(drawn).encode())
    assert not any(char.is_mark for char in first_page(pdf, tmp_path / "labels.pdf"))


def test_a_mark_of_no_width_with_an_outline_says_nothing(page: pikepdf.Pdf, tmp_path: Path) -> None:
    for font in fonts(page):
        cmap = font.ToUnicode.read_bytes()
        font.ToUnicode = page.make_stream(re.sub(rb"<(....)> <(?:FF0C|3002)>", rb"<\1> <200B>", cmap))
    text = "".join(char.text for char in first_page(page, tmp_path / "marks.pdf"))
    assert text.count("\ufffd") > 5
    assert "\u200b" not in text


def test_characters_above_the_first_plane_are_one_each(tmp_path: Path) -> None:
    """PDFium gives their halves: a mathematical letter would be two signs that say nothing."""
    (tmp_path / "a.typ").write_text("$ x + 2 $", encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    with pdfium.PdfDocument(tmp_path / "a.pdf") as document:
        text = "".join(char.text for char in read_layer(document[0]) if char.text.strip())
    assert text == "𝑥+2"
    assert plain_letters(text) == "x+2"
    assert plain_letters("𝟏𝜷ℎ𠮷") == "1βℎ𠮷"
