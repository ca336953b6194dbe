"""A whole document from pages of known lines: what the stages make of each other's work, without any reading."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from recover.export import markdown
from recover.model.document import Document, Source
from recover.model.page import PageReading, Region, RegionKind
from recover.pipeline.document import assemble
from recover.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
from printed_lines import make_line

HEAD = "细胞与修复 2020 年第 3 期"
# Kind, size, indent in type sizes, text: a line each. A bar ends a column.
FIRST: tuple[tuple[RegionKind, float, float, str], ...] = (
    ("title", 18, 2, "小鼠脊髓损伤后细胞移植的时间窗"),
    ("text", 10, 8, "安明远，白小川"),
    ("text", 10, 2, "摘要：目的 比较三个时间点移植的效果。方法 随机分组，每组十只。结果 一周组最好。"),
    ("text", 10, 2, "关键词：小鼠；脊髓损伤；移植"),
)
LEFT: tuple[tuple[RegionKind, float, float, str], ...] = (
    ("title", 12, 0, "1 引言 Introduction"),
    ("text", 10, 2, "脊髓损伤之后的炎症反应决定移植细"),
    ("text", 10, 0, "胞的命运[1]。损伤当天移植的细胞大多死"),
    ("text", 10, 0, "亡，而瘢痕形成以后轴突难以通过[2-3]。"),
    ("text", 10, 2, "因此需要找到两者之间的时间窗，本文"),
)
RIGHT: tuple[tuple[RegionKind, float, float, str], ...] = (
    ("text", 10, 0, "比较三个时间点。每只小鼠移植10^5个细"),
    ("text", 10, 0, "胞。"),
    ("title", 12, 0, "2 结果 Results"),
    ("text", 10, 2, "一周组的运动评分高于当天组和一月组"),
)
NEXT: tuple[tuple[RegionKind, float, float, str], ...] = (
    ("text", 10, 0, "，差异有显著性意义[2]。"),
    ("title", 12, 0, "参考文献 References"),
    ("reference", 9, 0, "[1] 安明远，白小川. 移植时机[J]. 细胞与修复，2018，6(2)：101-105."),
    ("reference", 9, 0, "[2] 白小川. 瘢痕与轴突[J]. 细胞与修复，2019，7(1)：11-15."),
    ("reference", 9, 0, "[3] 陈一. 脊髓损伤模型[J]. 细胞与修复，2017，5(4)：301-306."),
)
LINE_STEP = 16.0


def regions(
    block: Sequence[tuple[RegionKind, float, float, str]], column: int, x: float, y: float
) -> Iterator[tuple[Region, float]]:
    for number, (kind, size, indent, text) in enumerate(block):
        name = f"c{column}l{number}"
        line = make_line(text, x + indent * size, y, name=name, size=size)
        yield Region(id=name, kind=kind, box=line.box, column=column, lines=(line,)), y
        y += LINE_STEP * size / 10


def page(index: int, *columns: tuple[Sequence[tuple[RegionKind, float, float, str]], float, float]) -> PageReading:
    head = make_line(HEAD, 60, 30, name="head")
    foot = make_line(str(index + 301), 290, 800, name="foot")
    found = [Region(id="head", kind="header", box=head.box, column=0, lines=(head,))]
    for column, (block, x, y) in enumerate(columns, 1):
        found += [region for region, _ in regions(block, column, x, y)]
    found.append(Region(id="foot", kind="footer", box=foot.box, column=9, lines=(foot,)))
    return PageReading(index=index, width=595, height=842, dpi=200, regions=tuple(found))


@pytest.fixture(scope="module")
def document() -> Document:
    pages = (
        page(0, (FIRST, 60, 90), (LEFT, 60, 220), (RIGHT, 310, 220)),
        page(1, (NEXT, 60, 90)),
    )
    source = Source(name="a.pdf", sha256="0" * 64, pages=2, kind="scan")
    return assemble(source, pages, Settings(glossaries=()))


def test_the_document_reads_as_it_was_set(document: Document, golden: Callable[[str, str], None]) -> None:
    golden("two_columns.md", markdown.render(document, Path()).decode())


def test_a_sentence_goes_on_over_columns_and_pages(document: Document) -> None:
    texts = [part.text for section in document.sections for part in section.paragraphs]
    assert any("本文比较三个时间点" in text for text in texts)
    assert any("一月组，差异有显著性意义" in text for text in texts)


def test_heads_and_page_numbers_are_kept_apart(document: Document) -> None:
    assert {(item.page, item.text) for item in document.furniture} == {(0, HEAD), (1, HEAD), (0, "301"), (1, "302")}
    assert HEAD not in markdown.render(document, Path()).decode()


def test_citations_are_resolved_against_the_list(document: Document) -> None:
    cited = [mark.numbers for section in document.sections for part in section.paragraphs for mark in part.citations]
    assert cited == [(1,), (2, 3), (2,)]
    assert [reference.number for reference in document.references] == [1, 2, 3]


def test_spans_lead_back_to_the_lines(document: Document) -> None:
    lines = {line.id: line.text for record in document.pages for region in record.regions for line in region.lines}
    for section in document.sections:
        for part in section.paragraphs:
            for span in part.spans:
                assert part.text[span.start : span.end] == lines[span.line][span.at : span.at + span.end - span.start]


def test_a_raised_figure_calls_its_note() -> None:
    text: list[tuple[RegionKind, float, float, str]] = [
        ("text", 10, 0, "驿道桥梁多由行会与士绅捐修并见于账簿"),
        ("text", 10, 0, "此说始见于宋人笔记。1其后诸家沿用。"),
    ]
    notes: list[tuple[RegionKind, float, float, str]] = [("text", 8, 0, "1 岳子衡：《驿道桥梁初探》，某社1979年版。")]
    plain = page(0, (text * 6, 60, 100), (notes, 60, 600))
    raised = [
        msgspec.structs.replace(
            region,
            lines=tuple(
                msgspec.structs.replace(line, styles="0" * 10 + "1" + "0" * (len(line.text) - 11))
                if line.text.startswith("此说")
                else line
                for line in region.lines
            ),
        )
        for region in plain.regions
    ]
    source = Source(name="a.pdf", sha256="0" * 64, pages=1, kind="scan")
    document = assemble(source, [msgspec.structs.replace(plain, regions=tuple(raised))], Settings())
    (note,) = document.notes
    assert note.anchor is not None
