"""Titles drawn into a picture of the first page."""

from __future__ import annotations

import msgspec
from printed_lines import make_flow_line, make_line
from printed_titles import block, flow, paragraph

from recover.model.flow import FloatRegion, Flow
from recover.model.geometry import Box, Transform
from recover.model.page import Region
from recover.stages.outline.titles import title_in_float

TEXT = "旧式织机长期影响当地居民的日常往来，这一点在各处大体相同。"


def with_picture(*lines: tuple[str, float], page: int = 0) -> Flow:
    drawn = tuple(make_line(text, 50, 60 + 30 * at, name=f"f{at}", size=size) for at, (text, size) in enumerate(lines))
    region = Region(id="f", kind="figure", box=Box(40, 50, 300, 200), lines=drawn)
    item = FloatRegion(region=region, page=page, position=0, to_page=Transform())
    return msgspec.structs.replace(flow(block(paragraph(TEXT))), floats=(item,))


def test_large_type_is_the_title_and_names_its_authors() -> None:
    title, authors = title_in_float(with_picture(("河水为什么", 24.0), ("越来越浅", 24.0), ("□陶知行", 10.0)))
    assert title.zh == "河水为什么越来越浅"
    assert [author.name for author in authors] == ["陶知行"]


def test_words_in_a_drawing_are_none() -> None:
    assert not title_in_float(with_picture(("对照组", 10.0), ("实验组的数量", 10.0)))[0].zh
    assert not title_in_float(with_picture(("河水为什么越来越浅", 24.0), page=1))[0].zh


def test_a_line_of_the_text_is_no_float() -> None:
    assert not title_in_float(flow(block([make_flow_line(TEXT, width=40)])))[0].zh
