"""Lists that come as BibTeX, RIS or DOCX."""

from __future__ import annotations

import io

import docx
import pytest

from recover.export import bibtex, ris
from recover.model.csl import CslDate, CslItem, CslName
from recover.stages.references.sources import read_bibtex, read_docx, read_ris

ITEMS = [
    CslItem(
        id="a", type="article-journal", language="en", title="Sand and TDP-43 & more", container_title="Fluid Letters",
        author=(CslName(family="Müller", given="K. B."), CslName(literal="Sand Study Group")), volume="12", issue="3",
        page="4-9", issued=CslDate(date_parts=((2011, 5),)), DOI="10.5555/x_1",
    ),
    CslItem(
        id="b", type="book", language="zh-CN", title="茶与帝国", author=(CslName(family="顾行舟"),),
        publisher="西湖书局", publisher_place="杭州", issued=CslDate(date_parts=((2009,),)),
    ),
]  # fmt: skip
KEPT = (
    "type",
    "language",
    "title",
    "container_title",
    "author",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher_place",
    "DOI",
)


@pytest.mark.parametrize("item", ITEMS, ids=["article", "book"])
def test_bibtex_comes_back_as_it_was_written(item: CslItem) -> None:
    ((line, found, _),) = read_bibtex("".join(bibtex.entries([item])))
    assert line == 1
    assert found is not None
    assert _kept(found) == _kept(item)
    assert found.issued == item.issued


def _kept(item: CslItem) -> dict[str, object]:
    return {name: getattr(item, name) for name in KEPT}


def test_ris_comes_back_as_it_was_written() -> None:
    found = [item for _, item, _ in read_ris("".join(ris.records(ITEMS))) if item]
    wanted = [(item.title, item.container_title, item.volume, item.issue, item.page, item.publisher) for item in ITEMS]
    assert [(i.title, i.container_title, i.volume, i.issue, i.page, i.publisher) for i in found] == wanted
    assert found[0].author[0].family == "Müller"


def test_bibtex_of_other_programs() -> None:
    text = (
        '@Book{k,\n author = "John van der Berg and {World Tide Council}",\n'
        ' title={On \\"Ubung and {DNA}}, year=1990}\n@article{broken\n'
    )
    good, bad = read_bibtex(text)
    assert good[1] is not None
    assert bad[1] is None
    assert [(name.family, name.literal) for name in good[1].author] == [
        ("van der Berg", ""),
        ("", "World Tide Council"),
    ]
    assert good[1].title == "On Übung and DNA"


def test_a_word_document_gives_the_paragraphs_below_the_heading() -> None:
    document = docx.Document()
    for text in (
        "正文一段。",
        "参考文献",
        "[1] 王一. 题名[J]. 学报, 2000(1): 2.",
        "",
        "[2] 李二. 题名[M]. 北京: 书局, 2001.",
    ):
        document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    assert [text[:3] for text in read_docx(held.getvalue())] == ["[1]", "[2]"]
    with pytest.raises(ValueError, match="DOCX"):
        read_docx(b"PK no document")
