"""Merged cells are merged in every format, empty ones keep their place, and a workbook holds a sheet for each table."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest
from lxml import etree, html

from recover.export import docx as word
from recover.export import epub, jats, xlsx
from recover.export import html as web
from recover.export.content import head_rows, printed_rows
from recover.model.document import TABLE_NOTE, Document, FrontBlock, MergedCell, Paragraph, Span, Table
from recover.model.geometry import Box

ROWS = (
    ("组别", "甲法", "", "例数"),
    ("", "实测", "预测", ""),
    ("早", "1.50", "", "7"),
    ("", "2.50", "=1+1", ""),
)
SPANS = (
    MergedCell(row=0, col=0, rowspan=2),
    MergedCell(row=0, col=1, colspan=2),
    MergedCell(row=0, col=3, rowspan=2),
    MergedCell(row=2, col=0, rowspan=2),
)
SHOWN = [["组别", "甲法", "例数"], ["实测", "预测"], ["早", "1.50", "", "7"], ["2.50", "=1+1", ""]]
AREA = (2, 1), (1, 2), (2, 1)


@pytest.fixture
def document(paper: Document) -> Document:
    table = Table(
        label="表 1/2",
        caption="比较",
        caption_en="Comparison",
        page=0,
        box=Box(50, 90, 250, 180),
        rows=ROWS,
        spans=SPANS,
    )
    return msgspec.structs.replace(paper, tables=(table, table), figures=())


def test_cells_as_they_are_shown(document: Document) -> None:
    assert [[cell.text for cell in row] for row in printed_rows(document.tables[0])] == SHOWN
    assert head_rows(document.tables[0]) == 2


def cells_of(rows: list[etree._Element]) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in rows]


def areas(row: etree._Element) -> tuple[tuple[int, int], ...]:
    return tuple((int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))) for cell in row)


@pytest.mark.parametrize("form", ["html", "jats", "epub"])
def test_markup(form: str, document: Document, folder: Path) -> None:
    match form:
        case "html":
            root = html.fromstring(web.render(document, folder).decode())
        case "jats":
            root = etree.fromstring(
                jats.render(document, folder), etree.XMLParser(resolve_entities=False, no_network=True)
            )
        case _:
            book = zipfile.ZipFile(io.BytesIO(epub.render(document, folder)))
            root = html.fromstring(book.read("EPUB/article.xhtml"))
    table = root.xpath("//*[local-name()='table']")[0]
    rows = table.xpath(".//*[local-name()='tr']")
    assert cells_of(rows) == SHOWN
    assert areas(rows[0]) == AREA
    assert len(table.xpath("./*[local-name()='thead']/*")) == 2


def test_word(document: Document, folder: Path) -> None:
    read = docx.Document(io.BytesIO(word.render(document, folder, "text")))
    table = next(table for table in read.tables if table.cell(0, 0).text == "组别")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["组别", "甲法", "甲法", "例数"],
        ["组别", "实测", "预测", "例数"],
        ["早", "1.50", "", "7"],
        ["早", "2.50", "=1+1", ""],
    ]


def test_a_workbook_has_a_sheet_for_each_table(document: Document, folder: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(document, folder)))
    assert book.sheetnames == ["表 1 2", "表 1 2 (2)"]
    sheet = book.worksheets[0]
    values = [[sheet.cell(r, c).value or "" for c in range(1, 5)] for r in range(1, 5)]
    assert values == [list(row) for row in ROWS]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A2", "B1:C1", "D1:D2", "A3:A4"}
    assert [sheet.cell(row, 1).value for row in (6, 7)] == ["表 1/2 比较", "Comparison"]


def test_no_cell_of_a_workbook_is_a_formula(document: Document, folder: Path) -> None:
    hostile = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x","y")', "\x00=1")
    table = msgspec.structs.replace(document.tables[0], rows=(hostile,), spans=(), label="=cmd", caption="=1")
    content = xlsx.render(msgspec.structs.replace(document, tables=(table,)), folder)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(sheet.cell(1, column).quotePrefix for column in range(1, 8))


def test_a_workbook_is_the_same_bytes_each_time(document: Document, folder: Path) -> None:
    content = xlsx.render(document, folder)
    assert content == xlsx.render(document, folder)
    assert re.search(rb"20[1-9]\d-", content) is None


def test_a_document_without_tables_has_a_workbook_that_opens(document: Document, folder: Path) -> None:
    content = xlsx.render(msgspec.structs.replace(document, tables=()), folder)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["no tables"]


def test_notes_stand_below_their_table(document: Document, folder: Path) -> None:
    span = Span(start=0, end=4, page=0, box=Box(60, 182, 200, 190), origin="ppocr", line="p1.l9")
    note = FrontBlock(role=TABLE_NOTE, lang="zh", paragraph=Paragraph(text="注：均值", lang="zh", spans=(span,)))
    noted = msgspec.structs.replace(document, front=(note,), tables=document.tables[:1])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(noted, folder))).worksheets[0]
    assert sheet.cell(8, 1).value == "注：均值"
