"""What stands where on an upright page before anything is read: lines, floats, and the order they are read in."""

from __future__ import annotations

from collections.abc import Sequence, Set

import msgspec
import numpy as np

from recover.engines.page_networks import find_blocks
from recover.engines.readers import LineReader, Readers
from recover.model.geometry import Box, enclose
from recover.model.page import Block, Reading, RegionKind
from recover.model.raster import Pixels, Raster
from recover.stages.clean.straighten import SAMPLE_LINES, choose_turn, is_standing, sample_lines, turn
from recover.stages.layout.floats import Float, find_floats, line_kinds, without_area
from recover.stages.layout.regions import SURE, find_sideways
from recover.stages.ocr.boxes import bare_inks, bound, part_overlaps, reach_stops, split_at_gutters, tidy, type_size
from recover.stages.ocr.ink import Mask
from recover.stages.ocr.vertical import read_columns
from recover.stages.order import Column, margin_marks, order_columns, standing_blocks, standing_titles

# A supposed figure with this share of its lines in columns of vertical text is that text.
WRITTEN = 0.7


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What stands where: boxes in pixels of the upright page.

    ``rows`` are lines of text that fell into pieces, told once they are read: built-up formulas stand in them.
    ``blocks`` are blocks of vertical text, their lines as they are read.
    """

    lines: tuple[Box, ...]
    kinds: tuple[RegionKind, ...]
    floats: tuple[Float, ...]
    columns: tuple[Column, ...]
    bounds: tuple[Box, ...] = ()
    rows: tuple[tuple[int, ...], ...] = ()
    blocks: tuple[tuple[int, ...], ...] = ()


def find_all(straight: Raster, readers: Readers) -> Found:
    """Lines, floats and the order in which they are read."""
    return arrange(straight, *find_lines(straight, readers), readers)


def find_lines(straight: Raster, readers: Readers) -> tuple[tuple[Box, ...], Mask]:
    """The lines of print, in pixels, and the page's ink without its smallest shapes."""
    return tidy_lines(straight, find_boxes(straight, readers))


def find_boxes(straight: Raster, readers: Readers) -> tuple[Box, ...]:
    """The boxes of lines as the detector finds them, in pixels."""
    return tuple(Box(*line[:4]) for line in readers.finder.find(straight.pixels))


def tidy_lines(straight: Raster, seen: Sequence[Box]) -> tuple[tuple[Box, ...], Mask]:
    """The lines of print from the detector's boxes, and the page's ink without its smallest shapes."""
    ink, ink_and_stops = bare_inks(straight.pixels, type_size(seen) or 1.0)
    lines = reach_stops(part_overlaps(tidy(split_at_gutters(seen, ink)), ink_and_stops), ink_and_stops)
    return lines, ink


def arrange(
    straight: Raster,
    lines: tuple[Box, ...],
    ink: Mask,
    readers: Readers,
    turned: Sequence[Float] = (),
    undrawn: Set[Box] = frozenset(),
) -> Found:
    """What the lines are, which of them stand in floats, and the order in which they are read.

    ``turned`` are the floats that are printed sideways: their lines are none of ``lines``. Of ``undrawn`` lines the
    page shows a figure or two at most: they reach as far as their text layer says.
    """
    blocks = _blocks(straight, readers)
    standing = (
        () if isinstance(readers.reader, VerticalReader) else tuple(standing_blocks(lines, type_size(lines) or 1.0))
    )
    columns_in = {index for block in standing for index in block}
    floats = tuple(one for one in find_floats(blocks, lines, ink) if not _is_vertical_text(one, lines, columns_in))
    taken = {index for one in floats for index in one.lines}
    standing = tuple(block for block in standing if taken.isdisjoint(block))
    for area in turned:
        floats = (*without_area(floats, area.box), area)
    bounds = tuple(line if line in undrawn else inked for line, inked in zip(lines, bound(lines, ink), strict=True))
    columns = columns_of(bounds, floats, standing)
    kinds = _kinds(blocks, lines, floats, {index for block in standing for index in block})
    return Found(lines=lines, kinds=kinds, floats=floats, columns=columns, bounds=bounds, blocks=standing)


def _is_vertical_text(found: Float, lines: Sequence[Box], columns: Set[int]) -> bool:
    """Whether a supposed figure is a block of vertical text, framed or tinted."""
    inside = sum(lines[index].area for index in found.lines)
    return inside > 0 and sum(lines[index].area for index in found.lines if index in columns) > WRITTEN * inside


def _blocks(straight: Raster, readers: Readers) -> tuple[Block, ...]:
    """The page's blocks; of vertical print, which lies here on its side, none: the network knows none of its like."""
    return () if isinstance(readers.reader, VerticalReader) else find_blocks(straight.pixels, readers.cpu)


def find_turned(straight: Raster, seen: Sequence[Box], readers: Readers) -> tuple[Float, ...]:
    """Tables printed sideways, each with the turn by which it reads best."""
    found = []
    for area in find_sideways(seen, straight.pixels):
        part = straight.part(area)
        sure = {degrees: legibility(turn(part, degrees), readers) for degrees in (90, 270)}
        best = max(sure, key=sure.__getitem__)
        # Columns of vertical print, turned by 270, read as well as what is printed so: what has them is none.
        if sure[best] >= SURE and (best != LYING or not is_vertical(part, readers)):
            found.append(Float(kind="table", box=area, turn=best))
    return tuple(found)


def _kinds(
    blocks: Sequence[Block], lines: Sequence[Box], floats: Sequence[Float], standing: Set[int]
) -> tuple[RegionKind, ...]:
    inside = {index for found in floats for index in found.lines}
    free = [line for index, line in enumerate(lines) if index not in inside]
    marks = margin_marks(free, type_size(lines))
    margin = {lines.index(free[mark]) for mark in marks}
    kinds = line_kinds(blocks, lines)
    titles = standing_titles(lines, type_size(lines) or 1.0)
    return tuple(
        "text" if index in standing else "title" if index in titles else "margin" if index in margin else kind
        for index, kind in enumerate(kinds)
    )


def columns_of(
    lines: Sequence[Box],
    floats: Sequence[Float],
    blocks: Sequence[tuple[int, ...]],
    rows: Sequence[tuple[int, ...]] = (),
) -> tuple[Column, ...]:
    """Columns of free lines (their index) and floats (numbered after all the lines); ``rows`` stay together.

    Titles that run down come first, ``blocks`` of vertical text last: none of them interrupts the text beside it.
    """
    inside = {index for found in floats for index in found.lines}
    inside.update(index for _, *rest in rows for index in rest)
    inside.update(index for block in blocks for index in block)
    whole = {row[0]: row for row in rows}
    em = type_size(lines) or 1.0
    titles = [index for index in standing_titles(lines, em) if index not in inside and index not in whole]
    lines = [enclose(lines[at] for at in whole[index]) if index in whole else box for index, box in enumerate(lines)]
    members = [index for index in range(len(lines)) if index not in inside and index not in titles]
    members += [len(lines) + number for number in range(len(floats))]
    boxes = [lines[member] if member < len(lines) else floats[member - len(lines)].box for member in members]
    ordered = order_columns(boxes, em)
    columns = tuple(
        tuple(index for position in column for index in whole.get(members[position], (members[position],)))
        for column in ordered
    )
    return (*((tuple(titles),) if titles else ()), *columns, *blocks)


# How a page stands: its quarter turns, and whether its print runs down in columns.

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
