"""Tables as coarse scans show them: cells run together, strokes of characters that look like rules."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from printed_lines import make_line
from printed_tables import make_grid, region, rows_of

from recover.model.flow import FloatRegion
from recover.model.geometry import Box
from recover.model.page import Line, merge_lines
from recover.stages.floats.cell_lines import parted_at_strips
from recover.stages.floats.table import read_table


def together(cells: Sequence[str], starts: Sequence[float], y: float) -> Line:
    """Cells that a detector took for one line."""
    whole, *others = (make_line(text, x, y, name=f"t{y}") for text, x in zip(cells, starts, strict=True))
    for other in others:
        whole = merge_lines(whole, other, " " if (whole.text + other.text).isascii() else "")
    return whole


def cells(rows: Sequence[Sequence[str]], starts: Sequence[float], step: float = 16.0) -> list[Line]:
    return [
        make_line(text, x, step * row, name=f"c{row}-{x}")
        for row, texts in enumerate(rows)
        for text, x in zip(texts, starts, strict=True)
        if text
    ]


def down(x: float, y0: float, y1: float) -> Box:
    return Box(x - 0.5, y0, x + 0.5, y1)


BODY = (("大豆", "320", "7.5"), ("小麦", "61", "8.1"))


@pytest.mark.parametrize(
    ("heads", "starts", "strokes"),
    [
        # On the left edges of 倒伏面积 and 灌水期, and one inside each.
        (("编号", "倒伏面积", "灌水期"), (0, 60, 130), (61.0, 79.0, 131.0, 135.0)),
        (("编号", "含水率", "密度"), (0, 28, 70), (71.0, 74.0)),
        (("Item", "Density", "Survival"), (0, 60, 130), (61.0, 74.0)),
    ],
)
def test_strokes_of_heads_set_close_between_rules_are_no_borders(
    heads: Sequence[str], starts: Sequence[float], strokes: Sequence[float]
) -> None:
    lines = cells((heads, *BODY), starts)
    across = [Box(-4, y, 175, y + 1) for y in (-3.0, 11.0, 46.0)]
    table = region(lines, Box(-5, -5, 177, 48), across, [down(x, -3, 12) for x in strokes])
    assert rows_of(table) == [heads, *BODY]


def test_strokes_beside_a_border_draw_no_part_of_it() -> None:
    """A heading over two columns in a wide grid, and a stroke of its last character near the border below it."""
    merged = [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "结果"), (1, 1, 1, 1, "乙"), (1, 2, 1, 1, "丙")]
    table = make_grid([*merged, *((2, column, 1, 1, str(column)) for column in range(3))], width=200.0)
    stroke = down(406.5, 1, 19)
    drawn = table.region
    moved = msgspec.structs.replace(drawn, rules_down=(*drawn.rules_down, stroke))
    heading = next(line for line in drawn.lines if line.text == "结果")
    assert not heading.box.x0 < 406.5 < heading.box.x1
    found, rows = read_table(msgspec.structs.replace(table, region=moved))
    assert rows[:2] == (("甲", "结果", ""), ("", "乙", "丙"))
    assert [cell.column_span for cell in found if cell.text == "结果"] == [2]


@pytest.mark.parametrize(("cell", "rest"), [("芝麻", "8"), ("Oak", "1")])
def test_a_short_cell_read_with_the_one_before_it_is_cut_at_their_border(cell: str, rest: str) -> None:
    table = make_grid([(row, column, 1, 1, f"{row}{column}") for row in range(3) for column in range(2)])
    joined = together((cell, rest), (54 - make_line(cell).box.width, 61.5), 27)
    lines = (*(line for line in table.region.lines if line.text not in ("10", "11")), joined)
    rows = rows_of(msgspec.structs.replace(table, region=msgspec.structs.replace(table.region, lines=lines)))
    assert rows[1] == (cell, rest)


WIDE = (("The", "forest", "was", "thinned"), ("again", "depends", "on", "soils"))


def justified(left: float, right: float, words: Sequence[str], y: float) -> Line:
    """Words that fill a line from end to end."""
    gap = (right - left - 5 * sum(map(len, words))) / (len(words) - 1)
    starts = [left + sum(5 * len(word) + gap for word in words[:at]) for at in range(len(words))]
    return together(words, starts, y)


def test_words_of_a_line_that_ends_with_the_next_one_are_no_cells() -> None:
    """White between them as wide as a character; the first word was seen apart."""
    first, second = make_line("Every", 60, 20, name="a"), justified(98, 160, ("second", "plot"), 20)
    below = justified(60, 160, ("recovers", "slow", "after"), 32)
    rows = [("Oak", "", "1.5"), ("Elm", "4", "2.5"), ("Ash", "6", "2.1"), ("Fir", "8", "3.1")]
    body = [
        make_line(text, x, y, name=f"{text}{y}")
        for y, texts in zip((20, 48, 64, 80), rows, strict=True)
        for text, x in zip(texts, (0, 60, 190), strict=True)
        if text
    ]
    head = [make_line(text, x, 0, name=text) for text, x in (("Site", 0), ("Growth", 60), ("Age", 190))]
    found = rows_of(region([*head, first, second, below, *body], Box(-5, -5, 210, 95), [], []))
    assert found[1] == ("Oak", "Every second plot recovers slow after", "1.5")


def test_justified_cells_side_by_side_are_cut_where_many_begin() -> None:
    """Two lines were read over both columns; the white between these is no wider than between words."""
    over = [
        merge_lines(
            justified(60, 175, WIDE[row], 20 + 12 * row), justified(181, 296, WIDE[1 - row], 20 + 12 * row), " "
        )
        for row in range(2)
    ]
    whole = [justified(60, 175, WIDE[row], 44 + 12 * row) for row in range(2)]
    columns = ((60, "6"), (181, "7"))
    below = [make_line(text, x, 70 + 14 * row, name=f"b{row}-{x}") for row in range(4) for x, text in columns]
    names = [make_line("Oak", 0, y, name=f"n{y}") for y in (20, 70, 84, 98, 112)]
    heading = make_line("Valley", 163, 0, name="h")
    lines = [*over, *whole, *below, *names, heading]
    assert [len(parted_at_strips(line, lines)) for line in over] == [2, 2]
    assert [part.box.x0 for part in parted_at_strips(over[0], lines)] == [60, 181]


@pytest.mark.parametrize(("left", "right"), [("玄武岩", "79"), ("一次，隧", "承台下")])
def test_clear_white_before_what_one_other_begins_with_parts_cells_of_small_tables(left: str, right: str) -> None:
    joined = together((left, right), (0, 10 * len(left) + 6), 16)
    begins, other = make_line("强度", joined.box.x1 - make_line(right).box.width, 0, name="h"), make_line("编号", 0, 0)
    assert len(parted_at_strips(joined, [joined, begins, other])) == 2
    through = make_line("岩" * 12, 0, 32, name="through")
    assert len(parted_at_strips(joined, [joined, begins, other, through])) == 1


def test_heads_of_three_rows_are_cut_though_a_name_reaches_into_the_white() -> None:
    """Two cells begin behind it, one ends before it, and one's box hangs into it."""
    head = together(("Group", "Girth"), (0, 36), 0)
    name = msgspec.structs.replace(make_line("Upland", 0, 24, name="n"), box=Box(0, 24, 31, 34))
    name = msgspec.structs.replace(name, rights=(*name.rights[:-1], 31.0))
    begins = [make_line(text, 36, y, name=text) for text, y in (("Spruce", 16), ("Larch", 32))]
    assert len(parted_at_strips(head, [head, name, *begins])) == 2
    assert len(parted_at_strips(head, [head, name, begins[0]])) == 1


@pytest.mark.parametrize(("first", "second"), [("抗压强", "度/MPa"), ("Survival", "(percent)")])
def test_a_wrapped_heading_beside_one_over_columns_stands_over_its_own_alone(first: str, second: str) -> None:
    """Though its second line is level with the headings under the other one."""
    starts = (0, 40, 80, 120, 170)
    heads = [make_line("编号", 0, 0, name="n"), make_line("东侧结果", 70, 0, name="over")]
    heads += [make_line(text, 170, y, name=text) for text, y in ((first, 0.0), (second, 13.0))]
    heads += [make_line(text, x, 15, name=text) for text, x in (("渗透", 40), ("含水率", 80), ("模量", 120))]
    body = [
        make_line(text, x, 50 + 16 * row, name=f"b{row}-{x}")
        for row in range(3)
        for text, x in zip(("砂岩", "1.2", "3.4", "5.6", "78.9"), starts, strict=True)
    ]
    across = [Box(-4, y, 222, y + 1) for y in (-6.0, 36.0, 100.0)]
    rows = rows_of(region([*heads, *body], Box(-5, -8, 225, 104), across, []))
    joined = first + second if second[0] == "度" else f"{first} {second}"
    assert rows[:2] == [("编号", "东侧结果", "", "", joined), ("", "渗透", "含水率", "模量", "")]


BILINGUAL = (("品种", "Cultivar"), ("株高", "Plant height"), ("产量", "Yield"))


def in_two_languages(
    heads: Sequence[tuple[str, ...]], body: Sequence[Sequence[str]], rules: Sequence[float], gap: float
) -> FloatRegion:
    """Headings of two lines and more, 11 points apart, over rows 14 points apart that begin ``gap`` below."""
    starts = [90.0 * at for at in range(len(heads))]
    lines = [
        make_line(text, x, 11.0 * row, name=f"h{x}-{row}")
        for x, texts in zip(starts, heads, strict=True)
        for row, text in enumerate(texts)
    ]
    top = max(line.box.y0 for line in lines) + gap
    lines += [
        make_line(text, x, top + 14 * row, name=f"b{x}-{row}")
        for row, texts in enumerate(body)
        for text, x in zip(texts, starts, strict=True)
    ]
    right = max(line.box.x1 for line in lines)
    return region(lines, Box(-5, -5, right + 5, top + 60), [Box(-3, y, right + 3, y + 1) for y in rules], [])


ROWS = (("小麦", "63", "4.5"), ("玉米", "210", "7.1"), ("大豆", "55", "2.2"))


@pytest.mark.parametrize(
    "heads",
    [
        BILINGUAL,
        (("组别", "Group"), ("抗压强度", "Compressive", "strength/MPa"), ("密度", "Density")),
        (("组别", "Group"), ("株高", "Plant height"), ("亩产量", "Yield per mu")),
        (("类型", "Type"), ("渗透系", "数", "Permeability"), ("含水率", "Water", "content")),
    ],
)
@pytest.mark.parametrize(("ruled", "gap"), [(True, 14.0), (False, 14.0), (False, 22.0)])
def test_the_english_under_headings_is_no_row(heads: Sequence[tuple[str, ...]], ruled: bool, gap: float) -> None:
    depth = 11.0 * max(map(len, heads))
    rules = (-4.0, depth + 0.5, depth + 50) if ruled else ()
    rows = rows_of(in_two_languages(heads, ROWS, rules, gap if not ruled else 16.0))
    assert rows[1:] == list(ROWS)
    assert [cell.replace(" ", "") for cell in rows[0]] == ["".join(texts).replace(" ", "") for texts in heads]


def test_units_in_brackets_under_some_headings_are_no_row() -> None:
    heads = (("处理",), ("堆高", "（cm）"), ("失重率", "(g/d)"))
    rows = rows_of(in_two_languages(heads, ROWS, (-4.0, 22.5, 75.0), 16.0))
    assert rows[1:] == list(ROWS)
    assert [cell.replace(" ", "") for cell in rows[0]] == ["处理", "堆高（cm）", "失重率(g/d)"]


def test_rows_in_brackets_stay_rows() -> None:
    errors = (("小麦", "63", "4.5"), ("", "（1.2）", "（0.4）"), ("玉米", "210", "7.1"))
    heads = (("处理",), ("堆高",), ("失重率",))
    assert len(rows_of(in_two_languages(heads, errors, (-4.0, 11.5, 65.0), 16.0))) == 4


def test_a_row_in_english_under_headings_in_chinese_stays_a_row() -> None:
    """Where most rows are in English, or only one heading has such a line under it."""
    english = (("Wheat", "Tall", "Early"), ("Maize", "Tall", "Late"), ("Beans", "Low", "Late"))
    heads = (("品种",), ("株高",), ("产量",))
    assert rows_of(in_two_languages(heads, english, (), 14.0))[1:] == list(english)
    one = (("Wheat", "63", "4.5"), *ROWS[1:])
    assert rows_of(in_two_languages(heads, one, (), 14.0))[1:] == list(one)


def test_headings_in_two_languages_stand_under_one_over_several_columns() -> None:
    heads = (("品种", "Cultivar"), ("株高", "Height"), ("产量", "Yield"))
    table = in_two_languages(heads, ROWS, (-18.0, 25.0, 75.0), 16.0)
    over = make_line("水浇地结果", 115, -14, name="over")
    lines = (*table.region.lines, over)
    across = (*table.region.rules_across, Box(85, -2, 215, -1))
    rows = rows_of(
        msgspec.structs.replace(table, region=msgspec.structs.replace(table.region, lines=lines, rules_across=across))
    )
    assert rows[:2] == [("品种Cultivar", "水浇地结果", ""), ("", "株高Height", "产量Yield")]
    assert rows[2:] == list(ROWS)


@pytest.mark.parametrize(("words", "off"), [(("Birch", "Larch", "Plane"), 0.8), (("岩样", "土样", "水样"), 1.0)])
def test_first_strokes_one_above_the_other_are_no_border(words: Sequence[str], off: float) -> None:
    """Rows set close between rules: the strokes that the words of a column begin with touch these, row by row."""
    lines = cells([("Site", "Age", "Plots"), *((word, "12", "7") for word in words)], (0, 60, 120), step=13.0)
    across = [Box(-4, 13.0 * row - 2, 150, 13.0 * row - 1) for row in range(5)]
    table = region(lines, Box(-5, -4, 152, 54), across, [down(off, 11, 51), down(60 + off, 11, 51)])
    assert rows_of(table)[1:] == [(word, "12", "7") for word in words]


def test_a_stroke_of_a_heading_that_goes_on_in_the_border_below_it_parts_nothing() -> None:
    merged = [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "Valley"), (1, 1, 1, 1, "乙"), (1, 2, 1, 1, "丙")]
    table = make_grid([*merged, *((2, column, 1, 1, str(column)) for column in range(3))])
    drawn = table.region
    below = tuple(rule for rule in drawn.rules_down if not (rule.center[0] == 120 and rule.y1 <= 20))
    stroke = down(120, 8, 60)
    whole = msgspec.structs.replace(drawn, rules_down=(*below, stroke))
    found, rows = read_table(msgspec.structs.replace(table, region=whole))
    assert rows[0] == ("甲", "Valley", "")
    assert [cell.column_span for cell in found if cell.text == "Valley"] == [2]


@pytest.mark.parametrize("heading", ["网络层结果", "Lowland"])
def test_a_stroke_that_goes_on_in_a_border_of_heads_ends_at_the_rule_between(heading: str) -> None:
    """The first stroke of a heading over three columns stands over the border between the first two."""
    over = make_line(heading, 59, 2, name="over")
    heads = [make_line(text, x, 24, name=text) for text, x in (("版本", 32), ("命中", 64), ("接口", 96))]
    heads += [make_line("组别", 2, 13, name="first"), make_line("故障", 128, 13, name="last")]
    body = cells([(name, "11.30", "2", "3", "4") for name in "甲乙丙丁戊己"], (2, 32, 64, 96, 128))
    body = [msgspec.structs.replace(line, id="b" + line.id, box=moved(line.box, 44)) for line in body]
    across = [Box(0, y, 155, y + 1) for y in (-2.0, 39.0, 140.0)]
    rules = [down(x, -2, 40) for x in (30, 126)] + [down(60, 4, 40), down(94, 19, 40)]
    table = region([over, *heads, *body], Box(-2, -4, 157, 142), [*across, Box(30, 18, 126, 19)], rules)
    assert rows_of(table)[:2] == [("组别", heading, "", "", "故障"), ("", "版本", "命中", "接口", "")]


def moved(box: Box, by: float) -> Box:
    return Box(box.x0, box.y0 + by, box.x1, box.y1 + by)


def test_a_line_that_its_cells_border_was_read_into_runs_through_none() -> None:
    """Its first character reaches over the border at its left."""
    table = make_grid([(row, column, 1, 1, f"{row}{column}") for row in range(3) for column in range(2)])
    line = make_line("again", 59.5, 46, name="wide", size=6.0)
    lines = (*(one for one in table.region.lines if one.text != "21"), line)
    rows = rows_of(msgspec.structs.replace(table, region=msgspec.structs.replace(table.region, lines=lines)))
    assert rows[2] == ("20", "again")


@pytest.mark.parametrize(("text", "x"), [("坡脚的填土有关", 80), ("Soil under the oak", 80)])
def test_rows_set_like_the_lines_of_a_cell_are_told_by_the_room_up_to_the_rules_end(text: str, x: float) -> None:
    """The longest cell fills its column only as far as cells show it."""
    rows = [("项目", "岩性", "密度"), *(("", "石灰岩", text) for _ in range(4))]
    lines = cells(rows, (0, 40, x), step=11.0)
    lines += [make_line(text, 0, y, name=text) for text, y in (("东侧", 16.5), ("西侧", 38.5))]
    across = [Box(-4, y, 260, y + 1) for y in (-3.0, 10.3, 54.5)]
    table = region(lines, Box(-5, -5, 262, 56), across, [])
    assert [row[1:] for row in rows_of(table)] == [row[1:] for row in rows]


def test_white_that_a_name_reaches_into_from_the_left_parts_cells_beside_it() -> None:
    """Two names of groups end in it, and a heading begins in it."""
    joined = together(("No.", "Permeability"), (0, 27.5), 14)
    heading = make_line("渗透系数", 34, 0, name="h")
    names = [make_line("上部", 0, y, name=f"n{y}") for y in (28, 56)]
    values = [make_line("砂岩", 44, y, name=f"v{y}") for y in (28, 42, 56)]
    assert len(parted_at_strips(joined, [joined, heading, *names, *values])) == 2


@pytest.mark.parametrize("heads", [("编号", "亩产量", "灌水"), ("类型", "含水率", "层厚")])
def test_a_border_of_heads_between_characters_that_stand_apart_is_one(heads: Sequence[str]) -> None:
    """Two heads were read as one line, and the border's ink as the second's; a stroke of theirs touches the rules."""
    joined = together(heads[:2], (2, 29), 2)
    lefts = (*joined.lefts[:2], 24.0, *joined.lefts[3:])
    joined = msgspec.structs.replace(joined, id="heads", lefts=lefts)
    other = make_line(heads[2], 74, 2, name="last")
    body = cells([(name, "地块在坡脚", "7.5") for name in ("甲地", "乙地", "丙地")], (2, 29, 82), step=14.0)
    body = [msgspec.structs.replace(line, id="b" + line.id, box=moved(line.box, 18)) for line in body]
    across = [Box(0, y, 105, y + 1) for y in (-2.0, 14.0, 60.0)]
    strokes = [down(24.4, -2, 15), down(70, -2, 15), down(45, -2, 15)]
    rows = rows_of(region([joined, other, *body], Box(-2, -4, 107, 62), across, strokes))
    assert rows[0] == tuple(heads)
    assert rows[1] == ("甲地", "地块在坡脚", "7.5")
