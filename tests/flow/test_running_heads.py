"""Running heads and page numbers, told from headings that stand at the same place."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import PageReading, Region, RegionKind
from recover.stages.flow.running_heads import find_running_heads

HEIGHT = 800.0
BODY = "肌萎缩侧索硬化是一种神经退行性疾病"


def page(index: int, head: str, foot: str, *, head_kind: RegionKind = "text", first: str = BODY) -> PageReading:
    """A page with a line at its head, text from y 100 on, and a line at its foot."""
    lines = [
        (head_kind, make_line(head, 60, 40, name="head")),
        ("text", make_line(first, 60, 110, name="first")),
        *(("text", make_line(BODY, 60, 130 + 20 * row, name=f"b{row}")) for row in range(20)),
        ("text", make_line(foot, 250, 770, name="foot")),
    ]
    regions = tuple(
        Region(id=f"r{number}", kind=kind, box=line.box, lines=(line,))  # type: ignore[arg-type]
        for number, (kind, line) in enumerate(lines)
        if line.text
    )
    return PageReading(index=index, width=600, height=HEIGHT, dpi=200, regions=regions)


def names(*pages: PageReading) -> set[tuple[int, str]]:
    return set(find_running_heads(pages)[0])


def test_heads_that_repeat_and_page_numbers_are_furniture() -> None:
    pages = [page(index, "中国组织修复研究", str(2311 + index)) for index in range(3)]
    assert names(*pages) == {(index, name) for index in range(3) for name in ("head", "foot")}


def test_heads_that_alternate_and_heads_that_were_misread() -> None:
    heads = [
        "中国组织修复研究杂志 2020年",
        "林若川，等. 干细胞治疗",
        "中国组织修复研宄杂志 2020年",
        "林若川，等。干细胞治疗",
    ]
    pages = [page(index, head, "") for index, head in enumerate(heads)]
    assert names(*pages) == {(index, "head") for index in range(4)}


def test_a_head_of_two_parts_is_known_where_it_was_read_as_one_line() -> None:
    left, right = "林若川，等.干细胞治疗", "Journal of Tissue Repair"
    apart = msgspec.structs.replace(
        page(0, left, ""),
        regions=(
            Region(
                id="r0",
                kind="text",
                box=make_line(right, 400, 40).box,
                lines=(make_line(right, 400, 40, name="right"),),
            ),
            *page(0, left, "").regions,
        ),
    )
    whole = page(1, left + right, "")
    assert names(apart, whole) == {(0, "head"), (0, "right"), (1, "head")}


def test_a_head_that_names_the_paper_once_is_known_by_its_title() -> None:
    title = make_line("内源性神经干细胞的激活与功能重建", 60, 70, name="title", size=18)
    opening = page(0, "", "")
    opening = msgspec.structs.replace(
        opening, regions=(Region(id="r9", kind="title", box=title.box, lines=(title,)), *opening.regions)
    )
    assert names(opening, page(1, "柳如烟等 内源性神经干细胞的激活与功能重建", "")) == {(1, "head")}
    assert names(opening, page(1, "内源性神经干细胞的来源", "")) == set()
    longer = "本文以前的报告指出内源性神经干细胞的激活与功能重建受到微环境"
    assert names(opening, page(1, longer, "")) == set()


def test_a_heading_at_the_top_of_a_page_is_text() -> None:
    pages = [page(0, "2 结果 Results", ""), page(1, "3 讨论 Discussion", ""), page(2, "移植途径的比较与选择", "")]
    assert names(*pages) == set()


@pytest.mark.parametrize("number", ["2311", "·12·", "- 3 -", "第 5 页", "第5页 共10页", "xii", "S12", "12 | "])
def test_page_numbers(number: str) -> None:
    assert names(page(0, "", number)) == {(0, "foot")}


def test_a_year_in_the_text_is_no_page_number() -> None:
    assert names(page(0, "", "", first="2003")) == set()


def test_what_stands_once_on_one_page_is_text_unless_the_page_has_a_number() -> None:
    head = page(0, "中国组织修复研究", "", head_kind="header")
    assert names(head) == set()
    numbered = page(0, "中国组织修复研究", "27", head_kind="header")
    assert names(numbered) == {(0, "head"), (0, "foot")}
    assert names(page(0, "中国组织修复研究", "27")) == {(0, "foot")}


@pytest.mark.parametrize(
    "foot",
    [
        "© 1994-2023 China Academic Journal Electronic Publishing House. All rights reserved. http://www.cnki.net",
        "万方数据",
        "维普资讯 http://www.cqvip.com",
        "更多好书请加微信：shuyou2020",
        "www.tissue-repair.example",
        "第1頁，共2頁",
        "编辑部的话｜组织修复 37",
    ],
)
def test_a_known_line_an_address_and_a_name_with_a_number_are_a_foot_of_one_page(foot: str) -> None:
    assert names(page(0, "", foot)) == {(0, "foot")}


@pytest.mark.parametrize(
    "foot", ["检索中国知网、万方数据、维普资讯等数据库中的文献", "收稿日期：2018-05-03", "表3 两组比较", "他生于1937年"]
)
def test_a_line_at_the_foot_of_one_page_is_text(foot: str) -> None:
    assert names(page(0, "", foot)) == set()


def test_a_number_right_under_the_text_is_the_end_of_a_line() -> None:
    one = page(0, "", "")
    line = make_line("2016.", 60, 750, name="tail")
    above = [make_line(BODY, 60, 750 - 20 * row, name=f"a{row}") for row in (1, 2, 3)]
    more = tuple(Region(id=one.id, kind="text", box=one.box, lines=(one,)) for one in (*above, line))
    assert names(msgspec.structs.replace(one, regions=(*one.regions, *more))) == set()


def test_captions_of_tables_at_the_same_place_of_two_pages_are_text() -> None:
    pages = [page(index, f"续表{index + 1} 两组一般资料比较", "") for index in range(3)]
    assert names(*pages) == set()


def test_pages_that_are_all_alike_have_no_running_heads_but_what_stands_off() -> None:
    pages = [page(index, "中国组织修复研究", "") for index in range(2)]
    assert names(*pages) == {(0, "head"), (1, "head")}


def test_numbers_that_count_are_known_where_one_was_misread() -> None:
    pages = [page(index, "", text) for index, text in enumerate(("11", "l2", "13", "14"))]
    assert {(0, "foot"), (2, "foot"), (3, "foot")} <= names(*pages)


def test_words_in_the_margin_are_text_and_numbers_are_not() -> None:
    def beside(text: str) -> PageReading:
        line = make_line(text, 10, 300, name="beside")
        region = Region(id="m", kind="margin", box=line.box, lines=(line,))
        return msgspec.structs.replace(page(0, "", ""), regions=(*page(0, "", "").regions, region))

    assert names(beside("125")) == {(0, "beside")}
    assert names(beside("批注")) == set()


@pytest.mark.parametrize(("y", "expected"), [(42.0, {(2, "beside")}), (300.0, set[tuple[int, str]]())])
def test_words_in_the_margin_are_a_head_that_other_pages_print(y: float, expected: set[tuple[int, str]]) -> None:
    line = make_line("综述与评论", 560, y, name="beside")
    last = page(2, "中国组织修复研究", "3")
    region = Region(id="m", kind="margin", box=line.box, lines=(line,))
    pages = [page(index, "综述与评论", str(1 + index)) for index in range(2)]
    pages.append(msgspec.structs.replace(last, regions=(*last.regions, region)))
    assert {key for key in names(*pages) if key[1] == "beside"} == expected


def test_furniture_is_kept_for_the_record() -> None:
    _, found = find_running_heads([page(index, "中国组织修复研究", str(index + 1)) for index in range(2)])
    assert [(item.page, item.kind, item.text) for item in found] == [
        (0, "running-head", "中国组织修复研究"),
        (0, "page-number", "1"),
        (1, "running-head", "中国组织修复研究"),
        (1, "page-number", "2"),
    ]


def test_ends_of_references_at_the_head_of_columns_are_text() -> None:
    tails = ("1994;330(9):585-591.", "2011;13(4):412-419.")
    pages = [page(index, "", "", first="") for index in range(2)]
    assert not names(*(with_head(one, tail) for one, tail in zip(pages, tails, strict=True)))


def with_head(one: PageReading, head: str) -> PageReading:
    line = make_line(head, 60, 60, name="tail")
    region = Region(id="r0", kind="reference", box=line.box, lines=(line,))
    return msgspec.structs.replace(one, regions=(region, *one.regions))


def test_a_head_that_says_something_else_once_is_known_by_its_place() -> None:
    pages = [page(0, "农业史研究", ""), page(1, "里坊制度考", ""), page(2, "农业史研究", "")]
    assert names(*pages) == {(index, "head") for index in range(3)}
    lower = page(1, "", "", first="里坊制度考")
    assert names(pages[0], lower, pages[2]) == {(0, "head"), (2, "head")}
    assert names(pages[0], page(1, "图2 各坊的人口", ""), pages[2]) == {(0, "head"), (2, "head")}


def spread(*, head_size: float, foot: str = "05", foot_y: float = 290, white: float = 60.0) -> PageReading:
    """Two leaves side by side: a chapter's first, and one with a head in type of this size and a page number."""
    right = 60 + 18 * 10 + white
    lines = [
        *(make_line(BODY, 60, 50 + 20 * row, name=f"l{row}") for row in range(10)),
        make_line("02 福格行为模型是怎样的", right, 20, name="head", size=head_size),
        *(make_line(BODY, right, 50 + 20 * row, name=f"r{row}") for row in range(10)),
        make_line(foot, right + 170, foot_y, name="foot"),
    ]
    regions = tuple(Region(id=line.id, kind="text", box=line.box, lines=(line,)) for line in lines)
    return PageReading(index=0, width=600, height=HEIGHT, dpi=130, regions=regions)


def test_each_leaf_of_a_spread_has_its_head_and_number() -> None:
    assert names(spread(head_size=8)) == {(0, "head"), (0, "foot")}
    assert names(spread(head_size=10)) == {(0, "foot")}
    # Two columns of one page: what stands over the right one may be text.
    assert names(spread(head_size=8, white=20)) == set()


def test_numbers_of_spreads_count_two_a_page() -> None:
    """They stand no farther from the text than its lines do: nothing but the counting speaks for them."""

    def numbered(*numbers: int) -> set[tuple[int, str]]:
        pages = [
            msgspec.structs.replace(spread(head_size=10, foot=str(number), foot_y=250), index=index)
            for index, number in enumerate(numbers)
        ]
        return {(index, name) for index, name in names(*pages) if name == "foot"}

    assert numbered(5, 7, 9) == {(index, "foot") for index in range(3)}
    assert numbered(5, 6, 7) == set()


def test_a_small_row_at_the_head_of_the_first_page_is_a_label() -> None:
    def with_small_head(index: int) -> PageReading:
        plain = page(index, "", "7")
        head = make_line("第二章 绪论的绪论", 60, 40, name="head", size=8)
        return msgspec.structs.replace(
            plain, regions=(Region(id="r99", kind="text", box=head.box, lines=(head,)), *plain.regions)
        )

    assert (0, "head") not in names(with_small_head(0))
    assert (1, "head") in names(page(0, "", "6"), with_small_head(1))


def test_a_head_over_a_page_of_small_type_is_as_large_as_others() -> None:
    """Pages of references are set smaller than the journal's name over them."""
    text, references = page(0, "", ""), page(1, "1432 旱作农学学报　第 49 卷", "")
    regions = tuple(
        msgspec.structs.replace(
            region,
            lines=tuple(
                line if line.id == "head" else msgspec.structs.replace(line, box=_shrunk(line.box))
                for line in region.lines
            ),
        )
        for region in references.regions
    )
    assert names(text, msgspec.structs.replace(references, regions=regions)) == {(1, "head")}


def _shrunk(box: Box) -> Box:
    return Box(box.x0, box.y0, box.x1, box.y0 + 0.75 * (box.y1 - box.y0))
