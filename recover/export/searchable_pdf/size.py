"""One type size for the lines of a block: print has it so, and what was measured of each line wavers by a tenth.

A reader that guesses the reading order (poppler) takes lines whose sizes differ by more than a twentieth for blocks of
their own, and then reads two columns of such lines across.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from recover.export.characters import corners
from recover.model.document import PageLine, PageRegion

# A line further from its block's size is another kind of line: a heading in the text, a formula.
_OF_THE_BLOCK = 0.25
# Blocks this near to each other in size are set in one.
_SAME_SIZE = 0.05


def even_sizes(regions: Sequence[PageRegion]) -> list[tuple[PageLine, float]]:
    """Every line with the share of its measured height that it is set in."""
    known: list[float] = []
    sized: list[tuple[PageLine, float]] = []
    for region in regions:
        heights = [_height(line) for line in region.lines]
        if not heights:
            continue
        common = _known_size(known, median(heights))
        sized.extend((line, _share(height, common)) for line, height in zip(region.lines, heights, strict=True))
    return sized


def _known_size(known: list[float], size: float) -> float:
    """A size that was used before and is near, else this one, which is then known."""
    near = min(known, key=lambda value: abs(value - size), default=0.0)
    if abs(near - size) <= _SAME_SIZE * size:
        return near
    known.append(size)
    return size


def _share(height: float, common: float) -> float:
    return common / height if height and abs(height - common) <= _OF_THE_BLOCK * common else 1.0


def _height(line: PageLine) -> float:
    top_left, _, _, bottom_left = corners(line)
    return math.dist(top_left, bottom_left)
