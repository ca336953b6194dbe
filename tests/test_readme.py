"""Both READMEs tell the same figures."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _figures(name: str) -> list[list[str]]:
    """The numbers of every row of the table of accuracy."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [re.findall(r"\d+(?:\.\d+)?", row) for row in text.splitlines() if row.startswith("|") and " dpi" in row]


def test_the_chinese_readme_tells_the_same_figures() -> None:
    english, chinese = _figures("README.md"), _figures("README.zh-CN.md")
    assert len(english) >= 4
    assert chinese == english
