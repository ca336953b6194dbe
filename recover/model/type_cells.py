"""The cells of Chinese type: how far its characters stand apart in a line, and where a column's lines end."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from recover.model.page import Line

# Lines shorter than this part of the longest say nothing of the column's edge; so many are wanted.
LONG, LEAST = 0.8, 3


def cell_width(line: Line) -> float:
    """The usual distance of neighbouring Han, in points; 0 with none side by side."""
    steps = [
        (line.lefts[at] + line.rights[at] - line.lefts[at - 1] - line.rights[at - 1]) / 2
        for at in range(1, len(line.text))
        if _is_han(line.text[at]) and _is_han(line.text[at - 1])
    ]
    return median(steps) if steps else 0.0


def column_edge(lines: Sequence[Line]) -> float | None:
    """Where most of the long ones among a column's lines end, in points."""
    longest = max((line.box.width for line in lines), default=0.0)
    ends = [line.rights[-1] for line in lines if line.text and line.box.width >= LONG * longest]
    return median(ends) if len(ends) >= LEAST else None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"
