"""What every kind of input offers to the stages after it."""

from __future__ import annotations

from typing import Protocol

from recover.model.geometry import Box
from recover.model.layer import LayerChar
from recover.model.raster import Pixels, Raster


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

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:
        """What of the page isn't seen on ``drawn``, its picture, or only in part; empty for a sound page."""

    def close(self) -> None:
        """Let go of the file."""
