"""Contents pages: with leaders, with white alone, over several pages, and pages that only look like one."""

from __future__ import annotations

from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import Line, PageReading, Region
from recover.stages.contents import find_contents, without_lines

EDGE = 400.0


def page(*rows: tuple[str, str], index: int = 0) -> PageReading:
    """A page of rows: text at the left, and in the same row a page number at the right edge."""
    lines: list[Line] = []
    for at, (left, right) in enumerate(rows):
        y = 60.0 + 20 * at
        lines.append(make_line(left, 50, y, name=f"l{at}"))
        if right:
            lines.append(make_line(right, EDGE - 5 * len(right), y, name=f"r{at}"))
    region = Region(id="a", kind="text", box=Box(50, 60, EDGE, 700), lines=tuple(lines))
    return PageReading(index=index, width=500, height=800, dpi=200, regions=(region,))


def told(*pages: PageReading) -> list[tuple[str, str, str, int]]:
    return [(item.number, item.title, item.label, item.level) for item in find_contents(pages).entries]


def test_leaders_torn_from_their_titles_stand_in_one_row() -> None:
    rows = (("目　录", ""), ("第一章 绪论.", "…… 1"), ("1.1 来源", "..... 2"), ("参考文献..", ".. 30"))
    assert told(page(*rows)) == [
        ("第一章", "绪论", "1", 1),
        ("1.1", "来源", "2", 2),
        ("", "参考文献", "30", 1),
    ]


def test_a_wrapped_title_takes_the_number_of_its_last_row() -> None:
    rows = (("目次", ""), ("壹、緒論", "1"), ("貳、某地方志所見之", ""), ("水利與祭祀", "12"), ("參、結論", "40"))
    assert told(page(*rows))[1] == ("貳", "某地方志所見之水利與祭祀", "12", 1)


def test_contents_go_on_over_the_page() -> None:
    first = page(("目录", ""), ("一、缘起", "....1"), ("二、经过", "....9"))
    second = page(("三、结果", "....20"), ("四、余论", "....31"), index=1)
    assert [entry[0] for entry in told(first, second)] == ["一", "二", "三", "四"]


def test_without_a_heading_leaders_in_most_rows_tell() -> None:
    rows = tuple((f"{at}. 某项调查.......", str(at * 4)) for at in range(1, 6))
    assert len(told(page(*rows))) == 5


def test_a_table_or_prose_is_no_contents_page() -> None:
    table = page(("组别", "人数"), ("对照组", "40"), ("实验组", "38"), ("合计", "78"))
    prose = page(("本文的目录如下所述，共分为若干部分，见第", ""), ("二章以后各节的说明。", "12"))
    assert told(table) == []
    assert told(prose) == []


def test_falling_numbers_are_no_contents() -> None:
    assert told(page(("目录", ""), ("甲", "....90"), ("乙", "....40"), ("丙", "....7"))) == []


def test_every_line_is_on_one_side_only() -> None:
    printed = page(("某某学报", ""), ("目录", ""), ("甲、起源", "....1"), ("乙、流变", "....5"), ("责任编辑：某人", ""))
    taken = find_contents([printed]).lines
    left = {line.id for region in without_lines(printed, taken).regions for line in region.lines}
    assert left == {"l0", "l4"}
    assert left | {name for _, name in taken} == {line.id for line in printed.regions[0].lines}


def test_an_entry_keeps_its_row_though_its_page_number_was_not_read() -> None:
    rows = (("目录", ""), ("第一章 绪论", "….1"), ("1.1 来源.....……", ""), ("第二章 结果", "….30"))
    assert told(page(*rows)) == [("第一章", "绪论", "1", 1), ("1.1", "来源", "", 2), ("第二章", "结果", "30", 1)]


def test_lists_of_figures_and_tables_stand_under_headings_of_their_own() -> None:
    rows = (
        ("插图清单", ""),
        ("图1.1 驿道.....", "1"),
        ("图2.1 费用.....", "3"),
        ("表格清单", ""),
        ("表1.1 数目.....", "2"),
    )
    found = find_contents([page(*rows)])
    assert [item.title for item in found.entries] == ["图1.1 驿道", "图2.1 费用", "表1.1 数目"]
    assert [heading.paragraph.text for heading in found.headings] == ["插图清单", "表格清单"]


def test_contents_that_name_no_pages_end_where_the_text_begins() -> None:
    rows = (("目　次", ""), ("一、缘起", ""), ("二、经过", ""), ("（一）前期", ""), ("三、余论", ""), ("一、缘起", ""))
    below = (("某年以来，各地多有此类案件。", ""),)
    assert [entry[:2] for entry in told(page(*rows, *below))] == [
        ("一", "缘起"),
        ("二", "经过"),
        ("（一）", "前期"),
        ("三", "余论"),
    ]
    assert told(page(*rows[:5], *below)) == []
