import msgspec
import pytest

from recover.export.content import Publication, publication
from recover.export.styled import printed_text
from recover.export.xliff import sentences
from recover.model.csl import CslItem
from recover.model.document import Document, FrontBlock, Paragraph, Reference


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "引用本文：林若川.题目[J].中国组织修复研究，2024，28(11)：1741-1746.",
            Publication(journal="中国组织修复研究", year="2024", volume="28", issue="11", pages="1741-1746"),
        ),
        ("张三. 题目[J]. 地理学报, 2010, 90: 5.", Publication(journal="地理学报", year="2010", volume="90", pages="5")),
        ("DOI：10.3969/j.issn.2095-4344.0212。", Publication(doi="10.3969/j.issn.2095-4344.0212")),
        ("基金项目：某基金（2020YFS0316）", Publication()),
    ],
)
def test_the_paper_says_where_it_appeared(text: str, known: Publication, paper: Document) -> None:
    block = FrontBlock(role="cite", lang="zh", paragraph=Paragraph(text=text, lang="zh"))
    assert publication(msgspec.structs.replace(paper, front=(block,))) == known


@pytest.mark.parametrize(
    ("number", "raw", "shown"),
    [
        (1, "[1] Smith J. A.", "Smith J. A."),
        (17, "[17] [17]Writing Group", "Writing Group"),
        (3, "3. Smith", "Smith"),
        (8, "{8] Kwiatkowski", "Kwiatkowski"),
        (3, "［3］王伟", "王伟"),
        (20, "2010年统计年鉴", "2010年统计年鉴"),
    ],
)
def test_a_reference_is_shown_without_its_number(number: int, raw: str, shown: str) -> None:
    assert printed_text(Reference(number=number, raw=raw, csl=CslItem())) == shown


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("第一句。第二句！第三句", ["第一句。", "第二句！", "第三句"]),
        ("他说：“是。”然后走了。", ["他说：“是。”", "然后走了。"]),
        ("P<0.05, n=3. The rest.", ["P<0.05, n=3. ", "The rest."]),
        ("Smith et al. Found it.", ["Smith et al. Found it."]),
        ("", []),
    ],
)
def test_text_is_cut_into_sentences_that_join_again(text: str, cut: list[str]) -> None:
    assert list(sentences(text)) == cut
    assert "".join(sentences(text)) == text
