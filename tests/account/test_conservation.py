"""Nothing is lost: what stands in the lines of pages is in the document, in its account and in every format."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_lines import make_line

from recover.export import document_json
from recover.model.document import Document, Source
from recover.model.geometry import Box
from recover.model.page import PageReading, Region, RegionKind, Rejected
from recover.pipeline.document import assemble
from recover.settings import Settings
from recover.stages.account import IN_NO_TEXT, recounted
from samples.conservation import FORMATS, LINE_FORMATS, check, losses, missing_from, squeezed

# Kind, type size, text: what papers are made of, and what has tripped stages up.
PRINT: tuple[tuple[RegionKind, float, str], ...] = (
    ("title", 18, "水稻根际微生物群落的季节变化"),
    ("text", 10, "程一鸣，罗海生"),
    ("text", 10, "摘要：目的 比较四季的差异。方法 每季取样三次。"),
    ("text", 10, "Abstract: Soil was sampled four times a year and its flora was com-"),
    ("text", 10, "pared by sequencing of the ribosomal genes of all samples."),
    ("text", 10, "关键词：水稻；根际；微生物"),
    ("title", 12, "1 材料与方法"),
    ("title", 12, "1.1 取样"),
    ("title", 12, "一、取样的时间"),
    ("text", 10, "取样在同一块田里进行，每次三点，深度为十厘米[1]。"),
    ("text", 10, "结果与以前的报告一致[2-3]，但是冬季的差异更大。"),
    ("text", 10, "表1列出了各季的含水量。"),
    ("table-caption", 9, "表1 各季土壤的含水量"),
    ("table", 9, "春季　21.4　夏季　30.2"),
    ("figure", 9, "取样点"),
    ("figure-caption", 9, "图1 取样点的分布"),
    ("title", 12, "致谢"),
    ("text", 10, "感谢农场的全体同事。"),
    ("title", 12, "参考文献"),
    ("reference", 9, "[1] 程一鸣. 根际研究方法[J]. 土壤, 2011, 4(2): 11-15."),
    ("reference", 9, "[2] Luo HS. Seasons of the soil[M]. Leiden: Brill, 1997."),
    ("footnote", 8, "①程一鸣：《土壤的历史》，第 21 页。"),
    ("margin", 8, "125"),
    ("equation", 10, "x = a + b (1)"),
    ("text", 10, "2014."),
    ("header", 9, "土壤与环境 2011年第4卷第2期"),
    ("footer", 9, "37"),
)
PAGE = st.lists(st.tuples(st.sampled_from(PRINT), st.sampled_from((0.0, 2.0, 12.0)), st.integers(1, 3)), max_size=22)


def reading(index: int, drawn: list[tuple[tuple[RegionKind, float, str], float, int]]) -> PageReading:
    """A page of one column: each line indented by so many type sizes, so many steps below the one before."""
    regions = []
    y = 40.0
    for number, ((kind, size, text), indent, step) in enumerate(drawn):
        y += step * 1.5 * size
        line = make_line(text, 60 + indent * size, y, name=f"l{number}", size=size)
        regions.append(Region(id=f"r{number}", kind=kind, box=line.box, lines=(line,)))
    lost = Rejected(box=Box(500, 800, 540, 812), text="内部", why="a watermark")
    return PageReading(index=index, width=595, height=842, dpi=200, regions=tuple(regions), rejected=(lost,))


def document_of(pages: list[PageReading]) -> Document:
    source = Source(name="a.pdf", sha256="0" * 64, pages=len(pages), kind="scan")
    return assemble(source, pages, Settings(glossaries=()))


@settings(max_examples=60)
@given(st.lists(PAGE, min_size=1, max_size=3))
def test_every_character_of_the_lines_is_accounted_for(drawn: list) -> None:
    document = document_of([reading(index, page) for index, page in enumerate(drawn)])
    assert not losses(document)
    dropped = [place for page in document.account.pages for place in page.open if place.why == IN_NO_TEXT]
    assert bool(dropped) == any("stand in no text" in item.message for item in document.problems)


@settings(max_examples=60)
@given(st.lists(PAGE, min_size=1, max_size=2))
def test_counts_are_those_of_the_texts(drawn: list) -> None:
    document = document_of([reading(index, page) for index, page in enumerate(drawn)])
    texts = "".join(
        section.number + section.title + section.title_en + "".join(part.text for part in section.paragraphs)
        for section in document.sections
    )
    assert document.account.text == len(squeezed(texts))
    # A note that is an entry of the list too is counted once.
    listed = "" if document.notes else "".join(item.raw for item in document.references)
    assert document.account.references == len(squeezed(listed))
    assert document.account.furniture == len(squeezed("".join(item.text for item in document.furniture)))


@pytest.mark.parametrize("name", [*FORMATS, *LINE_FORMATS])
@settings(max_examples=25)
@given(drawn=st.lists(PAGE, min_size=1, max_size=2))
def test_every_format_holds_every_text(name: str, drawn: list, tmp_path_factory: pytest.TempPathFactory) -> None:
    document = document_of([reading(index, page) for index, page in enumerate(drawn)])
    assert not missing_from(name, document, tmp_path_factory.getbasetemp())


def test_a_text_that_was_dropped_is_told(tmp_path: Path) -> None:
    whole = document_of([reading(0, [(item, 0.0, 1) for item in PRINT])])
    assert not losses(whole)
    assert any("in no text" in told for told in losses(msgspec.structs.replace(whole, sections=())))
    more = msgspec.structs.replace(whole.account, text=whole.account.text + 1)
    assert len(losses(msgspec.structs.replace(whole, account=more))) == 2
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "document.json").write_bytes(document_json.render(whole, folder))
    assert not check(folder)


@settings(max_examples=20)
@given(st.lists(PAGE, min_size=1, max_size=2))
def test_the_json_file_holds_the_account(drawn: list) -> None:
    document = document_of([reading(index, page) for index, page in enumerate(drawn)])
    again = msgspec.json.decode(document_json.render(document, Path()), type=Document)
    assert again.account == document.account


@settings(max_examples=20)
@given(st.lists(PAGE, min_size=1, max_size=2))
def test_an_account_taken_again_is_the_same(drawn: list) -> None:
    document = document_of([reading(index, page) for index, page in enumerate(drawn)])
    assert recounted(document).account == document.account
