"""Cells of a table from the places of its lines: white strips are column borders, wrapped cells are joined."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from recover.model.document import Cell
from recover.model.flow import FloatRegion, FlowLine, Piece
from recover.model.geometry import Box, enclose, overlap
from recover.model.page import Line
from recover.stages.paragraphs.compose import compose

# White between columns, in line heights.
COLUMN_GAP = 0.35
# Lines whose middles are nearer than this, in line heights, stand in one row.
SAME_ROW = 0.5
# A line this much nearer to the one above than rows usually are is the rest of its cells.
WRAP = 0.78


def read_table(item: FloatRegion) -> tuple[tuple[Cell, ...], tuple[tuple[str, ...], ...]]:
    """Cells, and the same as rows of texts; both empty for a table without text."""
    lines = [line for line in item.region.lines if line.text.strip()]
    if not lines:
        return (), ()
    columns = _columns(lines)
    rows = _rows(lines, columns)
    cells = [cell for number, row in enumerate(rows) for cell in _cells(number, row, columns, item)]
    return tuple(cells), _grid(cells, len(rows), len(columns))


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The x ranges of columns: where, over most rows, print stands; lines that span several don't count."""
    height = statistics.median(line.height for line in lines)
    spans = sorted((line.box.x0, line.box.x1) for line in lines)
    narrow = _without_spanning(spans, height)
    merged: list[list[float]] = []
    for x0, x1 in narrow:
        if merged and x0 < merged[-1][1] + COLUMN_GAP * height:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return [(x0, x1) for x0, x1 in merged]


def _without_spanning(spans: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """Ranges without those that bridge two or more others standing side by side."""
    kept = []
    for x0, x1 in spans:
        covered = sorted(
            (a, b) for a, b in spans if (a, b) != (x0, x1) and a >= x0 - height / 2 and b <= x1 + height / 2
        )
        ends = [(a, b) for a, b in covered if sum(overlap(a, b, c, d) > 0 for c, d in covered) >= 2]
        bridges = any(b + COLUMN_GAP * height < c for _, b in ends for c, _ in ends)
        if not bridges:
            kept.append((x0, x1))
    return kept or list(spans)


def _rows(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[list[Line]]:
    bands: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box.center[1]):
        middle = line.box.center[1]
        if bands and middle - statistics.mean(other.box.center[1] for other in bands[-1]) < SAME_ROW * line.height:
            bands[-1].append(line)
        else:
            bands.append([line])
    return _unwrapped(bands, columns)


def _unwrapped(bands: Sequence[list[Line]], columns: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """Rows of bands: a band without a first cell that stands close under the one above goes on with it."""
    middles = [statistics.mean(line.box.center[1] for line in band) for band in bands]
    steps = [b - a for a, b in zip(middles, middles[1:], strict=False)]
    usual = max(_row_steps(bands, steps, columns), default=0.0)
    rows: list[list[Line]] = []
    for index, band in enumerate(bands):
        starts = any(_column_of(line, columns) == 0 for line in band)
        if rows and steps[index - 1] < WRAP * usual and (not starts or steps[index - 1] < 0.62 * usual):
            rows[-1].extend(band)
        else:
            rows.append(list(band))
    return rows


def _row_steps(
    bands: Sequence[list[Line]], steps: Sequence[float], columns: Sequence[tuple[float, float]]
) -> list[float]:
    """The median step between bands that both have a first cell: how far apart rows usually are."""
    starts = [any(_column_of(line, columns) == 0 for line in band) for band in bands]
    between = [step for step, a, b in zip(steps, starts, starts[1:], strict=False) if a and b]
    return [statistics.median(between)] if between else [max(steps, default=0.0)]


def _column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    shares = [overlap(line.box.x0, line.box.x1, x0, x1) for x0, x1 in columns]
    best = max(shares)
    if best > 0:
        return next(index for index, share in enumerate(shares) if share > 0.5 * best and share > 0)
    return min(range(len(columns)), key=lambda index: abs(columns[index][0] - line.box.x0))


def _cells(number: int, row: Sequence[Line], columns: Sequence[tuple[float, float]], item: FloatRegion) -> list[Cell]:
    by_column: dict[int, list[Line]] = {}
    for line in sorted(row, key=lambda member: (member.box.y0, member.box.x0)):
        by_column.setdefault(_column_of(line, columns), []).append(line)
    return [_cell(number, column, members, columns, item) for column, members in sorted(by_column.items())]


def _cell(
    row: int, column: int, lines: Sequence[Line], columns: Sequence[tuple[float, float]], item: FloatRegion
) -> Cell:
    ordered = _in_reading_order(lines)
    paragraph = compose([Piece(_flow_line(line, item), 0, len(line.text)) for line in ordered])
    box = enclose(line.box for line in lines)
    reach = sum(overlap(box.x0, box.x1, x0, x1) > 0.3 * (x1 - x0) for x0, x1 in columns[column:])
    return Cell(
        row=row,
        column=column,
        text=paragraph.text,
        column_span=max(1, reach),
        box=item.to_page.box(box).rounded(),
        spans=paragraph.spans,
    )


def _in_reading_order(lines: Sequence[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box.center[1]):
        if rows and line.box.center[1] - rows[-1][0].box.center[1] < SAME_ROW * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box.x0)]


def _flow_line(line: Line, item: FloatRegion) -> FlowLine:
    box: Box = line.box
    return FlowLine(
        line=line,
        page=item.page,
        column=0,
        kind="table",
        left=box.x0,
        right=box.x1,
        size=max(1.0, box.height),
        to_page=item.to_page,
    )


def _grid(cells: Sequence[Cell], rows: int, columns: int) -> tuple[tuple[str, ...], ...]:
    texts = {(cell.row, cell.column): cell.text for cell in cells}
    return tuple(tuple(texts.get((row, column), "") for column in range(columns)) for row in range(rows))
