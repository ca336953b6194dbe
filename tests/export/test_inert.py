"""Whatever stands on a page, no file made of it acts: no script runs, no formula is computed, no field is filled."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import msgspec
import pytest
from lxml import etree, html

from recover.export.formats import FORMATS, Beside, Format
from recover.export.original import Original
from recover.model.document import Document

WRITTEN = {"report", "html", "epub", "jats", "xliff", "alto", "hocr", "docx", "md", "terms", "json"}
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


def test_markdown_shows_tags_as_text(hostile: Document, folder: Path) -> None:
    text = rendered(by_name("md"), hostile, folder).decode()
    assert not re.search(r"(?<!\\)<(script|img)", text)
    assert not re.search(r"\]\(\s*javascript:", text)


def test_json_keeps_every_character(hostile: Document, folder: Path) -> None:
    written = json.loads(rendered(by_name("json"), hostile, folder))
    assert msgspec.convert(written, Document) == hostile


@pytest.mark.parametrize("item", [item for item in FORMATS if item.needs != "original"], ids=lambda item: item.name)
def test_every_format_takes_a_document_with_nothing_in_it(item: Format, paper: Document, tmp_path: Path) -> None:
    assert isinstance(item.render(Document(source=paper.source), tmp_path), bytes)
