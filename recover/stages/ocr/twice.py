"""Lines that the reader is unsure of, read once more together with another picture of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recover.engines.reading import LineReader
from recover.model.raster import Pixels
from recover.model.reading import Reading

# A line with a character below this gets the second look.
SURE = 0.9


def read_twice(images: Sequence[Pixels], again: Callable[[int], Pixels], reader: LineReader) -> tuple[Reading, ...]:
    """One reading an image; ``again`` gives the other picture of the line at an index, of the same size."""
    readings = list(reader.read(images))
    unsure = [at for at, reading in enumerate(readings) if is_unsure(reading)]
    views = [(images[at], again(at)) for at in unsure]
    for at, reading in zip(unsure, reader.read_together(views), strict=True):
        readings[at] = reading
    return tuple(readings)


def is_unsure(reading: Reading) -> bool:
    return any(value < SURE for value in reading.confidences)
