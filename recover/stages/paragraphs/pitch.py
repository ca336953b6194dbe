"""The usual distance of lines, which white before a paragraph exceeds."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from itertools import pairwise

from recover.model.flow import FlowLine

# Lines of one type differ in measured size by less than this share; a column may hold text, lists and notes.
SAME_TYPE = 0.12
# With fewer steps between lines of one type the whole column's are taken.
MIN_STEPS = 3

Step = tuple[float, float]


class Pitches:
    """The steps from line to line in every column, each with the size of its lines."""

    def __init__(self, lines: Sequence[FlowLine]) -> None:
        self._steps: Mapping[int, list[Step]] = _steps(lines)

    def of(self, line: FlowLine) -> float:
        """The usual step to a line of this size in its column, in points; 0 where there is none."""
        steps = self._steps.get(line.column, [])
        alike = [step for step, size in steps if abs(size - line.size) < SAME_TYPE * line.size]
        chosen = alike if len(alike) >= MIN_STEPS else [step for step, _ in steps]
        return statistics.median(chosen) if chosen else 0.0


def _steps(lines: Sequence[FlowLine]) -> dict[int, list[Step]]:
    steps: dict[int, list[Step]] = {}
    for above, line in pairwise(lines):
        step = line.box.center[1] - above.box.center[1]
        if above.column == line.column and 0 < step < 4 * line.size:
            steps.setdefault(line.column, []).append((step, line.size))
    return steps
