"""Whatever stands on a page, no file made of it acts: no script runs, no formula is computed, no field is filled."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import bibtexparser
import msgspec
import pikepdf
import pytest
import rispy
from lxml import etree, html

from recover.export.csl_json import inert_item
from recover.export.formats import FORMATS, Beside, Format, Original
from recover.export.markup import legal
from recover.export.terms_csv import inert
from recover.model.csl import CslItem
from recover.model.document import Author, Bilingual, BilingualList, Document
from tests.export.conftest import ATTACKS
from tests.export.pdf_pages import scan
from tests.export.pdf_readers import pdfium_text

# The commands that spell a sign which TeX would act on.
SPELLED = {"textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"}
RUNS = re.compile(r"^\s*(javascript|vbscript|data:text)", re.IGNORECASE)


def rendered(item: Format, document: Document, folder: Path) -> bytes:
    return item.render(document, folder, Beside(original=Original(path=folder / "none.pdf")))


def by_name(name: str) -> Format:
    return next(item for item in FORMATS if item.name == name)


def parts(name: str, content: bytes) -> list[bytes]:
    if name not in {"epub", "docx"}:
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(entry) for entry in book.namelist() if entry.endswith((".xml", ".xhtml", ".opf", ".rels"))]


def elements(name: str, content: bytes) -> list[etree._Element]:
    if name in {"report", "html"}:
        return list(html.fromstring(content.decode()).iter())
    parser = etree.XMLParser(load_dtd=False, no_network=True)
    return [element for part in parts(name, content) for element in etree.fromstring(part, parser).iter()]


@pytest.mark.parametrize("name", ["report", "html", "epub", "jats", "xliff", "alto", "hocr", "docx"])
def test_nothing_recovered_becomes_an_element_that_acts(name: str, hostile: Document, folder: Path) -> None:
    for element in elements(name, rendered(by_name(name), hostile, folder)):
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname.lower()
        assert local not in {"script", "iframe", "object", "embed", "fldsimple", "instrtext", "altchunk"}
        assert not (local == "img" and element.get("src") == "x")
        for key, value in element.attrib.items():
            assert not etree.QName(key).localname.lower().startswith("on")
            if etree.QName(key).localname in {"href", "src", "Target"}:
                assert not RUNS.match(value)


@pytest.mark.parametrize("name", ["report", "html", "epub", "jats", "xliff", "docx"])
def test_what_was_recovered_is_still_told(name: str, hostile: Document, folder: Path) -> None:
    text = "".join(
        text for element in elements(name, rendered(by_name(name), hostile, folder)) for text in [element.text or ""]
    )
    assert "alert(1)" in text
    assert "干细胞治疗" in text


def test_cells_of_the_terms_table_compute_nothing(hostile: Document, folder: Path) -> None:
    content = rendered(by_name("terms"), hostile, folder).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert any("SUM" in cell or "HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r"}]


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "\u3000＝1"]
)
def test_a_cell_that_would_be_computed_is_told_as_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "干细胞", "1-2", "a=b", "SOD1 -", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert inert(cell) == cell


def test_a_pdf_asks_a_reader_to_do_nothing(hostile: Document, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(tmp_path / "paper.pdf")
    made = by_name("pdf").render(hostile, tmp_path, Beside(original=Original(path=tmp_path / "paper.pdf")))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        keys = set().union(*(dict(item.items()) for item in found))
        assert not keys & {"/JS", "/JavaScript", "/URI", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/Annots"}
        with pdf.open_outline() as outline:
            assert hostile.sections[1].title in outline.root[0].title
        with pdf.open_metadata() as metadata:
            assert hostile.title.zh in metadata["dc:title"]
    assert "<script>" in pdfium_text(made)


def test_markdown_shows_tags_as_text(hostile: Document, folder: Path) -> None:
    text = rendered(by_name("md"), hostile, folder).decode()
    assert not re.search(r"(?<!\\)<(script|img)", text)
    assert not re.search(r"\]\(\s*javascript:", text)


def test_json_keeps_every_character(hostile: Document, folder: Path) -> None:
    written = json.loads(rendered(by_name("json"), hostile, folder))
    assert msgspec.convert(written, Document) == hostile


def test_no_entry_of_the_lists_becomes_another_or_a_command(hostile: Document, folder: Path) -> None:
    library = bibtexparser.parse_string(rendered(by_name("bib"), hostile, folder).decode())
    assert not library.failed_blocks
    assert [entry.entry_type for entry in library.entries] == ["article", "book"]
    assert not library.strings
    assert not library.preambles
    for entry in library.entries:
        for field in entry.fields:
            assert set(re.findall(r"\\([A-Za-z]+)", field.value)) <= SPELLED, field
            assert not re.search(r"(?<!\\)[%$#&](?![0-9A-F]{2})", field.value) or field.key in {"url", "doi"}
            assert field.key != "url" or field.value.startswith("http")


def test_no_line_of_a_record_becomes_a_tag_or_an_address_that_runs(hostile: Document, folder: Path) -> None:
    text = rendered(by_name("ris"), hostile, folder).decode()
    records = rispy.loads(text)
    assert [record["type_of_reference"] for record in records] == ["JOUR", "BOOK"]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines() if line)
    assert not [url for record in records for url in record.get("urls", ()) if not url.lower().startswith("http")]
    assert "alert(1)" in text


def test_items_are_data_and_their_addresses_the_web(hostile: Document, folder: Path) -> None:
    items = json.loads(rendered(by_name("csl"), hostile, folder))
    assert len(items) == 2
    assert not [item for item in items if RUNS.match(item.get("URL", ""))]
    assert "alert(1)" in json.dumps(items)


def test_a_formatted_list_has_a_line_an_entry_that_says_what_was_read(hostile: Document, folder: Path) -> None:
    for style in ("gb-t-7714", "vancouver", "apa"):
        beside = Beside(style=style)
        lines = by_name("refs").render(hostile, folder, beside).decode().splitlines()
        assert len(lines) == 2
        assert "冻土" in lines[1]
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "".join(lines))


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://example.org/a:b", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("ftp://example.org", True),
        ("www.example.org/x", True),
        ("example.org:8080/x", True),
        ("javascript:alert(1)", False),
        (" JavaScript :alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_an_address_that_is_not_of_the_web_stands_in_the_note(url: str, *, is_kept: bool) -> None:
    item = inert_item(CslItem(title="x", URL=url))
    assert (url == item.URL) is is_kept
    assert is_kept or url in item.note


@pytest.mark.parametrize("item", [item for item in FORMATS if item.needs != "original"], ids=lambda item: item.name)
def test_every_format_takes_a_document_with_nothing_in_it(item: Format, paper: Document, tmp_path: Path) -> None:
    assert isinstance(item.render(Document(source=paper.source), tmp_path), bytes)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_pdf_can_be_named_by_anything(attack: str, paper: Document, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(scan())
    named = msgspec.structs.replace(
        paper,
        title=Bilingual(zh=attack),
        authors=(Author(name=attack),),
        keywords=BilingualList(zh=(attack,)),
        sections=(msgspec.structs.replace(paper.sections[1], title=attack),),
    )
    made = by_name("pdf").render(named, tmp_path, Beside(original=Original(path=tmp_path / "paper.pdf")))
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == legal(attack)
