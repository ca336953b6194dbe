"""Rows and cells of tables: ruled, three-line, without rules; wrapped and merged cells."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_lines import make_line
from printed_tables import make_grid, make_table, region, rows_of

from recover.model.geometry import Box
from recover.stages.floats.table import read_table

PLACES = (0.0, 90.0, 180.0)


@pytest.mark.parametrize("rules", ["three", ""])
@pytest.mark.parametrize("middle", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        [("途径", "优点", "缺点"), ("静脉", "创伤小", "滞留"), ("鞘内", "简便", "短暂")],
        [
            ("途径", "优点", "缺点"),
            ("静脉", "创伤小/可反复", "滞留"),
            ("鞘内", "简便", "停留短/不均匀"),
            ("脑室", "广", "险"),
        ],
        [("项目", "甲组", "乙组"), ("年龄", "61", "59"), ("男性", "12", ""), ("病程", "", "3.4")],
    ],
)
def test_tables_without_a_grid(rows: list[tuple[str, ...]], rules: str, middle: bool) -> None:
    if not rules and not middle and any("/" in cell for row in rows for cell in row):
        pytest.skip("without rules only centred cells show which lines belong together")
    expected = [tuple(cell.replace("/", "") for cell in row) for row in rows]
    assert rows_of(make_table(rows, PLACES, rules=rules, middle=middle)) == expected


GRIDS = {
    "plain": (
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
        [("甲", "乙"), ("1", "2")],
    ),
    "wrapped": (
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "细胞/剂量"), (1, 1, 1, 1, "2")],
        [("甲", "乙"), ("细胞剂量", "2")],
    ),
    "merged across": (
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 2, "细胞比例"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")],
        [("甲", "细胞比例", ""), ("1", "2", "3")],
    ),
    "merged down": (
        [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "2"), (2, 0, 1, 1, "丙"), (2, 1, 1, 1, "3")],
        [("甲", "乙"), ("", "2"), ("丙", "3")],
    ),
    "merged both ways": (
        [
            (0, 0, 2, 1, "通路"),
            (0, 1, 1, 2, "比例"),
            (1, 1, 1, 1, "神经元"),
            (1, 2, 1, 1, "胶质"),
            (2, 0, 1, 1, "Wnt"),
            (2, 1, 1, 1, "1"),
            (2, 2, 1, 1, "2"),
        ],
        [("通路", "比例", ""), ("", "神经元", "胶质"), ("Wnt", "1", "2")],
    ),
    "an empty cell": (
        [
            (0, 0, 1, 1, "甲"),
            (0, 1, 1, 1, "乙"),
            (1, 0, 1, 1, ""),
            (1, 1, 1, 1, "2"),
            (2, 0, 1, 1, "3"),
            (2, 1, 1, 1, "4"),
        ],
        [("甲", "乙"), ("", "2"), ("3", "4")],
    ),
}


@pytest.mark.parametrize("name", GRIDS)
def test_ruled_tables(name: str) -> None:
    cells, rows = GRIDS[name]
    assert rows_of(make_grid(cells)) == rows


@pytest.mark.parametrize("name", GRIDS)
def test_strokes_of_letters_are_no_borders(name: str) -> None:
    cells, rows = GRIDS[name]
    strokes = [Box(10, 28, 50, 29), Box(22, 31, 49, 32), Box(70, 8, 100, 9)]
    assert rows_of(make_grid(cells, strokes=strokes)) == rows


def test_a_line_over_two_columns_is_cut() -> None:
    table = make_table([("研究者", "年份", "例数"), ("甲", "2014", "15"), ("乙", "2016", "30")], PLACES, rules="three")
    inside = [line for line in table.region.lines if line.text not in ("甲", "2014")]
    both = make_line("甲               2014", 0, table.region.lines[3].box.y0, name="both")
    item = region([*inside, both], table.region.box, table.region.rules_across, [])
    assert rows_of(item)[1] == ("甲", "2014", "15")


def test_a_cell_knows_its_place_in_the_line_it_was_cut_from() -> None:
    both = make_line("甲               2014", 0, 20, name="both")
    lines = [
        make_line("研究", 0, 0, name="a"),
        make_line("年份", 80, 0, name="b"),
        both,
        make_line("乙", 0, 40, name="c"),
    ]
    cells, _ = read_table(region(lines, Box(0, 0, 120, 60), [], []))
    for cell in cells:
        for span in cell.spans:
            line = next(line for line in lines if span.line.endswith(line.id))
            assert line.text[span.at : span.at + span.end - span.start] == cell.text[span.start : span.end]


@given(
    st.lists(
        st.lists(st.sampled_from(["甲", "细胞移植", "12", "3.5", "安全"]), min_size=3, max_size=3),
        min_size=2,
        max_size=7,
    ),
    st.sampled_from(["three", ""]),
)
def test_every_cell_of_a_plain_table_comes_back(rows: list[list[str]], rules: str) -> None:
    assert rows_of(make_table(rows, PLACES, rules=rules)) == [tuple(row) for row in rows]


def test_a_table_without_text_has_no_cells() -> None:
    table = make_table([("甲", "乙", "丙"), ("1", "2", "3")], PLACES)
    bare = msgspec.structs.replace(table, region=msgspec.structs.replace(table.region, lines=()))
    assert read_table(bare) == ((), ())
