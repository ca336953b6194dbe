"""Cells that stand for several, in tables without a grid: headings over columns, names in the middle of their rows."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping, Sequence

import msgspec

from recover.model.geometry import enclose
from recover.stages.floats.grid import CellLines

# A heading's middle is this near to the middle of its columns, as a share of their width.
CENTRED = 0.2
# A name's middle is this near to the middle of its rows, in steps from row to row.
LEVEL = 0.35

Range = tuple[float, float]


def with_spans(cells: Sequence[CellLines], columns: Sequence[Range], header_end: float) -> tuple[CellLines, ...]:
    """``cells`` (by row) with spans; ``columns`` are x ranges, ``header_end`` the rule under the headings (points)."""
    return tuple(_over_rows(_over_columns(_parted(_levelled(cells)), columns), header_end))


def _by_row(cells: Sequence[CellLines]) -> dict[int, list[CellLines]]:
    rows: dict[int, list[CellLines]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _levelled(cells: Sequence[CellLines]) -> list[CellLines]:
    """Cells that stand between two rows, in columns which those leave free, moved to the upper one."""
    rows = _by_row(cells)
    upper: dict[int, int] = {}
    for above, row, below in zip(sorted(rows), sorted(rows)[1:], sorted(rows)[2:], strict=False):
        over, between, under = ({cell.column for cell in rows[number]} for number in (above, row, below))
        if over == under and not over & between and above not in upper:
            upper[row] = above
    kept = {row: number for number, row in enumerate(sorted(set(rows) - set(upper)))}
    return [
        msgspec.structs.replace(cell, row=kept[upper.get(cell.row, cell.row)], row_span=1 + (cell.row in upper))
        for cell in cells
    ]


def _parted(cells: Sequence[CellLines]) -> list[CellLines]:
    """Rows in which a column has several cells, beside one that stands for them all, cut into as many."""
    rows = _by_row(cells)
    parted: list[CellLines] = []
    first = 0
    for row in sorted(rows):
        stacks: dict[int, list[CellLines]] = {}
        for cell in sorted(rows[row], key=lambda cell: _middle(cell)[1]):
            stacks.setdefault(cell.column, []).append(cell)
        deepest = max(stacks.values(), key=len)
        levels = [_middle(cell)[1] for cell in deepest]
        for stack in stacks.values():
            for cell, at in zip(stack, _places(stack, levels), strict=True):
                span = len(levels) if len(stack) == 1 else 1
                parted.append(msgspec.structs.replace(cell, row=first + at, row_span=max(cell.row_span, span)))
        first += len(levels)
    return sorted(parted, key=lambda cell: (cell.row, cell.column))


def _places(stack: Sequence[CellLines], levels: Sequence[float]) -> list[int]:
    """The level of each cell of a column, in order: the nearest that leaves one for each of the others."""
    places: list[int] = []
    if len(stack) == 1:
        return [0]
    for number, cell in enumerate(stack):
        free = range(places[-1] + 1 if places else 0, len(levels) - (len(stack) - number - 1))
        places.append(min(free, key=lambda level: abs(levels[level] - _middle(cell)[1])))
    return places


def _middle(cell: CellLines) -> tuple[float, float]:
    return enclose(line.box for line in cell.lines).center


def _over_columns(cells: Sequence[CellLines], columns: Sequence[Range]) -> list[CellLines]:
    """Headings centred over several columns that have headings of their own, moved to the first of them.

    What stands beside them in the second row is centred over both rows, and belongs in the first.
    """
    below = {cell.column for cell in cells if cell.row == 1}
    top = [cell for cell in cells if cell.row == 0]
    taken = {column for cell in top for column in range(cell.column, cell.column + cell.column_span)}
    parents = [cell for cell in top if cell.column in below]
    groups = {cell.column: [cell.column] for cell in parents}
    for column in sorted(below - taken) if parents else ():
        middle = sum(columns[column]) / 2
        groups[min(parents, key=lambda cell: abs(_middle(cell)[0] - middle)).column].append(column)
    spans = {cell.column: _centred(cell, sorted(groups[cell.column]), columns) for cell in parents}
    if not all(spans.values()):
        return list(cells)
    free = (below - taken) - {column for group in spans.values() for column in group}
    is_spanned = any(len(group) > 1 for group in spans.values())
    return sorted(
        (_spanning(cell, spans, free if is_spanned else set()) for cell in cells),
        key=lambda cell: (cell.row, cell.column),
    )


def _spanning(cell: CellLines, spans: Mapping[int, Sequence[int]], free: Collection[int]) -> CellLines:
    """A heading with the columns it stands over, or with both rows where it stands alone beside such headings."""
    group = spans.get(cell.column, [])
    if cell.row == 0 and len(group) > 1:
        return msgspec.structs.replace(cell, column=min(group), column_span=max(cell.column_span, len(group)))
    if cell.row == 1 and cell.column in free:
        return msgspec.structs.replace(cell, row=0, row_span=2)
    return cell


def _centred(cell: CellLines, group: Sequence[int], columns: Sequence[Range]) -> list[int]:
    """The run of ``group`` around a heading whose middle is nearest to its own; nothing where none is near.

    Over one column a heading may stand anyhow.
    """
    runs = [
        list(range(start, end + 1))
        for start in group
        for end in group
        if start <= cell.column <= end and set(range(start, end + 1)) <= set(group)
    ]
    best = min(runs, key=lambda run: (_off(cell, run, columns), -len(run)))
    return best if len(best) == 1 or _off(cell, best, columns) < CENTRED else []


def _off(cell: CellLines, run: Sequence[int], columns: Sequence[Range]) -> float:
    """How far a heading stands from the middle of its columns, as a share of their width."""
    start, end = columns[run[0]][0], columns[run[-1]][1]
    return round(abs(_middle(cell)[0] - (start + end) / 2) / (end - start), 1)


def _over_rows(cells: list[CellLines], header_end: float) -> list[CellLines]:
    """Names in the first column that stand in the middle of their rows, moved to the first of them."""
    heights: dict[int, list[float]] = {}
    for cell in cells:
        if cell.column:
            heights.setdefault(cell.row, []).append(_middle(cell)[1])
    levels = {row: statistics.median(ys) for row, ys in heights.items() if statistics.median(ys) > header_end}
    names = [cell for cell in cells if not cell.column and _middle(cell)[1] > header_end]
    spans = _spans(names, levels)
    if not spans:
        return cells
    moved = {
        name.row: msgspec.structs.replace(name, row=rows[0], row_span=len(rows))
        for name, rows in zip(names, spans, strict=True)
    }
    changed = [cell if cell.column or cell.row not in moved else moved[cell.row] for cell in cells]
    # A name between two rows had a row to itself.
    kept = {row: number for number, row in enumerate(sorted({cell.row for cell in changed}))}
    return sorted(
        (msgspec.structs.replace(cell, row=kept[cell.row]) for cell in changed),
        key=lambda cell: (cell.row, cell.column),
    )


def _spans(names: Sequence[CellLines], levels: Mapping[int, float]) -> list[list[int]]:
    """The rows of each name, one run behind the other to the table's end; nothing where they stand otherwise."""
    rows = sorted(levels)
    if len(rows) < 3 or not names or names[0].row == rows[0]:
        return []
    step = (levels[rows[-1]] - levels[rows[0]]) / (len(rows) - 1)
    spans: list[list[int]] = []
    at = 0
    for name in names:
        middle = _middle(name)[1]
        ends = range(at + 1, len(rows) + 1)
        nearest = min(ends, key=lambda end: abs(_mean(levels, rows[at:end]) - middle), default=None)
        if nearest is None or abs(_mean(levels, rows[at:nearest]) - middle) > LEVEL * step:
            return []
        spans.append(rows[at:nearest])
        at = nearest
    return spans if at == len(rows) else []


def _mean(levels: Mapping[int, float], rows: Sequence[int]) -> float:
    return (levels[rows[0]] + levels[rows[-1]]) / 2
