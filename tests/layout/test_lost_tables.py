"""Tables that are found under their captions by the white between their cells, and text that is none."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box, Transform, enclose
from recover.model.page import Line, Region, RegionKind, merge_lines
from recover.stages.layout.floats import Float
from recover.stages.layout.lost_tables import FoundTable, find_grown_tables, find_lost_tables
from recover.stages.layout.rules import with_drawn_rules

PROSE = "水位在雨季之后上升而土样的含水率没有变化需要再观测"


def at(text: str, x: float, y: float) -> Line:
    return make_line(text, x, y, name=f"l{x}-{y}", size=10.0)


def prose(y: float) -> list[Line]:
    return [at(PROSE, 20, y), at(PROSE, 20, y + 14), at(PROSE, 20, y + 28)]


def table(y: float) -> list[Line]:
    rows = (("项目", "深度", "含水率"), ("粉砂", "1.2", "18.5"), ("黏土", "2.6", "24.1"), ("泥岩", "4.0", "9.7"))
    return [
        at(cell, 20 + 90 * column, y + 16 * row) for row, cells in enumerate(rows) for column, cell in enumerate(cells)
    ]


def found(lines: list[Line]) -> tuple[FoundTable, ...]:
    return find_lost_tables(lines, (), (), 10.0)


def test_rows_of_cells_under_a_caption_are_its_table() -> None:
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *table(70), *prose(150)]
    (one,) = found(lines)
    assert (one.captions, one.lines) == ((3,), tuple(range(4, 16)))


def test_further_lines_of_a_cell_belong_to_it() -> None:
    lines = [*prose(0), at("表2 土样", 90, 50), *table(70), at("（湿样）", 200, 132), *prose(160)]
    (one,) = found(lines)
    assert set(one.lines) == set(range(4, 17))


def test_a_sentence_about_a_table_has_none_under_it() -> None:
    assert not found([at("表2显示含水率没有变化。", 20, 0), *table(16), *prose(100)])
    assert not found([*prose(0), at("表2 土样的含水率", 90, 50), *prose(70), *prose(112)])


def test_a_caption_in_the_middle_of_the_page_has_its_table_over_both_columns() -> None:
    """Though the lines of a wide cell below it look like those of a column."""
    caption = at("Table 2 Density of oak in both years", 210, 0)
    wide, narrow = "The young stand was thinned in the third year again", "Every second plot was seen"
    rows = [
        [at("Site", 20, 20), at("Density", 70, 20), at("Age", 400, 20)],
        *(
            [at(f"No{row}", 20, 36 + 42 * row), at(wide, 70, 36 + 42 * row), at(narrow, 400, 36 + 42 * row)]
            for row in range(3)
        ),
        *([at(wide, 70, 50 + 42 * row), at("autumn", 400, 50 + 42 * row)] for row in range(3)),
    ]
    columns = [at(PROSE, x, 190 + 14 * row) for row in range(12) for x in (20, 340)]
    lines = [caption, *(cell for row in rows for cell in row), *columns]
    (one,) = found(lines)
    assert set(one.lines) == set(range(1, 19))
    # Prose in both columns is none.
    assert not found([caption, *columns])


def test_a_table_over_the_page_is_more_than_what_of_it_stands_in_one_column() -> None:
    cells = [
        at(text, x, 20 + 16 * row)
        for row in range(5)
        for text, x in (("小麦", 20), ("对照", 130), ("机收的损失应当注意排水", 400))
    ]
    text = [at(PROSE, 20, 120 + 14 * row) for row in range(8)] + [at(PROSE[:23], 290, 120)]
    (one,) = found([at("表2 施肥量", 238, 0), *cells, *text])
    assert set(one.lines) == set(range(1, 16))


def test_cells_half_a_line_off_are_of_one_row() -> None:
    """Names in the middle of rows of two lines: no line stands level with them."""
    rows = [
        line
        for row in range(3)
        for line in (at("粉砂", 20, 77 + 28 * row), at("含水率" * 5, 90, 70 + 28 * row), at("不变", 90, 84 + 28 * row))
    ]
    lines = [*prose(0), at("表2 土样", 90, 50), *rows, *prose(180)]
    (one,) = found(lines)
    assert set(one.lines) == set(range(4, 13))


@pytest.mark.parametrize(
    ("caption", "is_table"),
    [("续表2", True), ("表2（续）", True), ("Table 2 (continued)", True), ("表2 土样的含水率", False)],
)
def test_the_rest_of_a_table_may_have_one_row(caption: str, is_table: bool) -> None:
    lines = [at(caption, 90, 50), *table(70)[:6], *prose(140)]
    assert bool(found(lines)) == is_table


def test_two_columns_of_text_are_no_table() -> None:
    columns = [at(PROSE, x, 70 + 14 * row) for row in range(12) for x in (20, 300)]
    assert not found([at("表2 土样的含水率", 250, 50), *columns])


def test_cells_that_were_read_as_one_line_are_told_by_the_white_in_it() -> None:
    rows = (("项目", "深度", "含水率"), ("粉砂", "1.2", "18.5"), ("黏土", "2.6", "24.1"), ("泥岩", "4.0", "9.7"))
    whole = [row_line(cells, (20, 50, 90), 70 + 16 * number) for number, cells in enumerate(rows)]
    ending = at("水位在雨季之后上升，土样没有变化。", 20, 150)
    (one,) = found([*prose(0), at("表2 土样", 90, 50), *whole, ending, *prose(166)])
    assert one.lines == tuple(range(4, 8))


def test_cells_so_close_that_a_line_of_them_fills_the_column_are_a_row() -> None:
    """The detector ran them together; they begin as those above them do, which words of a line of text don't."""
    places = (20, 47, 124)
    rows = (
        ("组别", "株高", "产量"),
        ("谷子", "机收的损失需防", "晚熟的品种以覆膜的地块好"),
        ("大豆", "5.2", "越冬前的分蘖以覆膜的最好"),
    )
    whole = [row_line(cells, places, 70 + 16 * number) for number, cells in enumerate(rows)]
    assert whole[1].box.x1 > 240
    (one,) = found([*prose(0), at("表2 株高", 90, 50), *whole, *prose(150)])
    assert one.lines == (4, 5, 6)
    apart = row_line(("水位在雨季之后", "上升而土样的含水率没有"), (20, 96), 118)
    (one,) = found([*prose(0), at("表2 株高", 90, 50), *whole, apart, *prose(150)])
    assert one.lines == (4, 5, 6)


def test_a_name_beside_the_rows_that_stands_a_little_outside_the_column_is_a_cell() -> None:
    """The column is known by lines of text that begin with an indent."""
    indented = [at(PROSE[:-2], 40, y) for y in (0, 14, 28, 150, 164)]
    rows = [at(text, x, y) for y in (70, 86, 102, 118) for text, x in (("粉砂", 110), ("1.2", 180))]
    names = [at("上部与中部", 20, 102), at("类", 20, 70), at("型", 20, 86)]
    (one,) = found([*indented, at("表2 土样", 130, 50), *rows, *names])
    assert set(one.lines) == set(range(6, 17))


def row_line(cells: tuple[str, ...], places: tuple[float, ...], y: float) -> Line:
    """The cells of a row as the one line that a detector made of them."""
    first, *others = (at(cell, place, y) for cell, place in zip(cells, places, strict=True))
    whole = first
    for other in others:
        whole = merge_lines(whole, other, "")
    return whole


def test_boxes_too_wide_at_their_ends_hide_no_strip() -> None:
    rows = [(at("编译器", 20, 70 + 16 * row), at("1.2", 54.5, 70 + 16 * row)) for row in range(6)]
    rows += [(wider(at("编译器", 20, 166 + 16 * row)), at("1.2", 54.5, 166 + 16 * row)) for row in range(2)]
    (one,) = found([*prose(0), at("表2 土样", 20, 50), *(cell for row in rows for cell in row)])
    assert len(one.lines) == 16


def wider(line: Line) -> Line:
    """The line with a box that reaches into the white before the next cell."""
    return msgspec.structs.replace(line, box=Box(line.box.x0, line.box.y0, line.box.x1 + 4.7, line.box.y1))


def test_no_table_goes_on_below_a_heading() -> None:
    lines = [*prose(0), at("表2 土样", 90, 50), *table(70), at("2 含水率的变化", 20, 140)]
    torn = [at("水位在雨季之后上升，", 20, 158), at("土样没有变化。", 130, 158)]
    (one,) = find_lost_tables([*lines, *torn], (), (), 10.0, titles={len(lines) - 1})
    assert one.lines == tuple(range(4, 16))


def test_a_line_of_text_torn_at_its_marks_is_no_row() -> None:
    lines = [*prose(0), at("表2 土样", 90, 50), *table(70)]
    first = at("水位在雨季之后上升，", 20, 140)
    torn = [first, at("土样没有变化，含水率有。", first.box.x1 + 6, 140)]
    (one,) = found([*lines, *torn])
    assert one.lines == tuple(range(4, 16))


FIGURE = Box(15, 66, 260, 135)


def test_rules_that_are_drawn_and_not_seen_join_those_that_are() -> None:
    seen = Box(15, 66, 260, 66)
    region = Region(id="r1", kind="table", box=FIGURE, lines=tuple(table(70)), rules_across=(seen,), rules_down=())
    drawn = ((Box(15, 66.5, 260, 66.5), Box(15, 84, 260, 84), Box(15, 300, 260, 300)), (Box(100, 66, 100, 135),))
    text = msgspec.structs.replace(region, id="r2", kind="text", rules_across=())
    ruled, same = with_drawn_rules((region, text), drawn, Transform())
    assert ruled.rules_across == (seen, Box(15, 84, 260, 84))
    assert ruled.rules_down == (Box(100, 66, 100, 135),)
    assert same == text


def seen(lines: list[Line], inside: tuple[int, ...], kind: RegionKind = "table") -> dict[int, FoundTable]:
    """What becomes of a table, or figure, of which the network saw these lines."""
    box = enclose(lines[index].box for index in inside)
    return find_grown_tables(lines, [Float(kind=kind, box=box, lines=inside)], (), (), 10.0)


def test_a_table_that_was_seen_in_part_is_whole() -> None:
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *table(70), *prose(150)]
    right_columns = tuple(index for index in range(4, 16) if index % 3 != 1)
    assert set(seen(lines, right_columns)[0].lines) == set(range(4, 16))
    assert set(seen(lines, tuple(range(4, 13)))[0].lines) == set(range(4, 16))
    assert not seen(lines, tuple(range(4, 16)))


def test_a_note_under_a_table_that_was_seen_in_part_is_no_row_of_it() -> None:
    part = tuple(index for index in range(4, 16) if index % 3 == 1)
    above = [*prose(0), at("表2 土样的含水率", 90, 50), *table(70)]
    assert set(seen([*above, at("注：岩样取自坡脚。", 20, 141)], (*part, 16))[0].lines) == set(range(4, 16))
    # Cells below wide white are rows of it.
    assert not seen([*above, at("9.7", 20, 165), at("8.8", 200, 165)], (*part, 16, 17))


def test_a_figure_that_is_nothing_but_a_table_under_its_caption_is_one() -> None:
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *table(70), *prose(150)]
    assert set(seen(lines, tuple(range(3, 16)), kind="figure")[0].lines) == set(range(4, 16))


def test_a_table_of_other_lines_than_those_under_a_caption_stays() -> None:
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *table(70), *prose(150), *table(200)]
    assert not seen(lines, tuple(range(19, 28)))


def test_more_parted_rows_outweigh_more_strips() -> None:
    """White in the first rows looks like strips, which the long cells of the others run over."""
    rows = [at("粉砂", x, 70 + 24 * row) for row in range(3) for x in (20, 110, 160, 210, 260)]
    rows += [at(text, x, 142 + 24 * row) for row in range(2) for text, x in (("黏土", 20), ("含水率" * 6, 110))]
    (one,) = found([*prose(0), at("表2 土样", 90, 50), *rows, *prose(230)])
    assert set(one.lines) == set(range(4, 4 + len(rows)))


WRAPPED = "观测孔内水位在雨季之后上升含水率没有变化"


def ruled(y: float) -> tuple[list[Line], list[Box]]:
    """Cells run together by the detector, as no white tells, and the rules around them, of one length."""
    lines = [at("项目 " + WRAPPED[:14], 30, y + 16 * row) for row in range(3)]
    lines += [at(WRAPPED[:9], 40, y + 16 * row) for row in range(3, 6)]
    return lines, [Box(20, y - 3 + 32 * step, 282, y - 2 + 32 * step) for step in range(4)]


def test_rules_of_one_length_under_a_caption_tell_its_table() -> None:
    cells, rules = ruled(70)
    foot = Box(20, 240, 282, 241)
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *cells, *prose(180)]
    assert found(lines) == ()
    (one,) = find_lost_tables(lines, (), (), 10.0, rules=lambda: (*rules, foot))
    assert (one.captions, one.lines) == ((3,), tuple(range(4, 10)))
    assert one.box.y1 < 180


def test_two_rules_or_rules_elsewhere_tell_none() -> None:
    cells, rules = ruled(70)
    lines = [*prose(0), at("表2 土样的含水率", 90, 50), *cells, *prose(180)]
    far = [Box(rule.x0, rule.y0 + 60, rule.x1, rule.y1 + 60) for rule in rules]
    for seen in (rules[:2], far):
        assert find_lost_tables(lines, (), (), 10.0, rules=lambda seen=seen: seen) == ()
    assert find_lost_tables(lines, (), (Box(100, 90, 200, 120),), 10.0, rules=lambda: rules) == ()
