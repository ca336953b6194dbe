"""What every kind of input offers to the stages after it."""

from __future__ import annotations

from typing import Protocol

import msgspec

from recover.model.geometry import Box
from recover.stages.acquire.raster import Raster


class LayerChar(msgspec.Struct, frozen=True, array_like=True):
    """A character of a PDF's text layer: its box in points on the page as shown, and its font."""

    text: str
    box: Box
    font: str
    size: float
    visible: bool = True


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

    def characters(self, page: int) -> tuple[LayerChar, ...]:
        """The text layer, in the file's order; empty when there is none."""

    def close(self) -> None:
        """Let go of the file."""
