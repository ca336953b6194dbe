"""Columns of text that the network takes for a table: on coarse scans a page of three columns looks like one."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from recover.model.geometry import Box

# A page's columns have more lines than any cell; a line this wide, in line heights, is one of a column's.
MIN_LINES, WIDE = 12, 8.0
# Justified lines begin and end together, this near, and fill this share of what they are said to be a table of.
EDGE, JUSTIFIED = 0.5, 0.45
# An indent, of a paragraph or of an entry's further lines, is up to so many times that.
INDENT = 5.0
# Prose in a supposed figure: so many lines as wide as this, in heights, with this share of all that is written there;
# this share of them begins where another one does, but for an indent.
FEWEST, FULL, MOST, TOGETHER, BEGIN = 3, 14.0, 0.6, 0.8, 2.5
# One column's lines follow each other at one distance: so many of its steps are whole multiples of it, this nearly,
# and no longer than this.
EVEN, STEADY, LONGEST = 0.25, 0.6, 4.5


def is_prose(lines: Sequence[Box]) -> bool:
    """Whether the lines of a supposed table are justified columns of text."""
    if len(lines) < MIN_LINES:
        return False
    height = statistics.median(line.height for line in lines)
    wide = [line for line in lines if line.width > WIDE * height]
    columns = [column for column in _columns(wide, EDGE * height) if len(column) >= MIN_LINES // 2 and _is_even(column)]
    filled = sum(line.width for column in columns for line in column)
    return filled > JUSTIFIED * sum(line.width for line in lines)


def holds_prose(lines: Sequence[Box]) -> bool:
    """Whether most of what is written in a supposed figure is full lines of text that begin together.

    A watermark, a photographed desk or a sparse page make a figure of text; labels and flow charts have shorter lines.
    """
    size = statistics.median(line.height for line in lines) if lines else 0.0
    full = [line for line in lines if line.width > FULL * size]
    if len(full) < FEWEST or sum(line.width for line in full) < MOST * sum(line.width for line in lines):
        return False
    together = [
        line for line in full if any(other is not line and abs(other.x0 - line.x0) < BEGIN * size for other in full)
    ]
    return len(together) >= TOGETHER * len(full)


def has_flush_lines(lines: Sequence[Box]) -> bool:
    """Whether three wide lines or more begin and end together, as those of a justified column do and cells don't."""
    height = statistics.median(line.height for line in lines) if lines else 0.0
    wide = [line for line in lines if line.width > WIDE * height]
    return any(len(column) > 2 for column in _columns(wide, EDGE * height))


def _columns(lines: Sequence[Box], near: float) -> list[list[Box]]:
    """Lines that begin and end together."""
    columns: list[list[Box]] = []
    for line in sorted(lines, key=lambda box: box.y0):
        home = next((column for column in columns if _are_flush(column[-1], line, near)), None)
        if home is None:
            columns.append([line])
        else:
            home.append(line)
    return columns


def _are_flush(line: Box, other: Box, near: float) -> bool:
    """Whether two lines end together and begin together but for an indent."""
    return abs(line.x0 - other.x0) < INDENT * near and abs(line.x1 - other.x1) < near


def _is_even(column: Sequence[Box]) -> bool:
    """Whether the lines follow each other at one distance, or at a few times it where short ones stand between."""
    steps = sorted(below.y0 - above.y0 for above, below in pairwise(column))
    unit = max(1e-6, steps[len(steps) // 4])
    ratios = [step / unit for step in steps]
    return sum(abs(ratio - round(ratio)) < EVEN and ratio < LONGEST for ratio in ratios) >= STEADY * len(ratios)
