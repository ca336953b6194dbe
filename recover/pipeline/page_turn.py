"""How a page stands: its quarter turns, and whether its print runs down in columns.

Vertical print is read from a page turned anticlockwise by a quarter: its columns then lie as lines, the first one on
top, and all stages after the reader treat it like any other page. Only its characters lie on their side; the reader
of such a page sets them upright in a row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recover.engines.readers import LineReader, Readers
from recover.model.geometry import Box
from recover.model.page import Reading
from recover.model.raster import Pixels, Raster
from recover.stages.clean.straighten import SAMPLE_LINES, choose_turn, is_standing, sample_lines, turn
from recover.stages.ocr.vertical import read_columns

# Degrees clockwise that lay the columns of vertical print down as lines, the first on top.
LYING = 270
# Chinese fills a line with 0.75 characters a line height and more, English with twice as many.
LEAST_CHARS = 0.6
# Columns of vertical print read with 0.95 and more, lines on their side cut into cells with less than 0.4.
READS_DOWN = 0.7
# Vertical print is straightened wrongly, by degrees at which its columns happen to make rows.
HIGH, LEANING = 0.4, 2.0


class VerticalReader:
    """Reads the lines of a page turned by LYING, which are columns of upright characters."""

    def __init__(self, reader: LineReader) -> None:
        self._reader = reader
        self.name = reader.name
        self.letter = reader.letter

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]:
        """One reading an image, its centres along the lying column."""
        return tuple(read_columns([np.rot90(image, -1) for image in images], self._reader.read))


def find_rotation(original: Raster, guess: int, readers: Readers) -> int:
    """Degrees clockwise by which a page must be turned; ``guess`` is a network's."""
    if guess % 180 and is_vertical(original, readers):
        # Readers also know the characters of columns that lie on their side, so both ways up read well.
        return 0
    return choose_turn(original, guess, lambda raster: legibility(raster, readers))


def may_stand(lines: Sequence[Box], skew: float) -> bool:
    """Whether a straightened page asks for a look at its columns: high boxes, or a lean that rows hardly have."""
    high = sum(line.area for line in lines if line.height > 1.5 * line.width)
    return high > HIGH * sum(line.area for line in lines) or abs(skew) > LEANING


def is_vertical(upright: Raster, readers: Readers) -> bool:
    """Whether the print of a page, as it was scanned, runs down in columns of upright characters."""
    lines = _lines(upright, readers)
    if not is_standing(lines):
        return False
    down = _legibility_of_columns(upright, lines, readers)
    # Lines that were printed on their side read as columns too; turned, columns read as nothing (0.05).
    return down > READS_DOWN and legibility(turn(upright, 90), readers) < down


def _lines(raster: Raster, readers: Readers) -> list[Box]:
    return [Box(*line[:4]) for line in readers.finder.find(raster.pixels)]


def legibility(raster: Raster, readers: Readers) -> float:
    """How sure the reader is of the longest lines, this way up; 0 where no lines lie."""
    lines = _lines(raster, readers)
    if is_standing(lines):
        return _legibility_of_columns(raster, lines, readers)
    sample = sample_lines(lines)
    return _certainty(readers.reader.read([raster.crop(line) for line in sample]), sample)


def _legibility_of_columns(raster: Raster, lines: Sequence[Box], readers: Readers) -> float:
    sample = sorted(lines, key=lambda line: -line.height)[:SAMPLE_LINES]
    return _certainty(read_columns([raster.crop(line) for line in sample], readers.reader.read), sample)


def _certainty(readings: Sequence[Reading], lines: Sequence[Box]) -> float:
    """The mean confidence over the characters read, and over those that lines as long as these hold at least.

    A reader of characters on their side passes most of them over and is sure of the rest.
    """
    confidences = [value for reading in readings for value in reading.confidences]
    expected = sum(
        LEAST_CHARS * max(line.width, line.height) / max(1.0, min(line.width, line.height)) for line in lines
    )
    return sum(confidences) / max(1.0, len(confidences), expected)
