"""What stands in small type under a table and begins like its note is no part of the text."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box, Transform
from recover.model.page import Line, PageReading, Region, RegionKind
from recover.stages.flow.stream import make_flow

BODY = "干细胞移植治疗脊髓损伤的临床试验"


def region(name: str, kind: RegionKind, top: float, texts: list[str], size: float) -> Region:
    lines: tuple[Line, ...] = tuple(
        make_line(text, 0, top + 1.3 * size * row, name=f"{name}-{row}", size=size) for row, text in enumerate(texts)
    )
    return Region(id=name, kind=kind, box=Box(0, top, 160, lines[-1].box.y1), lines=lines)


def text_beside(note: list[str], size: float, gap: float = 4.0) -> tuple[list[str], list[str]]:
    """The text's lines and the notes of a column with a table in it and ``note`` under the table."""
    above = region("r1", "text", 0, [BODY, BODY], 10)
    table = region("r2", "table", 40, ["组别例数", "移植组32"], 8)
    under = region("r3", "text", table.box.y1 + gap, note, size)
    below = region("r4", "text", under.box.y1 + 12, [BODY, "疗效观察。"], 10)
    page = PageReading(
        index=0, width=200, height=300, dpi=200, kind="scan", to_page=Transform(), regions=(above, table, under, below)
    )
    flow = make_flow([page], frozenset())
    return [line.text for line in flow.lines], [line.text for line in flow.table_notes]


@pytest.mark.parametrize(
    "note",
    [["注：与对照组比较，*P<0.05；移", "植组32例"], ["*P<0.05"], ["Note: compared with controls"], ["a：与治疗前比较"]],
)
def test_a_note_under_its_table(note: list[str]) -> None:
    assert text_beside(note, 7.5) == ([BODY, BODY, BODY, "疗效观察。"], note)


@pytest.mark.parametrize(
    ("note", "size", "gap"),
    [(["注：这是正文里的一句话"], 10.0, 4.0), (["两组比较见上表"], 7.5, 4.0), (["注：离表很远的小字"], 7.5, 40.0)],
)
def test_what_is_no_note(note: list[str], size: float, gap: float) -> None:
    assert text_beside(note, size, gap)[1] == []


def test_a_note_at_the_edge_of_the_column_belongs_to_a_narrow_table_in_its_middle() -> None:
    above = region("r1", "text", 0, [BODY, BODY], 10)
    table = region("r2", "table", 40, ["组别例数", "移植组32"], 8)
    moved = tuple(make_line(line.text, 90, line.box.y0, name=line.id, size=8) for line in table.lines)
    table = msgspec.structs.replace(table, lines=moved, box=Box(90, 40, 130, table.box.y1))
    under = region("r3", "text", table.box.y1 + 3, ["注：移植组32例"], 7.5)
    flow = make_flow([page_of(above, table, under, region("r4", "text", 90, [BODY], 10))], frozenset())
    assert [line.text for line in flow.table_notes] == ["注：移植组32例"]


def test_text_that_the_layout_drew_into_a_table_below_its_note_is_none_of_it() -> None:
    table = region("r2", "table", 40, ["组别例数", "移植组32", "注：移植组32例"], 8)
    torn = (make_line("水位上升，", 0, 80, name="a", size=8), make_line("土样没有变化。", 46, 80, name="b", size=8))
    table = msgspec.structs.replace(table, lines=(*table.lines, *torn), box=Box(0, 40, 160, 90))
    flow = make_flow([page_of(region("r1", "text", 0, [BODY, BODY], 10), table)], frozenset())
    assert [line.text for item in flow.floats for line in item.region.lines] == ["组别例数", "移植组32"]


def page_of(*regions: Region) -> PageReading:
    return PageReading(index=0, width=200, height=300, dpi=200, kind="scan", to_page=Transform(), regions=regions)
