"""Printed strokes inside a float: the rules of a table, and dashes that stand alone in its cells."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np

from recover.model.geometry import Box, Transform, overlap
from recover.model.page import UNMEASURED, Alternative, Doubt, Line, Region
from recover.model.raster import Pixels

# A stroke counts as a rule from these lengths on, in line heights: longer than any character's.
HORIZONTAL, VERTICAL = 4.0, 1.3
# A rule between two rules across may be shorter, where a head's one line stands beside it.
SHORTEST_DOWN = 0.8
# Strokes thicker than this, in line heights, are bars or pictures.
THICKEST = 0.45
# A rule of which so much runs through lines, this near to their middles in their heights, is made of their strokes.
STROKES, THROUGH = 0.4, 0.4


def find_rules(pixels: Pixels, line_height: float) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Horizontal and vertical rules as boxes in pixels of ``pixels``; ``line_height`` in pixels."""
    if pixels.size == 0 or line_height <= 0:
        return (), ()
    block = max(15, int(line_height * 2) | 1)
    dark = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    # Wear breaks thin strokes: what is missing by a pixel or two is bridged first.
    across = _strokes(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8)), HORIZONTAL, 0, line_height)
    down = _strokes(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8)), VERTICAL, 1, line_height)
    # Bridged, characters set close between rules would touch both.
    short = [rule for rule in _strokes(dark, SHORTEST_DOWN, 1, line_height) if _parts_a_row(rule, across)]
    return across, (*down, *(rule for rule in short if rule.height < VERTICAL * line_height))


def _parts_a_row(rule: Box, across: Sequence[Box]) -> bool:
    """Whether a short stroke down runs from one rule across into another."""
    crossed = [one for one in across if one.x0 - rule.width <= rule.x0 and rule.x1 <= one.x1 + rule.width]
    return all(any(one.y0 - 1 <= end <= one.y1 + 1 for one in crossed) for end in (rule.y0, rule.y1))


# A drawn rule that begins and ends so near to one that is seen, in points, is that one.
SAME = 2.0


def with_drawn_rules(
    regions: Sequence[Region], drawn: tuple[Sequence[Box], Sequence[Box]], from_page: Transform
) -> tuple[Region, ...]:
    """The regions, their tables with the rules that the page draws and its picture doesn't show."""
    across, down = ([from_page.box(rule) for rule in rules] for rules in drawn)
    return tuple(_with_drawn(region, across, down) if region.kind == "table" else region for region in regions)


def _with_drawn(region: Region, across: Sequence[Box], down: Sequence[Box]) -> Region:
    inside = [rule for rule in across if _crosses(rule, region.box)]
    beside = [rule for rule in down if _crosses(rule, region.box)]
    lines = [line.box for line in region.lines]
    return msgspec.structs.replace(
        region,
        rules_across=_with_unseen(region.rules_across, without_strokes(inside, lines)),
        rules_down=_with_unseen(region.rules_down, beside),
    )


def _crosses(rule: Box, table: Box) -> bool:
    x, y = rule.center
    return table.x0 - SAME < x < table.x1 + SAME and table.y0 - SAME < y < table.y1 + SAME


def _with_unseen(seen: Sequence[Box], drawn: Sequence[Box]) -> tuple[Box, ...]:
    edges = [_sides(one) for one in seen]
    unseen = [
        rule
        for rule in drawn
        if not any(all(abs(a - b) < SAME for a, b in zip(_sides(rule), one, strict=True)) for one in edges)
    ]
    return (*seen, *(rule.rounded() for rule in unseen))


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def without_strokes(rules: Sequence[Box], lines: Sequence[Box]) -> tuple[Box, ...]:
    """The rules across that aren't the level strokes of characters side by side, which coarse scans run together."""
    return tuple(rule for rule in rules if not _is_of_row(rule, lines))


def _is_of_row(rule: Box, lines: Sequence[Box]) -> bool:
    covered = sum(
        overlap(rule.x0, rule.x1, line.x0, line.x1)
        for line in lines
        if abs(rule.center[1] - line.center[1]) < THROUGH * line.height
    )
    return covered > STROKES * rule.width


def _strokes(dark: Pixels, length: float, axis: int, line_height: float) -> tuple[Box, ...]:
    size = max(8, int(length * line_height))
    kernel = np.ones((1, size) if axis == 0 else (size, 1), np.uint8)
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    boxes = []
    for x, y, width, height, _ in stats[1:count]:
        if (height if axis == 0 else width) <= max(3.0, THICKEST * line_height):
            boxes.append(Box(float(x), float(y), float(x + width), float(y + height)))
    return tuple(boxes)


# Dashes that stand alone in a table's cells: detectors of lines pass them over, and readers take them for 一.

# A dash in heights of lines: how long, how thick at most (in pixels at least), how full its box is.
SHORTEST, LONGEST, DASHES_THICKEST, LEAST_THICK, FULL = 0.25, 2.2, 0.17, 4, 0.6
SLIMMEST = 2.5
# Dashes no longer than these, in heights of lines, are hyphens and en dashes.
HYPHEN, EN_DASH = 0.3, 0.5
# Pieces of a broken rule lie level with it or with each other, this near, and follow each other this closely.
LEVEL, CLOSE = 0.25, 1.0
# Within words at most .16 of the height was white before 一; between cells 2 points apart .26 and more.
PARTED = 0.24
# Beside these 一 counts.
COUNTED = frozenset("二三")
STROKES_READ = frozenset("一二")


class Dashes(msgspec.Struct, frozen=True):
    """The dashes of a table: those outside its lines as boxes, and the lines (their indexes) that are nothing else."""

    alone: tuple[Box, ...]
    lines: tuple[int, ...]


def find_dashes(pixels: Pixels, lines: Sequence[Box], rules: Sequence[Box], height: float) -> Dashes:
    """Dashes alone in cells, beside others in a row; all boxes, and ``height``, that of a line, are in pixels."""
    strokes = _strokes_dashes(pixels, height)
    free = [stroke for stroke in strokes if not any(_touches(stroke, line, height) for line in lines)]
    alone = [
        stroke
        for stroke in free
        if any(line.y0 < stroke.center[1] < line.y1 for line in lines)
        and not _is_of_rule(stroke, [*rules, *(other for other in free if other is not stroke)], height)
    ]
    nothing_else = [at for at, line in enumerate(lines) if sum(_lies_in(stroke, line) for stroke in strokes) == 1]
    return Dashes(tuple(alone), tuple(nothing_else))


def _lies_in(stroke: Box, line: Box) -> bool:
    x, y = stroke.center
    return line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1


def with_dashes(region: Region, alone: Sequence[Box], lines: Sequence[int]) -> Region:
    """The table with a line for each of its lone dashes (in points), and those ``lines`` that say 一 as dashes."""
    height = statistics.median(line.height for line in region.lines) if region.lines else 10.0
    # A dash with a rule of its cell is read as 二.
    counts = any(line.text[-1:] in COUNTED for at, line in enumerate(region.lines) if at not in lines)
    read = [
        _as_dash(line)
        if not counts and ((at in lines and line.text in STROKES_READ) or _ends_with_dash(line))
        else line
        for at, line in enumerate(region.lines)
    ]
    added = [_line(f"{region.id}d{number}", box, height) for number, box in enumerate(alone, 1)]
    return msgspec.structs.replace(region, lines=(*read, *added))


def _strokes_dashes(pixels: Pixels, height: float) -> list[Box]:
    """Ink that is as slim and as long as a dash."""
    if pixels.size == 0 or height <= 0:
        return []
    block = max(15, int(height * 2) | 1)
    dark = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    dark = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return [
        Box(float(x), float(y), float(x + width), float(y + tall))
        for x, y, width, tall, area in stats[1:count]
        if SHORTEST * height <= width <= LONGEST * height
        and tall <= max(LEAST_THICK, DASHES_THICKEST * height)
        and width >= SLIMMEST * tall
        and area >= FULL * width * tall
    ]


def _touches(stroke: Box, line: Box, height: float) -> bool:
    slack = 0.1 * height
    is_across = overlap(stroke.x0, stroke.x1, line.x0 - slack, line.x1 + slack) > 0
    return is_across and overlap(stroke.y0, stroke.y1, line.y0 - slack, line.y1 + slack) > 0


def _is_of_rule(stroke: Box, others: Sequence[Box], height: float) -> bool:
    """Whether a stroke is a piece of a broken rule."""
    return any(
        abs(stroke.center[1] - other.center[1]) < LEVEL * height
        and max(other.x0 - stroke.x1, stroke.x0 - other.x1) < CLOSE * height
        for other in others
    )


def _line(name: str, stroke: Box, height: float) -> Line:
    """A dash as a line as high as the others."""
    text = "-" if stroke.width < HYPHEN * height else "–" if stroke.width < EN_DASH * height else "—"
    middle = stroke.center[1]
    box = Box(stroke.x0, middle - height / 2, stroke.x1, middle + height / 2).rounded()
    return Line(id=name, text=text, box=box, lefts=(box.x0,), rights=(box.x1,), confidences=(UNMEASURED,), readers="p")


def _ends_with_dash(line: Line) -> bool:
    """Whether a line over two cells ends with a dash that was read as 一: white parts it from what stands before."""
    if len(line.text) < 2 or line.text[-1] != "一":
        return False
    before = len(line.text[:-1].rstrip()) - 1
    is_wide = line.rights[-1] - line.lefts[-1] > SHORTEST * line.height
    return before >= 0 and is_wide and line.lefts[-1] - line.rights[before] > PARTED * line.height


def _as_dash(line: Line) -> Line:
    """The line with a dash at its end, what was read kept as its other reading."""
    at = len(line.text) - 1
    other = Alternative(line.text[at], max(0.0, line.confidences[at]), line.readers[at])
    doubts = (*(one for one in line.doubts if one.at != at), Doubt(at, (other,)))
    return msgspec.structs.replace(line, text=line.text[:at] + "—", doubts=doubts)
