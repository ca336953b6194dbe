"""Which patches of ink are print that nobody read: those a reader sees characters in, and stacks of shapes as like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from recover.model.geometry import Box
from recover.model.reading import Reading
from recover.stages.unread.patches import Patch

# A reader sees characters where it is this sure of them, and of one alone.
SURE, SURE_ALONE = 0.75, 0.9
# What readers see in a dash, a scratch or a box that stands alone.
STROKES = frozenset("1lI一丨口0Oo")
# So many shapes on one another are characters of a column, which readers of lines don't read.
STACKED = 4
# A page has few such places. Where it has more, the largest are read.
MOST = 12
WHY = "print that stands in no line that was read"

# Readings of boxes in pixels.
ReadBoxes = Callable[[Sequence[Box]], Sequence[Reading]]


class UnreadPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Print outside of all lines: its box in pixels, and what a reader sees in it."""

    box: Box
    text: str


def unread_places(patches: Sequence[Patch], read: ReadBoxes) -> tuple[UnreadPlace, ...]:
    """The patches that are print."""
    largest = sorted(patches, key=lambda patch: -patch.count)[:MOST]
    readings = read([patch.box for patch in largest]) if largest else ()
    places = [
        UnreadPlace(box=patch.box, text=reading.text.strip() if _is_sure(reading) else "")
        for patch, reading in zip(largest, readings, strict=True)
        if _is_sure(reading) or (patch.is_upright and patch.count >= STACKED)
    ]
    return tuple(sorted(places, key=lambda place: (place.box.y0, place.box.x0)))


def _is_sure(reading: Reading) -> bool:
    letters = [value for char, value in zip(reading.text, reading.confidences, strict=False) if char.isalnum()]
    if not letters or reading.text.strip() in STROKES:
        return False
    return sum(letters) / len(letters) >= (SURE if len(letters) > 1 else SURE_ALONE)
