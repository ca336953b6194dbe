"""Circled numbers follow each other; one that doesn't becomes what its reader also saw."""

from __future__ import annotations

import msgspec
import pytest

from recover.model.page import PageReading
from recover.stages.biasing.circled import settle_circled
from tests.biasing.test_spelling import page


def read(*pages: PageReading) -> str:
    return "".join(line.text for page in settle_circled(pages) for region in page.regions for line in region.lines)


@pytest.mark.parametrize(
    ("text", "doubts", "printed"),
    [
        ("①甲；②乙；①丙；④丁", {6: ("③", 0.3)}, "①甲；②乙；③丙；④丁"),
        ("①甲；②乙；③丙；③丁", {9: ("④", 0.3)}, "①甲；②乙；③丙；④丁"),
        ("①甲；②乙。①丙；②丁", {6: ("③", 0.3)}, "①甲；②乙。①丙；②丁"),  # a second list
        ("①甲；②乙；①丙；④丁", {6: ("⑤", 0.3)}, "①甲；②乙；①丙；④丁"),  # what nobody saw
        ("①甲；②乙；①丙；④丁", {6: ("③", 0.005)}, "①甲；②乙；①丙；④丁"),  # the image speaks against it
        ("③甲", {0: ("①", 0.5)}, "③甲"),
        ("没有数字", {}, "没有数字"),
        ("包括：@甲；@乙；@丙", {0: ("句", 0.01)}, "包括：①甲；②乙；③丙"),
        ("包括：①甲；@乙；③丙", {0: ("句", 0.01)}, "包括：①甲；②乙；③丙"),
        ("邮箱@甲方", {}, "邮箱@甲方"),
        ("写信给name@mail.cn；或@host", {}, "写信给name@mail.cn；或@host"),
    ],
)
def test_a_list_counts_on(text: str, doubts: dict[int, tuple[str, float]], printed: str) -> None:
    assert read(page(text, doubts=doubts)) == printed


def test_a_list_goes_on_over_pages_and_says_what_was_changed() -> None:
    first = page("①甲；②乙；")
    second = msgspec.structs.replace(page("①丙；①丁；⑤戊", doubts={0: ("③", 0.4), 3: ("④", 0.3)}), index=1)
    assert read(first, second) == "①甲；②乙；③丙；④丁；⑤戊"
    changed = settle_circled([first, second])[1]
    assert [(one.was, one.now) for one in changed.corrections] == [("①", "③"), ("①", "④")]
    assert "read among" in changed.corrections[0].evidence
