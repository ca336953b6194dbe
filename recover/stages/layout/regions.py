"""Regions in reading order: lines of one kind in a column, and parts printed sideways."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Decision, Line, Region, RegionKind, merge_lines
from recover.model.raster import Pixels
from recover.stages.layout.floats import Float
from recover.stages.layout.rules import find_rules
from recover.text.join import separator

# A line on its side is so many times as high as wide.
TALL = 1.8
# So many such lines are a part printed sideways, no farther from each other than this, in their widths.
MIN_LINES, NEAR = 4, 2.5
# Of the print in it no more than this lies: short cells of neighbours may be taken for one line.
LYING = 0.3
# Read the right way up, such a part is read with at least this confidence; columns of vertical print are not.
SURE = 0.8
# The area reaches beyond its lines by so much, and takes rules that are so long, in widths of lines.
OFF, LONG = 0.6, 8.0


def find_sideways(lines: Sequence[Box], pixels: Pixels) -> tuple[Box, ...]:
    """Areas of a page whose lines stand on their sides; whether they are vertical print, only reading them tells."""
    groups: list[list[Box]] = []
    for line in (line for line in lines if line.height > TALL * line.width):
        near = [group for group in groups if any(_is_near(line, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([line, *(other for group in near for other in group)])
    small = [group for group in groups if len(group) < MIN_LINES]
    groups = [group for group in groups if len(group) >= MIN_LINES]
    if not groups:
        return ()
    _, down = find_rules(pixels, statistics.median(line.width for group in groups for line in group))
    areas = [_with_rules(_with_cells(group, lines), group, down) for group in groups]
    areas = [_with_few(area, small) for area in areas]
    return tuple(area for area in _merged(areas) if _is_standing(area, lines))


def _with_few(area: Box, few: Sequence[Sequence[Box]]) -> Box:
    """The area with all of the lines, too few for one of their own, that reach into it: a caption, a lone column."""
    waiting = list(few)
    while inside := [group for group in waiting if any(line.intersection(area) > 0 for line in group)]:
        lines = [line for group in inside for line in group]
        reach = OFF * statistics.median(line.width for line in lines)
        area = enclose([area, *(Box(line.x0 - reach, line.y0, line.x1 + reach, line.y1) for line in lines)])
        waiting = [group for group in waiting if group not in inside]
    return area


def _merged(areas: Sequence[Box]) -> list[Box]:
    """Areas that lap over each other as one."""
    merged: list[Box] = []
    for area in areas:
        near = [other for other in merged if area.intersection(other) > 0]
        merged = [*(other for other in merged if other not in near), enclose([area, *near])]
    return merged


def _with_cells(group: Sequence[Box], lines: Sequence[Box]) -> Box:
    """The area of lines and of the short cells above and below them, up to the next line that lies."""
    area = enclose(group)
    others = [line for line in lines if overlap(line.x0, line.x1, area.x0, area.x1) > 0.5 * line.width]
    lying = [line for line in others if line.width > TALL * line.height]
    # Short cells side by side were read as one line: it stands among lines that stand, within their edges.
    outside = [line for line in lying if line.x0 < area.x0 - line.height or line.x1 > area.x1 + line.height]
    top = max((line.y1 for line in outside if line.y1 < area.y0 + line.height), default=0.0)
    bottom = min((line.y0 for line in outside if line.y0 > area.y1 - line.height), default=float("inf"))
    between = [line for line in others if line not in outside and top <= line.y0 and line.y1 <= bottom]
    standing = enclose([area, *(line for line in between if line.height > TALL * line.width)])
    cells = [line for line in between if line not in lying or standing.y0 < line.center[1] < standing.y1]
    box, reach = enclose([*group, *cells]), OFF * statistics.median(line.width for line in group)
    return Box(box.x0 - reach, max(box.y0 - reach, top), box.x1 + reach, min(box.y1 + reach, bottom))


def _with_rules(area: Box, group: Sequence[Box], down: Sequence[Box]) -> Box:
    """The area with its long rules whole: short cells may have been taken for lines that lie."""
    width = statistics.median(line.width for line in group)
    rules = [
        rule
        for rule in down
        if rule.height > LONG * width
        and overlap(rule.y0, rule.y1, area.y0, area.y1) > 0.5 * min(rule.height, area.height)
        and area.x0 - 2 * width < rule.center[0] < area.x1 + 2 * width
    ]
    return enclose([area, *(Box(rule.x0 - 2, rule.y0 - 2, rule.x1 + 2, rule.y1 + 2) for rule in rules)])


def _is_near(line: Box, other: Box) -> bool:
    reach = NEAR * max(line.width, other.width)
    return (
        overlap(line.x0 - reach, line.x1 + reach, other.x0, other.x1) > 0
        and overlap(line.y0 - reach, line.y1 + reach, other.y0, other.y1) > 0
    )


def _is_standing(area: Box, lines: Sequence[Box]) -> bool:
    inside = [line for line in lines if lies_in(line, area)]
    lying = sum(line.area for line in inside if line.width > TALL * line.height)
    return lying < LYING * sum(line.area for line in inside)


def lies_in(line: Box, area: Box) -> bool:
    """Whether a line's middle lies in an area."""
    x, y = line.center
    return area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1


# Pieces of a row farther apart than this many line heights are set off by more than a word space.
WIDE_GAP = 0.35


def order_regions(
    columns: Sequence[Sequence[int]],
    lines: Sequence[Line],
    kinds: Sequence[RegionKind],
    floats: Sequence[Float],
    decisions: Mapping[int, Decision],
) -> tuple[Region, ...]:
    """Regions of a page. ``columns`` orders the lines and, numbered after them, the floats."""
    regions: list[Region] = []
    for number, column in enumerate(columns):
        for kind, members in _runs(column, kinds, len(lines), decisions):
            region_id = f"r{len(regions) + 1}"
            if members[0] >= len(lines):
                regions.append(_float_region(region_id, number, floats[members[0] - len(lines)], lines, decisions))
            else:
                rows = merge_rows([lines[index] for index in members if lines[index].text])
                box = enclose(lines[index].box for index in members).rounded()
                decision = decisions[members[0]]
                regions.append(Region(id=region_id, kind=kind, box=box, column=number, lines=rows, decision=decision))
    return tuple(regions)


def _runs(
    column: Sequence[int], kinds: Sequence[RegionKind], line_count: int, decisions: Mapping[int, Decision]
) -> list[tuple[RegionKind, list[int]]]:
    runs: list[tuple[RegionKind, list[int]]] = []
    for index in column:
        if index >= line_count:
            runs.append(("figure", [index]))
        elif runs and _goes_on(runs[-1], index, kinds, line_count, decisions):
            runs[-1][1].append(index)
        else:
            runs.append((kinds[index], [index]))
    return runs


def _goes_on(
    run: tuple[RegionKind, list[int]],
    index: int,
    kinds: Sequence[RegionKind],
    line_count: int,
    decisions: Mapping[int, Decision],
) -> bool:
    kind, members = run
    return kind == kinds[index] and members[-1] < line_count and decisions[members[-1]] == decisions[index]


def _float_region(
    region_id: str, column: int, found: Float, lines: Sequence[Line], decisions: Mapping[int, Decision]
) -> Region:
    inside = tuple(lines[index] for index in found.lines if lines[index].text)
    decision = decisions[found.lines[0]] if found.lines else Decision()
    return Region(
        id=region_id,
        kind=found.kind,
        box=found.box.rounded(),
        column=column,
        lines=inside,
        decision=decision,
        turn=found.turn,
    )


def merge_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Pieces that stand side by side as one line; ``lines`` come in reading order."""
    rows: list[Line] = []
    for line in lines:
        if rows and _same_row(rows[-1].box, line.box):
            rows[-1] = merge_lines(rows[-1], line, row_gap(rows[-1], line))
        else:
            rows.append(line)
    return tuple(rows)


def _same_row(left: Box, right: Box) -> bool:
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    beside = right.x0 > left.x1 - 0.5 * min(left.height, right.height)
    return beside and shared > 0.5 * min(left.height, right.height)


def row_gap(left: Line, right: Line) -> str:
    """What parts two pieces of a row: a space or nothing."""
    if right.box.x0 - left.box.x1 < WIDE_GAP * min(left.height, right.height):
        return ""
    return separator(left.text, right.text) or ("" if left.text.endswith(" ") else _number_gap(left.text, right.text))


def _number_gap(left: str, right: str) -> str:
    """A heading's number or a list's mark keeps its distance also from Han."""
    return " " if left and right and (left[-1].isdecimal() or left[-1] in "].") else ""
