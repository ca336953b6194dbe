"""Where rules run across a table without a grid: over all of it, or under some of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.geometry import Box, overlap
from recover.model.page import Line

# Rules nearer to each other than this, in line heights, are pieces of one.
SAME_LEVEL = 0.4
# A rule over the whole table reaches both its ends but for this share of its width, worn or not; half of it is seen.
ENDS, SEEN = 0.1, 0.5


class Rule(msgspec.Struct, frozen=True):
    """A rule's level, its ends, and whether it runs over the whole table."""

    level: float
    left: float
    right: float
    is_whole: bool

    def covers(self, column: tuple[float, float]) -> bool:
        """Whether it runs over or under most of a column."""
        left, right = column
        return overlap(left, right, self.left, self.right) > 0.5 * (right - left)


def read_rules(rules: Sequence[Box], lines: Sequence[Line], height: float) -> tuple[Rule, ...]:
    """The rules from the top, pieces joined."""
    if not rules:
        return ()
    left = min([rule.x0 for rule in rules] + [line.box.x0 for line in lines])
    right = max([rule.x1 for rule in rules] + [line.box.x1 for line in lines])
    levels: list[list[Box]] = []
    for rule in sorted(rules, key=_level):
        if levels and _level(rule) - _level(levels[-1][0]) < SAME_LEVEL * height:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return tuple(found for pieces in levels for found in _joined(pieces, left, right))


def _level(rule: Box) -> float:
    return (rule.y0 + rule.y1) / 2


def _joined(pieces: Sequence[Box], left: float, right: float) -> list[Rule]:
    """One rule over the table where its pieces reach so far; else each piece for itself."""
    level = sum(map(_level, pieces)) / len(pieces)
    start, end = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    near = ENDS * (right - left)
    seen = sum(piece.width for piece in pieces)
    is_whole = start < left + near and end > right - near and seen > SEEN * (right - left)
    gaps = right - left - seen
    if is_whole and (len(pieces) == 1 or gaps < 2 * near):
        return [Rule(level, start, end, True)]
    return [Rule(level, piece.x0, piece.x1, False) for piece in pieces]
