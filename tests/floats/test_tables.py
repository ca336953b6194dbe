"""Rows and cells of tables: ruled, three-line, without rules; wrapped and merged cells."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_lines import make_line
from printed_tables import SIZE, make_grid, make_table, region, rows_of

from recover.model.flow import FloatRegion
from recover.model.geometry import Box
from recover.model.page import Line, merge_lines
from recover.stages.floats.cell_lines import parted_at_strips
from recover.stages.floats.table import merged_cells, read_table

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


def centred(text: str, middle: float, y: float) -> Line:
    line = make_line(text, 0, y, name=f"{text}-{middle}-{y}")
    return make_line(text, middle - line.box.width / 2, y, name=line.id)


def printed(rows: list[tuple[float, list[tuple[str, float]]]], rules: list[float]) -> list[tuple[str, ...]]:
    """The rows read from cells centred at their places; rules run across the whole table."""
    lines = [centred(text, middle, y) for y, cells in rows for text, middle in cells]
    right, bottom = max(line.box.x1 for line in lines), max(line.box.y1 for line in lines)
    across = [Box(-5, y, right + 5, y + 1) for y in rules]
    return rows_of(region(lines, Box(-5, -5, right + 5, bottom + 5), across, []))


HEADS = [("组别", 10.0), ("治疗前", 90.0), ("治疗后", 210.0)]
PARTS = [("甲", 60.0), ("乙", 120.0), ("甲", 180.0), ("乙", 240.0)]


def test_a_heading_over_several_columns_stands_in_the_first_of_them() -> None:
    body = [
        (46.0 + 18 * row, [("对照", 10.0), *((f"{row}.{at}", place) for at, (_, place) in enumerate(PARTS))])
        for row in range(3)
    ]
    rows = printed([(0.0, HEADS), (18.0, PARTS), *body], [-4.0, 40.0, 110.0])
    assert rows[:3] == [
        ("组别", "治疗前", "", "治疗后", ""),
        ("", "甲", "乙", "甲", "乙"),
        ("对照", "0.0", "0.1", "0.2", "0.3"),
    ]


@pytest.mark.parametrize("each", [2, 3])
def test_a_name_in_the_middle_of_its_rows_stands_in_the_first_of_them(each: int) -> None:
    head = (0.0, [("组别", 10.0), ("时间", 70.0), ("结果", 130.0)])
    body = [(28.0 + 18 * row, [(f"{row}周", 70.0), (f"{row}.5", 130.0)]) for row in range(2 * each)]
    names = [(28.0 + 18 * (each * group + (each - 1) / 2), [(name, 10.0)]) for group, name in enumerate("甲乙")]
    rows = printed([head, *body, *names], [-4.0, 20.0, 30.0 + 36 * each])
    assert [row[0] for row in rows] == ["组别", "甲", *[""] * (each - 1), "乙", *[""] * (each - 1)]
    assert rows[1] == ("甲", "0周", "0.5")


def test_columns_whose_headings_touch_are_parted_by_their_rows() -> None:
    head = (0.0, [("组别", 10.0), ("十个字的很长的标题", 90.0), ("又一个很长的标题呀", 180.5)])
    body = [(24.0 + 18 * row, [("甲", 10.0), ("1.5", 90.0), ("2.5", 180.0)]) for row in range(3)]
    assert printed([head, *body], [-4.0, 18.0, 80.0])[1] == ("甲", "1.5", "2.5")


@pytest.mark.parametrize("step", [15.0, 18.0, 21.0])
def test_a_cell_beside_two_stands_in_the_first_of_their_rows(step: float) -> None:
    head = (0.0, [("药物", 10.0), ("靶点", 70.0), ("试验", 130.0), ("结果", 190.0)])
    two = [(28.0, [("甲试验", 130.0), ("好", 190.0)]), (28.0 + step, [("乙试验", 130.0), ("差", 190.0)])]
    one = [
        (28.0 + step / 2, [("托夫生", 10.0), ("SOD1", 70.0)]),
        (75.0, [("利鲁唑", 10.0), ("谷氨酸", 70.0), ("丙试验", 130.0), ("好", 190.0)]),
    ]
    rows = printed([head, *two, *one], [-4.0, 20.0, 90.0])
    assert rows[1:] == [
        ("托夫生", "SOD1", "甲试验", "好"),
        ("", "", "乙试验", "差"),
        ("利鲁唑", "谷氨酸", "丙试验", "好"),
    ]


def test_a_word_space_that_another_line_runs_through_parts_no_columns() -> None:
    spaced = make_line("每隔2 h", 20, 30, name="a", size=SIZE)
    gap = spaced.lefts[4]
    ending = [make_line("土样", 20, y, name=f"b{y}", size=SIZE) for y in (0, 60)]
    beginning = [make_line("土样", gap + 4, y, name=f"c{y}", size=SIZE) for y in (0, 60)]
    through = make_line("钻孔壁需要观测", 20, 90, name="d", size=SIZE)
    assert len(parted_at_strips(spaced, [spaced, *ending, *beginning])) == 2
    assert parted_at_strips(spaced, [spaced, *ending, *beginning, through]) == [spaced]


def test_a_narrow_heading_over_two_columns_hides_no_border() -> None:
    heads = [(0.0, [("组别", 10.0), ("结果", 95.0)]), (18.0, [("含水率", 75.0), ("密度值", 115.0)])]
    body = [(42.0 + 18 * row, [("粉砂", 10.0), ("1.5", 75.0), ("2.5", 115.0)]) for row in range(2)]
    rows = printed([*heads, *body], [-4.0, 36.0, 80.0])
    assert rows[2:] == [("粉砂", "1.5", "2.5"), ("粉砂", "1.5", "2.5")]


JUSTIFIED = (("Every", "second"), ("plot", "recovers"), ("slowly", "after"), ("deep", "drought"))


def test_words_of_justified_lines_are_no_columns() -> None:
    """White between words is as wide as that between columns, but lines of the cell run over it."""
    whole = [make_line("The mixed forests", 60, 40 + 12 * row, name=f"w{row}") for row in range(3)]
    end = whole[0].box.x1
    words = [
        line
        for row, (left, right) in enumerate(JUSTIFIED)
        for line in (
            make_line(left, 60, 76 + 12 * row, name=f"a{row}"),
            make_line(right, end - 5 * len(right), 76 + 12 * row, name=f"b{row}"),
        )
    ]
    head = [make_line(text, x, 16, name=text) for text, x in (("Site", 0), ("Growth", 60), ("Age", 170))]
    sides = [make_line(text, x, 40, name=text) for text, x in (("Oak", 0), ("12.5", 170))]
    lines = [*head, *sides, *whole, *words]
    assert len(rows_of(region(lines, Box(-5, 0, 200, 130), [], []))[0]) == 3


def test_cells_run_together_are_cut_where_others_begin() -> None:
    together = [spaced("水浇地", "小麦", y) for y in (30, 70)]
    alone = [make_line("玉米", 36, y, name=f"a{y}") for y in (50, 90)]
    values = [make_line("1.5", 80, y, name=f"v{y}") for y in (30, 50, 70, 90)]
    head = [make_line(text, x, 10, name=text) for text, x in (("组别", 0), ("作物", 36), ("产量", 80))]
    rows = rows_of(region([*head, *together, *alone, *values], Box(-5, 0, 100, 105), [], []))
    assert rows[1:] == [("水浇地", "小麦", "1.5"), ("", "玉米", "1.5"), ("水浇地", "小麦", "1.5"), ("", "玉米", "1.5")]


def spaced(left: str, right: str, y: float) -> Line:
    """Two cells as one line, 6 points of white between them."""
    first = make_line(left, 0, y, name=f"s{y}")
    return merge_lines(first, make_line(right, first.box.x1 + 6, y, name="r"), "")


@pytest.mark.parametrize("overhang", [0.0, 7.0])
def test_rules_end_an_open_table_and_not_the_box_it_was_seen_in(overhang: float) -> None:
    """A rule under a heading over two columns of five parts rows, though it is short."""
    cells = [(0, 0, 2, 1, "甲"), (0, 1, 2, 1, "乙"), (0, 2, 2, 1, "丙"), (0, 3, 1, 2, "结果"), (1, 3, 1, 1, "丁")]
    cells += [(1, 4, 1, 1, "戊"), *((2, column, 1, 1, str(column)) for column in range(5))]
    table = make_grid(cells)
    drawn = table.region
    inner = tuple(rule for rule in drawn.rules_down if 1 < rule.center[0] < 299)
    box = Box(drawn.box.x0 - overhang, drawn.box.y0, drawn.box.x1 + overhang, drawn.box.y1)
    across = tuple(rule for rule in drawn.rules_across if rule.center[1] != 20 or rule.width > 100)
    wide = msgspec.structs.replace(drawn, rules_across=across, rules_down=inner, box=box)
    rows = rows_of(msgspec.structs.replace(table, region=wide))
    assert rows[:2] == [("甲", "乙", "丙", "结果", ""), ("", "", "", "丁", "戊")]


def test_names_between_two_rows_set_solid_are_at_neither() -> None:
    head = (0.0, [("组别", 10.0), ("时间", 70.0), ("结果", 130.0)])
    body = [(9.8 * row, [(f"{row}周", 70.0), (f"{row}.5", 130.0)]) for row in range(1, 5)]
    names = [(14.7, [("甲", 10.0)]), (34.3, [("乙", 10.0)])]
    rows = printed([head, *body, *names], [])
    assert [row[0] for row in rows] == ["组别", "甲", "", "乙", ""]


def test_wrapped_headings_over_many_rows_are_one_row() -> None:
    """However many rows of figures stand below: headings in narrow columns wrap."""
    places = (10.0, 60.0, 110.0)
    heads = [(0.0, [("Survival", 60.0)]), (6.0, [("Item", 10.0), ("Plots", 110.0)]), (12.0, [("(percent)", 60.0)])]
    body = [
        (26.0 + 13 * row, [(text, place) for text, place in zip(("Oak", "1.5", "2.5"), places, strict=True)])
        for row in range(6)
    ]
    rows = printed([*heads, *body], [-6.0, 24.0, 103.0])
    assert (len(rows), rows[0]) == (7, ("Item", "Survival (percent)", "Plots"))


def test_heads_ruled_down_over_an_open_body_make_no_grid() -> None:
    """The rules of two rows of headings run down most of a table with two rows; the part on a second page, say."""
    heads = [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "结果"), (1, 1, 1, 1, "乙"), (1, 2, 1, 1, "丙"), (2, 0, 1, 3, "")]
    table = make_grid(heads)
    body = [centred(f"{row}{column}", 30 + 60 * column, 41 + 9 * row) for row in range(2) for column in range(3)]
    inside = (*table.region.lines, *(msgspec.structs.replace(line, id=f"b{at}") for at, line in enumerate(body)))
    rows = rows_of(msgspec.structs.replace(table, region=msgspec.structs.replace(table.region, lines=inside)))
    assert rows[2:] == [("00", "01", "02"), ("10", "11", "12")]


def run_together(cells: Sequence[str], starts: Sequence[float], y: float, name: str) -> Line:
    """Cells that a detector took for one line."""
    parts = [make_line(text, x, y, name=name) for text, x in zip(cells, starts, strict=True)]
    whole = make_line("".join(cells), starts[0], y, name=name)
    box = Box(starts[0], y, parts[-1].box.x1, y + parts[0].height)
    lefts, rights = (tuple(x for part in parts for x in getattr(part, side)) for side in ("lefts", "rights"))
    return msgspec.structs.replace(whole, box=box, lefts=lefts, rights=rights)


def headed(strokes: Sequence[Box] = (), depth: float = 15.0) -> FloatRegion:
    """Heads, the last two under a third, ruled down at 38 and from there at 81; cells 3 points apart below."""
    heads = [make_line("项目", 5, 10, name="h1"), make_line("结果", 65, 2, name="h2")]
    heads += [make_line("株高", 45, 17, name="h3"), make_line("产量", 85, 17, name="h4")]
    body = [
        run_together((name, *figures), (6.5, 39.5, 82.5), 34.0 + 16 * row, f"b{row}")
        for row, (name, *figures) in enumerate((("小麦等", "平均为三", "十一"), ("大豆等", "平均为五", "十二")))
    ]
    across = [Box(0, 0, 120, 1), Box(38, 14, 120, 15), Box(0, 29, 120, 30), Box(0, 66, 120, 67)]
    down = [Box(37.5, 0, 38.5, 30), Box(80.5, 14, 81.5, 15 + depth)]
    return region([*heads, *body], Box(0, 0, 120, 67), across, [*down, *strokes])


@pytest.mark.parametrize("strokes", [(), (Box(71, 0, 72, 15),), (Box(8, 0, 9, 30), Box(49, 14, 50, 30))])
def test_cells_stand_between_the_borders_of_heads_that_are_ruled_down(strokes: tuple[Box, ...]) -> None:
    """Strokes of the heads' own characters, seen from rule to rule, part nothing."""
    table = headed(strokes)
    assert rows_of(table) == [
        ("项目", "结果", ""),
        ("", "株高", "产量"),
        ("小麦等", "平均为三", "十一"),
        ("大豆等", "平均为五", "十二"),
    ]
    merged = [(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in merged_cells(read_table(table)[0])]
    assert merged == [(0, 0, 2, 1), (0, 1, 1, 2)]


def test_rules_that_end_inside_the_heads_tell_no_borders() -> None:
    assert len(rows_of(headed(depth=5.0))[-1]) < 3


def test_what_goes_on_behind_a_mark_is_no_column() -> None:
    """Both long cells were torn at their commas, at the same place."""
    head = [make_line(text, x, 0, name=text) for text, x in (("作物", 0), ("产量", 50), ("备注", 250))]
    rows = [
        line
        for row in range(4)
        for line in (
            make_line("小麦", 0, 20 + 18 * row, name=f"a{row}"),
            make_line("63", 250, 20 + 18 * row, name=f"c{row}"),
        )
    ]
    long = make_line("幼苗每公顷增收，", 50, 20, name="l1")
    torn = [msgspec.structs.replace(long, id="l2", box=moved(long.box, 36))]
    rest = [make_line("晚熟品种", long.box.x1 + 4, 20 + 36 * at, name=f"r{at}") for at in range(2)]
    short = [make_line("6.02", 50, 38 + 36 * at, name=f"s{at}") for at in range(2)]
    found = rows_of(region([*head, *rows, long, *torn, *rest, *short], Box(-5, -5, 300, 95), [], []))
    assert found[1] == ("小麦", "幼苗每公顷增收，晚熟品种", "63")


def moved(box: Box, down: float) -> Box:
    return Box(box.x0, box.y0 + down, box.x1, box.y1 + down)


def test_a_heading_whose_rule_reaches_beyond_it_is_no_column() -> None:
    """Though wide white parts it from the cells on either side, and nothing stands under it."""
    heads = [
        (0.0, [("中部结果", 125.0)]),
        (9.0, [("类型", 10.0), ("层厚", 250.0)]),
        (18.0, [("含水率", 60.0), ("渗透系数", 190.0)]),
    ]
    body = [(42.0 + 18 * at, [("粉砂", 10.0), ("1.5", 60.0), ("2.5", 190.0), ("3.5", 250.0)]) for at in range(3)]
    lines = [centred(text, middle, y) for y, cells in (*heads, *body) for text, middle in cells]
    across = [Box(-5, y, 270, y + 1) for y in (-4.0, 36.0, 94.0)]
    rows = rows_of(region(lines, Box(-5, -5, 275, 96), [*across, Box(40, 14, 215, 15)], []))
    assert rows[:2] == [("类型", "中部结果", "", "层厚"), ("", "含水率", "渗透系数", "")]


@pytest.mark.parametrize("ruled", [True, False])
def test_rules_that_leave_the_names_of_groups_out_begin_at_a_border(ruled: bool) -> None:
    """A name and what stands beside it, read as one line without a gap, are cut there."""
    together = [make_line("东侧粉砂", 0, y, name=f"t{y}") for y in (20.0, 56.0)]
    border = together[0].lefts[2]
    beside = [make_line("砾岩", border + 2, y, name=f"b{y}") for y in (38.0, 74.0)]
    head = [make_line(text, x, 0, name=text) for text, x in (("组别", 0), ("岩性", border + 2), ("密度", 80))]
    values = [make_line("1.5", 80, y, name=f"v{y}") for y in (20.0, 38.0, 56.0, 74.0)]
    whole = [Box(-5, y, 110, y + 1) for y in (-4.0, 16.0, 52.0, 90.0)]
    parts = [Box(border + 0.5, y, 110, y + 1) for y in (34.0, 70.0)] if ruled else []
    rows = rows_of(region([*head, *together, *beside, *values], Box(-5, -5, 110, 92), [*whole, *parts], []))
    assert (rows[1] == ("东侧", "粉砂", "1.5")) == ruled
