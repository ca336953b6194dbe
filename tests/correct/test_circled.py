"""Circled numbers follow each other; one that doesn't becomes what its reader also saw."""

from __future__ import annotations

import msgspec
import pytest

from recover.stages.correct.sequences import settle_circled
from tests.correct.doubtful_pages import doubtful_line, page_of, text_of


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
        ("写信给name@mail.cn；或@host", {}, "写信给name@mail.cn；或@host"),
    ],
)
def test_a_list_counts_on(text: str, doubts: dict[int, tuple[str, float]], printed: str) -> None:
    line = doubtful_line(text, {at: [one] for at, one in doubts.items()})
    (page,) = settle_circled([page_of(line)])
    assert text_of(page) == printed


def test_a_list_goes_on_over_pages_and_says_what_was_changed() -> None:
    first = page_of(doubtful_line("①甲；②乙；"))
    second = page_of(doubtful_line("①丙；①丁；⑤戊", {0: [("③", 0.4)], 3: [("④", 0.3)]}))
    pages = settle_circled([first, msgspec.structs.replace(second, index=1)])
    assert "".join(map(text_of, pages)) == "①甲；②乙；③丙；④丁；⑤戊"
    assert [(one.page, one.was, one.now) for one in pages[1].corrections] == [(1, "①", "③"), (1, "①", "④")]


def test_a_ring_at_the_head_of_a_note_is_told_by_the_notes_around_it() -> None:
    lines = ("⑤ 见甲书。", "® C. Yang, Salt Roads.", "⑦ 同上。", "© 2019 The Authors", "药名Xyrem®的用法")
    (page,) = settle_circled([page_of(*map(doubtful_line, lines))])
    assert text_of(page) == "".join(lines).replace("® C", "⑥ C")
