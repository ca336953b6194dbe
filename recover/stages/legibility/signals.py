"""Single signs against a text layer, each of which may be wrong on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recover.model.geometry import Box, overlap
from recover.model.layer import LayerText
from recover.text.legible import legibility

# A code that no map leads to text, as the PDF libraries write it.
_PLACEHOLDER = re.compile(r"\(cid:\d+\)")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\U000f0000-\U0010ffff]")
# Fewer letters than this prove nothing.
_FEW = 4
# A layer lacks print where it leaves this share of the line bare, and more than the frame a finder draws around it.
_BARE, _FRAME_EM = 0.4, 1.5


def is_unmapped(text: str) -> bool:
    """Whether characters without a meaning stand in ``text``: placeholders, private ones, replacements."""
    return bool(_PLACEHOLDER.search(text) or _PRIVATE.search(text))


def is_nonsense(text: str) -> bool:
    """Whether a line is no language beyond doubt; a few characters never are."""
    letters = sum(char.isalpha() for char in text)
    # A single string may be any symbol; nonsense comes in numbers.
    return letters >= _FEW and len(text.split()) + letters // 8 > 1 and not legibility(text).is_legible


def is_short_of_print(layer: LayerText, line: Box) -> bool:
    """Whether the layer's boxes leave much of the printed line bare."""
    bare = line.width - _covered(layer.boxes, line)
    return bare > max(_BARE * line.width, _FRAME_EM * line.height)


def is_off_scale(layer: LayerText, line: Box) -> bool:
    """Whether the layer's boxes are of another size than the print under them."""
    heights = sorted(box.height for box in layer.boxes)
    if not heights or not line.height:
        return False
    return not 0.3 < heights[len(heights) // 2] / line.height < 3.0


def _covered(boxes: Sequence[Box], line: Box) -> float:
    """The length of the line that lies under one box or another."""
    total, reached = 0.0, line.x0
    for box in sorted(boxes, key=lambda item: item.x0):
        total += overlap(max(reached, box.x0), max(reached, box.x1), line.x0, line.x1)
        reached = max(reached, box.x1)
    return total
