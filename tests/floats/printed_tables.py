"""Tables as they are printed: cells of wrapped lines at their columns' places, with the rules that were seen."""

from __future__ import annotations

from collections.abc import Sequence

from printed_lines import make_line

from recover.model.flow import FloatRegion
from recover.model.geometry import Box, Transform
from recover.model.page import Region
from recover.stages.floats.table import read_table

# Boxes of lines are nearly as high as their distance in a cell, which is set solid.
SIZE, LEADING, ROW_GAP = 10.0, 11.0, 8.0
Row = Sequence[str]


def make_table(rows: Sequence[Row], places: Sequence[float], *, rules: str = "", middle: bool = False) -> FloatRegion:
    """A table whose columns begin at ``places``; ``/`` wraps a cell; ``rules`` is "three" for three lines."""
    lines, top, levels = [], 0.0, [0.0]
    for row in rows:
        height = max(text.count("/") + 1 for text in row)
        for place, text in zip(places, row, strict=True):
            parts = text.split("/") if text else []
            start = top + ((height - len(parts)) * LEADING / 2 if middle else 0.0)
            lines += [
                make_line(part, place, start + number * LEADING, name=f"l{len(lines) + number}", size=SIZE)
                for number, part in enumerate(parts)
            ]
        top += height * LEADING + ROW_GAP
        levels.append(top - ROW_GAP / 2)
    right = max(line.box.x1 for line in lines)
    across = (
        [Box(-4, y - 3, right + 4, y - 2) for y in (levels[0] - 2, levels[1], levels[-1])] if rules == "three" else []
    )
    return region(lines, Box(-5, -8, right + 5, top), across, [])


def make_grid(
    cells: Sequence[tuple[int, int, int, int, str]],
    width: float = 60.0,
    height: float = 20.0,
    *,
    strokes: Sequence[Box] = (),
) -> FloatRegion:
    """A ruled table of (row, column, rows, columns, text): every cell is drawn around with rules.

    ``strokes`` are parts of letters that were taken for rules across.
    """
    lines, across, down = [], [], []
    for row, column, rows, columns, text in cells:
        x0, y0, x1, y1 = column * width, row * height, (column + columns) * width, (row + rows) * height
        across += [Box(x0, y0 - 0.5, x1, y0 + 0.5), Box(x0, y1 - 0.5, x1, y1 + 0.5)]
        down += [Box(x0 - 0.5, y0, x0 + 0.5, y1), Box(x1 - 0.5, y0, x1 + 0.5, y1)]
        parts = text.split("/") if text else []
        for number, part in enumerate(parts):
            left = (x0 + x1) / 2 - make_line(part, size=6.0).box.width / 2
            y = (y0 + y1) / 2 + (number - len(parts) / 2) * 7.0
            lines.append(make_line(part, left, y, name=f"l{len(lines)}", size=6.0))
    right, bottom = max(rule.x1 for rule in across), max(rule.y1 for rule in across)
    return region(lines, Box(-1, -1, right + 1, bottom + 1), [*across, *strokes], down)


def region(lines: Sequence[object], box: Box, across: Sequence[Box], down: Sequence[Box]) -> FloatRegion:
    table = Region(
        id="r1",
        kind="table",
        box=box,
        lines=tuple(lines),  # type: ignore[arg-type]
        rules_across=tuple(across),
        rules_down=tuple(down),
    )
    return FloatRegion(region=table, page=0, position=0, to_page=Transform())


def rows_of(item: FloatRegion) -> list[tuple[str, ...]]:
    return list(read_table(item)[1])
