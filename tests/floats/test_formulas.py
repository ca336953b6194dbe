"""Display formulas of real print: pictures in their place, numbers, no headings, text in order around them."""

from __future__ import annotations

from pathlib import Path

import cv2
import docx
import pytest
from lxml import etree, html

import recover
from recover.export.content import body
from recover.export.docx import render as render_docx
from recover.export.html import render as render_html
from recover.export.jats import render as render_jats
from recover.model.document import Document, Formula, Paragraph
from samples.formulas import LAYOUTS, Item, typeset
from samples.wear import wear_pdf

TEXTS = (
    "各组土壤的平均含水率按照下式逐层计算并且取三次测定的平均值：",
    "式中的各个符号与前文相同，其余参数由现场的试验资料反求得到。",
    "由此可见，渠道的过水断面越大，断面平均流速就越小，淤积越快。",
)
CONTENT = (
    Item("text", TEXTS[0]),
    Item("formula", "W = (sum_(i=1)^n m_i) / (n rho) times 100%", "(1)"),
    Item("text", TEXTS[1]),
    Item("formula", "Q = A_1 v_1 + A_2 v_2"),
    Item("text", TEXTS[2]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("formulas")
    typeset(CONTENT, LAYOUTS["seen"][0], made / "drawn.pdf")
    wear_pdf(made / "drawn.pdf", made / "worn.pdf", dpi=200, wear="light", text_layer="none")
    recover.recover_pdf(made / "worn.pdf", made / "out")
    return made / "out"


@pytest.fixture(scope="module")
def document(folder: Path) -> Document:
    return recover.load_document(folder)


def test_formulas_stand_where_they_are_printed(document: Document) -> None:
    read = [item for item in body(document) if isinstance(item, Formula | Paragraph)]
    assert ["formula" if isinstance(item, Formula) else "text" for item in read] == [item.kind for item in CONTENT]
    starts = [item.text[:6] for item in read if isinstance(item, Paragraph)]
    assert starts == [text[:6] for text in TEXTS]
    assert not any(section.title for section in document.sections)


def test_a_formula_has_its_number_its_picture_and_what_was_read(document: Document, folder: Path) -> None:
    first, second = document.formulas
    assert (first.label, second.label) == ("(1)", "")
    picture = cv2.imread(str(folder / first.image), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.min() < 100
    assert "100%" in first.text
    assert second.text.startswith("Q")
    assert first.latex is None


def test_no_character_of_a_formula_is_lost(document: Document) -> None:
    printed = sum(len("".join(item.text.split())) for item in document.formulas)
    assert document.account.formulas == printed + len("(1)")
    assert document.account.unread == 0


def test_every_format_shows_the_picture_in_place(document: Document, folder: Path) -> None:
    page = html.fromstring(render_html(document, folder))
    assert len(page.xpath("//div[@class='formula']/img[starts-with(@src, 'data:image')]")) == 2
    before = page.xpath("//div[@class='formula'][1]/preceding-sibling::p[1]")[0].text_content()
    assert before.startswith(TEXTS[0][:6])
    jats = etree.fromstring(render_jats(document, folder))
    assert jats.xpath("string(//disp-formula[1]/label)") == "(1)"
    (folder / "a.docx").write_bytes(render_docx(document, folder))
    assert len(docx.Document(str(folder / "a.docx")).inline_shapes) == 2
    assert document.formulas[0].image in (folder / "document.md").read_text("utf-8")
