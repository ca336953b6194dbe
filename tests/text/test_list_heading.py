from __future__ import annotations

import pytest

from recover.text.reference_lists import is_list_heading


@pytest.mark.parametrize(
    "text",
    [
        "参考文献",
        "参 考 文 献",
        "4 参考文献 References",
        "参考文献(References)",
        "[参考文献]",
        "五、参考文献",
        "References",
        "REFERENCES:",
        "Literature Cited",
        "主要参考文献",
    ],
)
def test_headings_of_a_list(text: str) -> None:
    assert is_list_heading(text)


@pytest.mark.parametrize(
    "text", ["参考文献共 58 篇", "参考", "References to earlier work are given below", "参考文献的检索与筛选", ""]
)
def test_other_lines(text: str) -> None:
    assert not is_list_heading(text)
