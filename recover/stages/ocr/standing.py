"""Lines that run down on a page of horizontal text: vertical titles, and labels set on their side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from recover.model.geometry import Box, Transform
from recover.model.page import Line
from recover.model.raster import Pixels
from recover.model.reading import Reading
from recover.stages.ocr.lines import doubts_of
from recover.stages.ocr.vertical import read_columns

# Chinese fills a column with 0.75 characters a width and more.
LEAST_CHARS = 0.6
# A column of upright characters is believed before a line on its side unless that is so much surer: readers know both.
SURER = 1.2

Read = Callable[[Sequence[Pixels]], Sequence[Reading]]


def read_standing(columns: Sequence[Pixels], read: Read) -> list[Reading]:
    """What lines that run down say; the centres are rows of their pictures."""
    if not columns:
        return []
    down = read_columns(columns, read)
    rising = read([np.ascontiguousarray(np.rot90(column, -1)) for column in columns])
    falling = read([np.ascontiguousarray(np.rot90(column, 1)) for column in columns])
    return [
        _surest(column, upright, _flipped(up, column), fall)
        for column, upright, up, fall in zip(columns, down, rising, falling, strict=True)
    ]


def _flipped(reading: Reading, column: Pixels) -> Reading:
    """A line that rises, its centres counted from the column's top."""
    return Reading(
        text=reading.text,
        centers=tuple(column.shape[0] - x for x in reading.centers),
        confidences=reading.confidences,
        alternatives=reading.alternatives,
    )


def _surest(column: Pixels, upright: Reading, *aside: Reading) -> Reading:
    best = max(aside, key=lambda reading: _certainty(reading, column))
    return best if _certainty(best, column) > SURER * _certainty(upright, column) else upright


def _certainty(reading: Reading, column: Pixels) -> float:
    expected = LEAST_CHARS * column.shape[0] / max(1, column.shape[1])
    return float(sum(reading.confidences) / max(1.0, len(reading.text), expected))


def standing_line(line_id: str, reading: Reading, origin: Box, to_upright: Transform, letter: str) -> Line:
    """A line that runs down: its characters lie over each other, each with its ink's extent in the line's box."""
    box = to_upright.box(origin).rounded()
    count, height = len(reading.text), max(1.0, origin.height)
    half = 0.5 * min(origin.width, height / max(1, count))
    return Line(
        id=line_id,
        text=reading.text,
        box=box,
        lefts=(box.x0,) * count,
        rights=(box.x1,) * count,
        confidences=tuple(round(value, 4) for value in reading.confidences),
        readers=letter * count,
        weights=(0.0,) * count,
        tops=tuple(round(max(0.0, (center - half) / height), 3) for center in reading.centers),
        bottoms=tuple(round(min(1.0, (center + half) / height), 3) for center in reading.centers),
        doubts=doubts_of(reading, letter),
    )
