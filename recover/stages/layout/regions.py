"""Regions in reading order: lines of one kind that follow each other in a column, and the floats among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recover.model.geometry import Box, enclose
from recover.model.page import Decision, Line, Region, RegionKind, merge_lines
from recover.stages.layout.floats import Float
from recover.text.join import separator

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
