"""Tables that the layout network drew wrongly: as figures, two as one, paragraphs as tables."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box, enclose
from recover.model.page import Line
from recover.stages.layout.floats import Float
from recover.stages.layout.seen_tables import is_called_table, is_paragraph, parted_at_captions, with_note

PROSE = "水位在雨季之后上升而土样的含水率没有变化需要再观测"
FIGURE = Box(15, 66, 260, 135)
CHINESE = (("项目", "深度", "含水率"), ("粉砂", "1.2", "18.5"), ("黏土", "2.6", "24.1"), ("泥岩", "4.0", "9.7"))
ENGLISH = (("Site", "Age"), ("Coast", "12"), ("Valley", "31"))


def at(text: str, x: float, y: float) -> Line:
    return make_line(text, x, y, name=f"l{x}-{y}", size=10.0)


def table(y: float, rows: tuple[tuple[str, ...], ...] = CHINESE) -> list[Line]:
    return [
        at(cell, 20 + 90 * column, y + 16 * row) for row, cells in enumerate(rows) for column, cell in enumerate(cells)
    ]


def drawn(lines: list[Line]) -> Float:
    return Float(kind="table", box=enclose(line.box for line in lines), lines=tuple(range(len(lines))))


def test_rows_of_cells_on_a_tint_are_the_table_that_their_caption_calls_them() -> None:
    caption, cells = at("表2 土样的含水率", 90, 50), table(70)
    prose = [at(PROSE, 20, 150), at(PROSE, 20, 164)]
    assert is_called_table(FIGURE, cells, [caption, *prose], 10.0)
    assert is_called_table(FIGURE, [caption, *cells], prose, 10.0)
    # Labels in no rows; a caption of a figure, too; prose above.
    assert not is_called_table(FIGURE, cells[::4], [caption], 10.0)
    assert not is_called_table(FIGURE, cells, [caption, at("图3 采样点", 90, 140)], 10.0)
    assert not is_called_table(FIGURE, cells, [at(PROSE, 20, 50)], 10.0)


@pytest.mark.parametrize(
    ("between", "below"),
    [(("表3 岩样的密度",), CHINESE), (("表3 岩样的密度", "Table 3 Density"), CHINESE), (("Table 4 Age",), ENGLISH)],
)
def test_tables_drawn_as_one_are_parted_at_the_caption_between_them(
    between: tuple[str, ...], below: tuple[tuple[str, ...], ...]
) -> None:
    first, second = table(0), table(100, below)
    middle = [at(text, 90, 70 + 12 * row) for row, text in enumerate(between)]
    lines = [*first, *middle, *second]
    parts, captions = parted_at_captions(drawn(lines), lines)
    places = [len(first), len(first) + len(middle)]
    assert captions == tuple(range(*places))
    assert [sorted(part.lines) for part in parts] == [list(range(places[0])), list(range(places[1], len(lines)))]
    assert parts[0].box.y1 <= middle[0].box.y0 < middle[-1].box.y1 <= parts[1].box.y0


def test_three_tables_drawn_as_one_are_three() -> None:
    lines = [*table(0), at("表3 岩样", 90, 70), *table(90), at("表4 土样", 90, 160), *table(180)]
    assert len(parted_at_captions(drawn(lines), lines)[0]) == 3


def test_a_caption_on_top_or_beside_a_cell_parts_no_table() -> None:
    above = [at(PROSE, 20, 0), at(PROSE, 20, 14), at("表3 岩样的密度", 90, 34), *table(50)]
    notes = [*table(0), at("表3 同上", 20, 70), at(PROSE, 20, 90)]
    named = [*table(0), at("表3", 20, 70), at("4.2", 110, 70), *table(90)]
    for lines in (above, notes, named):
        assert parted_at_captions(drawn(lines), lines) == ((drawn(lines),), ())


def test_lines_that_no_other_stands_beside_are_no_table() -> None:
    lines = [at(PROSE, 30, 0), at(PROSE, 20, 14), at(PROSE[:9], 20, 28)]
    assert is_paragraph(drawn(lines), lines, [at(PROSE, 20, 60)], 10.0)
    assert not is_paragraph(drawn(lines), lines, [at("表5 词汇", 90, -14)], 10.0)
    assert not is_paragraph(drawn(cells := table(0)), cells, [], 10.0)
    ending_in_cells = [*lines, at("Oak", 20, 42), at("12", 120, 42)]
    assert not is_paragraph(drawn(ending_in_cells), ending_in_cells, [], 10.0)


@pytest.mark.parametrize("text", ["注：岩样取自坡脚。", "Note: wet samples."])
def test_a_note_at_the_margin_below_a_narrow_table_is_read_with_it(text: str) -> None:
    cells = [msgspec.structs.replace(line, box=moved(line.box, 150)) for line in table(0)]
    note, below = at(text, 0, 62), at(PROSE, 0, 90)
    lines = [*cells, note, below]
    narrow = Float(kind="table", box=enclose(line.box for line in cells), lines=tuple(range(len(cells))))
    assert with_note(narrow, lines, [12, 13]).lines == tuple(range(13))
    # Under another column of text, far below, or no note.
    column = [*lines, at(PROSE[:12], 0, 20)]
    assert with_note(narrow, column, [12, 13, 14]) == narrow
    for other in (at(text, 0, 80), at("岩样取自坡脚。", 0, 62)):
        assert with_note(narrow, [*cells, other], [12]) == narrow


def moved(box: Box, right: float) -> Box:
    return Box(box.x0 + right, box.y0, box.x1 + right, box.y1)
