"""Lines that the reader is unsure of, read once more together with another picture of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from recover.model.raster import Pixels
from recover.model.reading import Reading

# A line with a character below this gets the second look.
SURE = 0.9


class Reader(Protocol):
    """What a reader of lines can do that matters here."""

    def read(self, images: Sequence[Pixels]) -> tuple[Reading, ...]: ...
    def read_together(self, views: Sequence[Sequence[Pixels]]) -> tuple[Reading, ...]: ...


def read_twice(images: Sequence[Pixels], again: Callable[[int], Pixels], reader: Reader) -> tuple[Reading, ...]:
    """One reading an image; ``again`` gives the other picture of the line at an index, of the same size."""
    readings = list(reader.read(images))
    unsure = [at for at, reading in enumerate(readings) if is_unsure(reading)]
    views = [(images[at], again(at)) for at in unsure]
    for at, reading in zip(unsure, reader.read_together(views), strict=True):
        readings[at] = reading
    return tuple(readings)


def is_unsure(reading: Reading) -> bool:
    """Whether any character is."""
    return any(value < SURE for value in reading.confidences)
