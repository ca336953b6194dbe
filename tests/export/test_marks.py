"""Raised, lowered, italic and bold characters in every format of running text, read back by other programs."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import ebooklib.epub
import msgspec
import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from recover.export import markdown
from recover.export.alto import NAMESPACE as ALTO
from recover.export.alto import render as render_alto
from recover.export.docx import render as render_docx
from recover.export.epub import render as render_epub
from recover.export.hocr import render as render_hocr
from recover.export.html import render as render_html
from recover.export.jats import render as render_jats
from recover.export.report import render as render_report
from recover.export.styled import Styled, stretches
from recover.export.xliff import render as render_xliff
from recover.model.csl import CslItem
from recover.model.document import (
    Bilingual,
    BilingualList,
    Cell,
    Citation,
    Document,
    FrontBlock,
    Mark,
    MarkKind,
    Paragraph,
    Reference,
    Section,
    Source,
    Table,
)
from recover.model.geometry import Box
from recover.model.records import PageLine, PageRecord, PageRegion


def styled(source: str) -> Styled:
    """``^{}`` raised, ``_{}`` lowered, ``/{}`` italic, ``!{}`` bold."""
    kinds: dict[str, MarkKind] = {"^": "sup", "_": "sub", "/": "italic", "!": "bold"}
    text, marks, at = "", [], 0
    for match in re.finditer(r"([\^_/!])\{([^}]*)\}", source):
        text += source[at : match.start()]
        marks.append(Mark(start=len(text), end=len(text) + len(match[2]), kind=kinds[match[1]]))
        text, at = text + match[2], match.end()
    return Styled(text + source[at:], tuple(marks))


def paragraph(source: str, lang: str = "zh") -> Paragraph:
    text = styled(source)
    cited = text.text.find("[1]")
    citations = (Citation(start=cited, end=cited + 3, numbers=(1,)),) if cited >= 0 else ()
    return Paragraph(text=text.text, lang=lang, marks=text.marks, citations=citations)


BODY = "剂量为1×10^{6}/kg[1]，含Ca^{2+}与H_{2}O，基因/{Fus}突变，!{目的：}比较a*b^{*}。"
TITLE, CAPTION, CELL = "含10^{-3} mol的CO_{2}", "各组的R^{2}值", "5×10^{4}"
ABSTRACT, ENTRY = "以^{131}I标记", "[1] Li A. Role of Ca^{2+} in /{E. coli}[J]. Cell, 2020, 1: 2."


@pytest.fixture
def marked() -> Document:
    title, caption, cell, entry = map(styled, (TITLE, CAPTION, CELL, ENTRY))
    abstract = paragraph(ABSTRACT)
    table = Table(
        label="表 1",
        caption=caption.text,
        caption_marks=caption.marks,
        page=0,
        box=Box(0, 0, 1, 1),
        rows=((cell.text,),),
        cells=(Cell(row=0, column=0, text=cell.text, marks=cell.marks),),
        section="s1",
        after=0,
    )
    section = Section(
        id="s1", number="1", level=1, title=title.text, title_marks=title.marks, paragraphs=(paragraph(BODY),)
    )
    return Document(
        source=Source(name="a.pdf", sha256="0", pages=1, kind="scan"),
        title=Bilingual(zh="题目"),
        abstracts=BilingualList(zh=(abstract.text,)),
        front=(
            FrontBlock(role="abstract-zh", lang="zh", paragraph=abstract),
            FrontBlock(role="footnote", lang="zh", paragraph=paragraph("注：m^{3}")),
        ),
        sections=(section,),
        tables=(table,),
        references=(Reference(number=1, raw=entry.text, marks=entry.marks, csl=CslItem(id="1")),),
    )


RAISED = {"6", "2+", "*", "-3", "2", "4", "131", "3"}


def texts(elements: list[etree._Element]) -> list[str]:
    return ["".join(element.itertext()) for element in elements]


def check(tree: etree._Element, italic: str, bold: str) -> None:
    """The marks of the body, the title, the caption, the cell, the abstract, the note and the entry."""
    raised = [text for text in texts(tree.xpath("//*[local-name()='sup']")) if not text.startswith("[")]
    assert set(raised) >= RAISED
    assert texts(tree.xpath("//*[local-name()='sub']"))[:2] == ["2", "2"]
    assert {"Fus", "E. coli"} <= set(texts(tree.xpath(f"//*[local-name()='{italic}']")))
    assert "目的：" in texts(tree.xpath(f"//*[local-name()='{bold}']"))
    assert styled(BODY).text in "".join(tree.itertext())


def test_html(marked: Document, tmp_path: Path) -> None:
    check(html.fromstring(render_html(marked, tmp_path)), "i", "b")


def test_jats(marked: Document, tmp_path: Path) -> None:
    check(etree.fromstring(render_jats(marked, tmp_path)), "italic", "bold")


def test_epub(marked: Document, tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(render_epub(marked, tmp_path))
    book = ebooklib.epub.read_epub(tmp_path / "a.epub")
    pages = [item.get_content() for item in book.get_items() if item.get_name() == "article.xhtml"]
    check(etree.fromstring(pages[0]), "i", "b")


def test_markdown(marked: Document, tmp_path: Path) -> None:
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown.render(marked, tmp_path).decode())
    tree = html.fromstring(f"<div>{shown}</div>")
    for one, other in (("em", "i"), ("strong", "b")):
        for element in tree.iter(one):
            element.tag = other
    assert set(texts(tree.xpath("//sup"))) >= RAISED
    check(tree, "i", "b")


def test_what_is_bold_altogether_is_marked_so_once(marked: Document, tmp_path: Path) -> None:
    caption, title = styled("!{各组的}R^{2}值"), styled("!{材料}")
    table = msgspec.structs.replace(marked.tables[0], caption=caption.text, caption_marks=caption.marks)
    section = msgspec.structs.replace(marked.sections[0], title=title.text, title_marks=title.marks)
    document = msgspec.structs.replace(marked, tables=(table,), sections=(section,))
    page = html.fromstring(MarkdownIt("commonmark").render(markdown.render(document, tmp_path).decode()))
    assert "表 1 各组的R2值" in texts(page.xpath("//strong"))
    assert texts(page.xpath("//h1"))[1:2] == ["1 材料"]
    assert page.xpath("//h1/strong") == []


def test_xliff_is_read_with_its_marks_by_translate_toolkit(marked: Document, tmp_path: Path) -> None:
    toolkit = pytest.importorskip("translate.storage.xliff")
    store = toolkit.xlifffile.parsestring(render_xliff(marked, tmp_path))
    sources = [unit.source for unit in store.units]
    assert styled(BODY).text in "".join(sources)
    assert styled(CELL).text in sources
    tree = etree.fromstring(render_xliff(marked, tmp_path))
    raised = texts(tree.xpath("//*[local-name()='source']/*[@ctype='x-sup']"))
    assert set(raised) >= RAISED
    assert texts(tree.xpath("//*[local-name()='source']/*[@ctype='x-sub']"))[:2] == ["2", "2"]


@pytest.fixture
def paged(marked: Document) -> Document:
    """A page with a line whose 6 is raised and whose last 2 is lowered, and a raised word."""
    text = "约1061 CO2 131"
    line = PageLine(
        id="p1.l1",
        text=text,
        quad=(10, 10, 10 + 10 * len(text), 10, 10 + 10 * len(text), 30, 10, 30),
        edges=tuple(round(1000 * edge / len(text)) for at in range(len(text)) for edge in (at, at + 1)),
        confidences=(990,) * len(text),
        origin="ppocr",
        styles="0001000020111",
    )
    region = PageRegion(id="p1.r1", kind="text", box=Box(10, 10, 10 + 10 * len(text), 30), order=0, lines=(line,))
    page = PageRecord(number=0, width=300, height=60, rotation=0, skew=0.0, regions=(region,), dpi=72)
    return msgspec.structs.replace(marked, pages=(page,))


def test_alto_has_small_type_in_its_place(paged: Document, tmp_path: Path) -> None:
    content = render_alto(paged, tmp_path)
    tools = pytest.importorskip("alto_tools.alto_tools")
    _, tree, _ = tools.alto_parse(io.BytesIO(content))
    glyphs = list(tree.iter(f"{{{ALTO}}}Glyph"))
    places = [(one.get("CONTENT"), int(one.get("VPOS")), int(one.get("HEIGHT"))) for one in glyphs]
    assert places[3] == ("6", 10, 12)
    assert places[2] == ("0", 10, 20)
    assert (places[7][0], places[7][1] + places[7][2], places[7][2] < 20) == ("2", 30, True)
    words = {one.get("CONTENT"): one.get("STYLE") for one in tree.iter(f"{{{ALTO}}}String")}
    assert (words["131"], words["CO2"]) == ("superscript", None)


def test_hocr(paged: Document, tmp_path: Path) -> None:
    tree = html.fromstring(render_hocr(paged, tmp_path))
    assert texts(tree.xpath("//*[local-name()='sup']")) == ["6", "1", "3", "1"]
    assert texts(tree.xpath("//*[local-name()='sub']")) == ["2"]
    assert "约1061" in texts(tree.xpath("//*[@class='ocrx_word']"))


def test_docx(marked: Document, tmp_path: Path) -> None:
    word = docx.Document(io.BytesIO(render_docx(marked, tmp_path)))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    runs = [run for part in (word, *cells) for one in part.paragraphs for run in one.runs]
    assert {run.text for run in runs if run.font.superscript} >= RAISED
    assert [run.text for run in runs if run.font.subscript] == ["2", "2"]
    assert {"Fus", "E. coli"} <= {run.text for run in runs if run.italic}
    assert "目的：" in {run.text for run in runs if run.bold}


def test_report_shows_the_marks_of_references(marked: Document, tmp_path: Path) -> None:
    tree = html.fromstring(render_report(marked, tmp_path))
    assert "2+" in texts(tree.xpath("//section[@id='references']//sup"))


def test_a_citation_mark_stays_a_link(marked: Document, tmp_path: Path) -> None:
    tree = html.fromstring(render_html(marked, tmp_path))
    assert texts(tree.xpath("//sup/a[@class='citation']")) == ["[1]"]


def test_stretches_put_together_are_the_text() -> None:
    marks = (Mark(start=0, end=4, kind="bold"), Mark(start=2, end=6, kind="sup"), Mark(start=9, end=99, kind="sub"))
    found = list(stretches(Styled("abcdefgh", marks)))
    assert [(one.text, one.kinds) for one in found] == [
        ("ab", ("bold",)),
        ("cd", ("bold", "sup")),
        ("ef", ("sup",)),
        ("gh", ()),
    ]
    assert list(stretches(Styled(""))) == []


def test_marks_survive_the_schema(marked: Document) -> None:
    content = msgspec.json.encode(marked)
    assert msgspec.json.decode(content, type=Document) == marked
