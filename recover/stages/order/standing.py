"""Single lines of vertical print on a page of horizontal text: titles that run down beside it."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.geometry import Box

# A box so much higher than wide, and so many type sizes high, is a line that runs down.
HIGHER, LONG = 2.2, 2.2
# Narrower ones than this, in type sizes, are brackets and rules.
NARROW = 0.5
# A title is set in larger type than the text.
LARGE = 1.2


def runs_down(box: Box, em: float) -> bool:
    """Whether a line's box holds a line of print that runs down; ``em`` is the page's usual line height."""
    return box.height > HIGHER * box.width and box.height > LONG * em and box.width > NARROW * em


def standing_titles(boxes: Sequence[Box], em: float) -> list[int]:
    """Indexes of the lines that run down in large type, from the right: they are read before the text beside them."""
    found = [index for index, box in enumerate(boxes) if runs_down(box, em) and box.width > LARGE * em]
    return sorted(found, key=lambda index: -boxes[index].x0)
