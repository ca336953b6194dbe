"""What papers print of themselves, from the blocks of their front matter."""

from __future__ import annotations

from recover.model.document import FrontBlock, Paragraph
from recover.stages.outline.particulars import read_particulars, split_keywords


def block(role: str, text: str) -> FrontBlock:
    return FrontBlock(role=role, lang="zh", paragraph=Paragraph(text=text, lang="zh"))


def test_labels_in_one_line_and_in_several() -> None:
    found = read_particulars(
        [
            block("class", "中图分类号：K928.6　文献标识码：A　文章编号：1000-0000(2015)03-0045-09"),
            block("class", "DOI：10.99999/j.issn.1000-0000.2015.03.007"),
            block("dates", "收稿日期：2014-11-20；修回日期：2015年1月6日"),
            block("funding", "基金项目：江州市社会科学基金项目（2013B021）"),
            block("author-note", "作者简介：陶知行（1978—），男，副教授。"),
            block("author-note", "通信作者：孔令谦，教授。"),
            block("cite", "引用本文：陶知行. 某题[J]. 江州学报, 2015, 3(2): 45-53."),
        ]
    )
    assert (found.clc, found.document_code, found.article_number) == ("K928.6", "A", "1000-0000(2015)03-0045-09")
    assert found.doi == "10.99999/j.issn.1000-0000.2015.03.007"
    assert [(item.label, item.text) for item in found.dates] == [
        ("收稿日期", "2014-11-20"),
        ("修回日期", "2015年1月6日"),
    ]
    assert found.funding == ("江州市社会科学基金项目（2013B021）",)
    assert found.biographies == ("陶知行（1978—），男，副教授。",)
    assert found.correspondence == ("孔令谦，教授。",)
    assert found.cite[0].startswith("陶知行. 某题")


def test_affiliations_are_parted_at_their_marks() -> None:
    text = "（1.江州大学历史文化学院，江州 430070；2.南屿师范学院社会学系，南屿 510006）"
    found = read_particulars([block("affiliation-zh", text)]).affiliations
    assert [(item.mark, item.text) for item in found] == [
        ("1", "江州大学历史文化学院，江州 430070"),
        ("2", "南屿师范学院社会学系，南屿 510006"),
    ]


def test_traditional_labels() -> None:
    found = read_particulars([block("dates", "收稿日期：2015/03/02；接受刊登日期：2015/06/30")])
    assert [item.text for item in found.dates] == ["2015/03/02", "2015/06/30"]


def test_nothing_printed_is_nothing_found() -> None:
    assert read_particulars([block("abstract-zh", "本文探讨水塘的变迁。")]).doi == ""


def test_keywords_and_classes_in_one_line() -> None:
    line = "渔船号子；传承；档案 中图分类号J607文献标志码A文章编号1000-0000(2015)03-0045-09"
    found = read_particulars([block("keywords-zh", "关键词" + line)])
    assert (found.clc, found.document_code, found.article_number) == ("J607", "A", "1000-0000(2015)03-0045-09")
    assert split_keywords([line]) == ("渔船号子", "传承", "档案")
