"""From a file to pages: which kind of file it is, and what every kind offers to the stages after it."""

from __future__ import annotations

from typing import Protocol

from recover.model.geometry import Box
from recover.model.page import LayerChar
from recover.model.raster import Pixels, Raster

# About 3.5 m square: no page of print. A3 scanned at 600 dpi and saved as if at 72 has 70 million square points.
ABSURD_AREA_PT2 = 100_000_000
# A page this much longer than wide is a line. Receipts and scrolls stay far below.
ABSURD_RATIO = 5000


def shape_fault(width: float, height: float) -> str:
    """What is wrong with a page of so many points; empty for one that may be."""
    if not (width > 0 and height > 0):
        return f"{width:g} x {height:g} points are no size of a page"
    if not width * height <= ABSURD_AREA_PT2:
        return f"{width:.0f} x {height:.0f} points are too large for a page"
    if not max(width, height) <= ABSURD_RATIO * min(width, height):
        return f"{width:g} x {height:g} points are no shape of a page"
    return ""


# What every kind of input offers to the stages after it.


class PageSource(Protocol):
    """An open input file. Pages count from 0; sizes are points of the page as it is shown."""

    name: str
    page_count: int

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points; raises UnreadableInput."""

    def is_picture(self, page: int) -> bool:
        """Whether what one sees is a scan rather than drawn type."""

    def raster(self, page: int) -> Raster:
        """The page's picture at the resolution it deserves; raises UnreadableInput."""

    def coloured(self, page: int) -> Pixels | None:
        """The page's picture in three bands, of the raster's shape or smaller; None where it has no colour."""

    def characters(self, page: int) -> tuple[LayerChar, ...]:
        """The text layer, in the file's order; empty when there is none."""

    def hidden(self, page: int) -> tuple[Box, ...]:
        """Places of text that the page holds and doesn't show, in points of the page as it is shown."""

    def font_faults(self, page: int) -> dict[str, str]:
        """Fonts of the text layer whose codes lead to no text, each with what is wrong."""

    def drawn_rules(self, page: int) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """Rules and edges of tints, across and down, that a page of drawn type says it draws; none for a scan."""

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:
        """What of the page isn't seen on ``drawn``, its picture, or only in part; empty for a sound page."""

    def close(self) -> None:
        """Let go of the file."""
