"""Between two years stands a dash, whatever was read; every change is told."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.page import Line, PageReading, Region
from recover.stages.correct.sequences import with_year_dashes
from tests.printed_lines import make_line


def page_of(*lines: Line) -> PageReading:
    named = tuple(msgspec.structs.replace(line, id=f"l{number}") for number, line in enumerate(lines))
    region = Region(id="r1", kind="text", box=named[0].box, lines=named)
    return PageReading(index=0, width=595, height=842, dpi=200, regions=(region,))


def test_a_dash_over_a_lines_end_is_mended_and_told() -> None:
    (page,) = with_year_dashes([page_of(make_line("该站的记录分为两段（1988", 0, 0), make_line("一2003年）。", 0, 16))])
    assert [line.text for line in page.regions[0].lines] == ["该站的记录分为两段（1988", "—2003年）。"]
    assert [(one.was, one.now) for one in page.corrections] == [("一", "—")]


@pytest.mark.parametrize("text", ["2016年5月一2018年4月的记录", "孙某（1963一），男，教授", "1975年3月12日一1976年"])
def test_dashes_between_dates_and_behind_a_birth(text: str) -> None:
    (page,) = with_year_dashes([page_of(make_line(text))])
    assert page.regions[0].lines[0].text == text.replace("一", "—")


@pytest.mark.parametrize(
    "text",
    ["2003一1988年", "第一1988年", "1988年一月", "编号31988一2003", "1988一20030", "2016年5月一日", "第1988（一）"],
)
def test_other_ones_stay(text: str) -> None:
    (page,) = with_year_dashes([page_of(make_line(text))])
    assert (page.regions[0].lines[0].text, page.corrections) == (text, ())


def test_what_a_text_layer_says_stays() -> None:
    line = make_line("1988一2003年")
    (page,) = with_year_dashes([page_of(msgspec.structs.replace(line, readers="t" * len(line.text)))])
    assert page.regions[0].lines[0].text == line.text
