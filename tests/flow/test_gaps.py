"""White of a type cell between Han is a space; justification is none."""

from __future__ import annotations

import msgspec
import pytest
from printed_lines import make_line

from recover.model.page import Line, PageReading, Region, RegionKind
from recover.stages.flow.edges import with_gaps


def spread(text: str, *, at: int = 0, gap: float = 0.0, every: float = 0.0) -> Line:
    """A line with ``gap`` type sizes of white before a character and ``every`` between all."""
    line = make_line(text)
    shift = [10 * (every * place + (gap if at and place >= at else 0.0)) for place in range(len(text))]
    lefts = tuple(left + by for left, by in zip(line.lefts, shift, strict=True))
    rights = tuple(right + by for right, by in zip(line.rights, shift, strict=True))
    return msgspec.structs.replace(line, lefts=lefts, rights=rights)


def faint(text: str, *, at: int) -> Line:
    """A line of which one character was seen only at its right end."""
    line = make_line(text)
    lefts = (*line.lefts[:at], line.rights[at] - 1, *line.lefts[at + 1 :])
    return msgspec.structs.replace(line, lefts=lefts)


def shown(line: Line, kind: RegionKind = "text") -> str:
    page = PageReading(
        index=0, width=600, height=800, dpi=200, regions=(Region(id="r1", kind=kind, box=line.box, lines=(line,)),)
    )
    (read,) = with_gaps(page).regions[0].lines
    assert len(read.lefts) == len(read.rights) == len(read.confidences) == len(read.readers) == len(read.text)
    return read.text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (spread("关键词脊髓损伤", at=3, gap=1.0), "关键词　脊髓损伤"),
        (spread("吸气肌训练采用阈值负荷", at=5, gap=0.8), "吸气肌训练　采用阈值负荷"),
        (spread("二悬浮培养细胞", at=1, gap=0.35), "二　悬浮培养细胞"),
        (spread("两悬浮培养细胞", at=1, gap=0.35), "两悬浮培养细胞"),
        (spread("关键词脊髓损伤", every=0.6), "关键词脊髓损伤"),
        (spread("关键词：脊髓损伤", at=4, gap=1.0), "关键词：脊髓损伤"),
        (spread("王明", at=1, gap=1.0), "王　明"),
        (spread("王小明", at=1, gap=1.0), "王　小明"),
        (faint("宛如一个水球的天地", at=2), "宛如一个水球的天地"),
    ],
)
def test_gaps(line: Line, text: str) -> None:
    assert shown(line) == text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (spread("[1]李四王五题名的研究刊名1985;26(3):62", at=7, gap=0.3), "[1]李四王五　题名的研究刊名1985;26(3):62"),
        (spread("[1]李四，王五题名的研究刊名1985;26(3):62", at=8, gap=0.3), "[1]李四，王五题名的研究刊名1985;26(3):62"),
        (spread("1李四王五题名的研究刊名1985;26(3):62", at=5, gap=0.3), "1李四王五题名的研究刊名1985;26(3):62"),
    ],
)
def test_white_alone_parts_the_fields_of_some_entries(line: Line, text: str) -> None:
    assert shown(line) == text


def test_tables_keep_their_white() -> None:
    assert shown(spread("途径优点缺点", at=2, gap=3.0), "table") == "途径优点缺点"
