"""The text layer of a PDF page: single characters, and what they say in a line."""

from __future__ import annotations

import msgspec

from recover.model.geometry import Box


class LayerChar(msgspec.Struct, frozen=True, array_like=True):
    """A character of a PDF's text layer: its box in points on the page as shown, and its font."""

    text: str
    box: Box
    font: str
    size: float
    visible: bool = True


class LayerText(msgspec.Struct, frozen=True, kw_only=True):
    """The layer's reading of one line; one box and one font a character, on the upright page."""

    text: str
    boxes: tuple[Box, ...]
    fonts: tuple[str, ...]
