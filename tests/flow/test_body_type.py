"""The type of the text, where the layout network takes a whole page for references."""

from __future__ import annotations

import pytest
from printed_lines import make_line

from recover.model.geometry import Box
from recover.model.page import PageReading, Region, RegionKind
from recover.stages.flow.stream import make_flow


def page(*parts: tuple[RegionKind, float, tuple[str, ...]]) -> PageReading:
    regions, y = [], 60.0
    for number, (kind, size, texts) in enumerate(parts):
        lines = []
        for text in texts:
            lines.append(make_line(text, 50, y, name=f"r{number}l{y}", size=size))
            y += 2 * size
        box = Box(50, lines[0].box.y0, 500, lines[-1].box.y1)
        regions.append(Region(id=f"r{number}", kind=kind, box=box, lines=tuple(lines), column=1))
    return PageReading(index=0, width=600, height=900, dpi=200, regions=tuple(regions))


TITLE = ("河口滩涂的形成与变迁",)
TEXT = ("旧式织机长期影响当地居民的日常往来，这一点在各处大体相同。",) * 6


def test_a_page_of_supposed_references_without_a_heading_is_text() -> None:
    flow = make_flow([page(("text", 16.0, TITLE), ("reference", 10.0, TEXT))], frozenset())
    assert flow.body_size == pytest.approx(10 / 1.15)


def test_a_list_under_its_heading_is_none() -> None:
    parts = (("text", 12.0, TEXT), ("title", 12.0, ("参考文献",)), ("reference", 8.0, TEXT))
    flow = make_flow([page(*parts)], frozenset())
    assert flow.body_size == pytest.approx(12 / 1.15)
