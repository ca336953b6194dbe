"""Quarter turns: a network's guess is believed only when the lines read better for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recover.model.geometry import Box
from recover.model.raster import Raster
from recover.stages.clean.straighten import turn

# Lines read to compare two ways up.
SAMPLE_LINES = 6
# Fewer boxes show no direction.
LEAST_LINES = 3
# A page lies on its side when this share of its print is in boxes higher than wide.
STANDING = 0.6
# A page that reads nearly as well as it is has text both ways: a table printed sideways among it.
SURER = 0.05

# How well the print of a raster reads this way up, from 0 to 1.
ReadsWell = Callable[[Raster], float]


def choose_turn(raster: Raster, guess: int, reads_well: ReadsWell) -> int:
    """``guess`` (degrees clockwise) where the page reads better so turned than as it is, else 0."""
    if guess % 360 == 0:
        return 0
    return guess if reads_well(turn(raster, guess)) > reads_well(raster) + SURER else 0


def is_standing(lines: Sequence[Box]) -> bool:
    """Whether most print stands on its side."""
    total = sum(line.area for line in lines)
    standing = sum(line.area for line in lines if line.height > 1.5 * line.width)
    return len(lines) >= LEAST_LINES and standing > STANDING * total


def sample_lines(lines: Sequence[Box]) -> list[Box]:
    """The longest lines that lie."""
    lying = [line for line in lines if line.width > line.height]
    return sorted(lying, key=lambda line: -line.width)[:SAMPLE_LINES]
