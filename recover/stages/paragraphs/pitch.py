"""The usual distance of lines, which white before a paragraph exceeds."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from recover.model.flow import FlowLine

# Lines of one type differ in measured size by less than this share; a column may hold text, lists and notes.
SAME_TYPE = 0.12
# With fewer steps between lines of one type the whole column's are taken.
MIN_STEPS = 3

# Steps so near, in type sizes, tell more than those of the whole column: lists are set closer than text.
NEARBY = 12.0


class Step(NamedTuple):
    """From a line to the next: how far in points, the size of its type, and where on the page it stands."""

    step: float
    size: float
    page: int
    y: float


class Pitches:
    """The steps from line to line in every column, each with the size of its lines."""

    def __init__(self, lines: Sequence[FlowLine]) -> None:
        self._steps: Mapping[int, list[Step]] = _steps(lines)

    def of(self, line: FlowLine) -> float:
        """The usual step to a line of this size around it, else in its column, in points; 0 where there is none."""
        steps = self._steps.get(line.column, [])
        alike = [one for one in steps if abs(one.size - line.size) < SAME_TYPE * line.size]
        near = [one for one in alike if _is_near(one, line)]
        chosen = next((some for some in (near, alike) if len(some) >= MIN_STEPS), steps)
        return statistics.median(one.step for one in chosen) if chosen else 0.0


def _is_near(step: Step, line: FlowLine) -> bool:
    return step.page == line.page and abs(step.y - line.box.center[1]) < NEARBY * line.size


def _steps(lines: Sequence[FlowLine]) -> dict[int, list[Step]]:
    steps: dict[int, list[Step]] = {}
    for above, line in pairwise(lines):
        y = line.box.center[1]
        step = y - above.box.center[1]
        if above.column == line.column and 0 < step < 4 * line.size:
            steps.setdefault(line.column, []).append(Step(step, line.size, line.page, y))
    return steps
