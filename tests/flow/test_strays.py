"""Text that the layout drew into a float goes back to the text."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import PageReading, Region, RegionKind, merge_lines
from recover.stages.flow.stream import make_flow

FULL = "肌萎缩侧索硬化是一种神经退行性疾病病因"


def page(kind: RegionKind, *rows: tuple[str, float]) -> PageReading:
    """A page that is nothing but a float, its lines one below the other; | parts a row's cells."""
    lines = tuple(
        make_line(cell, x + 100 * column, 100 + 13.0 * row, name=f"l{row}.{column}")
        for row, (text, x) in enumerate(rows)
        for column, cell in enumerate(text.split("|"))
    )
    rules = (Box(60, 101, 90, 102), Box(0, 100 + 13.0 * len(rows), 190, 101 + 13.0 * len(rows)))
    region = Region(id="r1", kind=kind, box=Box(0, 95, 200, 400), lines=lines, rules_across=rules)
    return PageReading(index=0, width=600, height=800, dpi=200, regions=(region,))


@pytest.mark.parametrize(
    ("kind", "rows", "text", "inside"),
    [
        ("table", [(FULL, 0), (FULL, 0), ("表1 组成", 70), ("成分|浓度", 0)], [FULL, FULL], ["成分", "浓度"]),
        (
            "figure",
            [("入院", 70), ("出院", 70), ("图1 流程", 65), (FULL, 20), (FULL, 0)],
            [FULL, FULL],
            ["入院", "出院"],
        ),
        ("table", [("表1 组成", 70), ("成分|浓度", 0)], [], ["成分", "浓度"]),
        ("figure", [("入院", 70), ("出院", 70), ("图1 流程", 65)], [], ["入院", "出院"]),
    ],
)
def test_text_beyond_a_caption(
    kind: RegionKind, rows: list[tuple[str, float]], text: list[str], inside: list[str]
) -> None:
    flow = make_flow([page(kind, *rows)], frozenset())
    assert [line.text for line in flow.lines] == text
    assert [line.text for item in flow.floats for line in item.region.lines] == inside
    assert len(flow.captions) == 1


def test_rules_above_a_caption_are_strokes_of_the_text() -> None:
    flow = make_flow([page("table", (FULL, 0), ("表1 组成", 70), ("成分|浓度", 0))], frozenset())
    assert len(flow.floats[0].region.rules_across) == 1


def test_a_wrapped_caption_stays_whole() -> None:
    rows = [("Table 1 Effects of two pathways on the", 0), ("stem cells of the cord", 40), ("成分|浓度", 0)]
    flow = make_flow([page("table", *rows)], frozenset())
    assert [line.text for line in flow.captions] == [rows[0][0], rows[1][0]]


def test_a_label_that_white_parts_from_its_caption_is_no_row() -> None:
    flow = make_flow([page("table", ("表 1|土样的含水率", 60), ("成分|浓度", 0), ("水|3.5", 0))], frozenset())
    assert [line.text for line in flow.captions] == ["表 1", "土样的含水率"]
    assert [line.text for item in flow.floats for line in item.region.lines] == ["成分", "浓度", "水", "3.5"]


def test_heads_run_together_under_a_caption_are_none_of_it() -> None:
    whole = page("table", ("表1 土样的含水率与密度的变化", 90), ("", 0), ("水|3.5", 100), ("土|2.5", 100))
    together = merge_lines(make_line("成分", 100, 113, name="h"), make_line("浓度", 200, 113, name="h"), "")
    region = whole.regions[0]
    lines = tuple(together if not line.text else line for line in region.lines)
    flow = make_flow(
        [msgspec.structs.replace(whole, regions=(msgspec.structs.replace(region, lines=lines),))], frozenset()
    )
    assert [line.text for line in flow.captions] == ["表1 土样的含水率与密度的变化"]
