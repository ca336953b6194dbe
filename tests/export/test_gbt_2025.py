"""Lists as GB/T 7714-2025 sets them, from items and back through the parser."""

from __future__ import annotations

import pytest

from recover.export.bibliography import lines
from recover.model.csl import CslDate, CslItem, CslName
from recover.stages.references.parse import parse_references

# Invented works in forms of the edition: what is read from them is printed so again.
ENTRIES = """\
邵维，韩若冰，岑远，等. 计算语言学引论：方法与语料[M]. 3 版. 北京：燕山教育出版社，2021：65-66.
Ortega M L，Voss K. Tidal mixing and larval supply[J]. Coastal Processes Letters，2024，12（S1）：7-11.
程望. 近代江河的治理与航运[M]//许怀谷，赵其川. 长江流域开发史. 武汉：楚江科学出版社，1999：32-36.
肖林，张学. 数据要素测算方法[PP/OL]. PSSXiv（2024-07-02）[2024-09-30]. https://z.example.cn/1. CSTR:32012.36.PSSXiv.2.
GB/T 93792—2021 信息与文献 资源描述规则[S].
邓一帆. 全自动节水阀：CN200610199314.3[P]. 2008-01-16：8-9.
陈善珍. 探索深海的无穷奥秘[N/OL]. 江海日报，2022-08-16（17）. http://paper.example.com.cn/20220816.
金艳萍. 社交媒体时代的虚假信息[D]. 温陵：温陵大学，2020：16.
江州测绘院. 江州地势图[CM]. 比例尺 1:500000. 江州：地图学出版社，2003.
扬奎尔，萨金. 递归宏观经济导论[M]. 杨彬，王忠宇，译. 2 版. 北京：中人出版社，2010：798.
""".splitlines()


def test_what_is_read_in_the_edition_is_printed_so_again() -> None:
    items = [parsed.csl for parsed in parse_references([(entry, 0) for entry in ENTRIES])]
    assert lines(items, "gb-t-7714-2025") == [f"[{number}] {entry}" for number, entry in enumerate(ENTRIES, 1)]


WORK = CslItem(
    type="article-journal",
    language="en",
    author=tuple(CslName(family=name, given="Ann B.") for name in ("Marsh", "Kiln", "Loom", "Harlan")),
    title="Rivers",
    container_title="River Stud",
    issued=CslDate(date_parts=((2020, 3),)),
    volume="3",
    issue="2",
    page="1-9",
)


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("gb-t-7714-2025", "[1] Marsh A B，Kiln A B，Loom A B，et al. Rivers[J]. River Stud，2020，3（2）：1-9."),
        (
            "gb-t-7714-2025-note",
            "1 Marsh A B，Kiln A B，Loom A B，Harlan A B. Rivers[J]. River Stud，2020，3（2）：1-9.",
        ),
        (
            "gb-t-7714-2025-author-date",
            "Marsh A B，Kiln A B，Loom A B，et al，2020. Rivers[J]. River Stud，3（2）：1-9.",
        ),
    ],
)
def test_forms(style: str, printed: str) -> None:
    assert lines([WORK], style) == [printed]


def test_an_editor_stands_for_the_author_of_a_whole_book_and_names_nothing_that_is_missing() -> None:
    book = CslItem(type="book", language="zh-CN", editor=(CslName(family="孟家骏"),), title="古籍整理", volume="4")
    assert lines([book, CslItem(type="webpage", title="无主页面")], "gb-t-7714-2025") == [
        "[1] 孟家骏. 古籍整理：第4卷[M].",
        "[2] 无主页面[EB].",
    ]
