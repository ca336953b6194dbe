"""The text layer of a PDF page: single characters, and what they say in a line."""

from __future__ import annotations

import msgspec

from recover.model.geometry import Box


class LayerChar(msgspec.Struct, frozen=True, array_like=True):
    """A character of a PDF's text layer, on the page as shown, in points.

    ``box`` is its cell: as wide as it advances, as high as the type is large. ``ink`` is its outline's box; None where
    the file's own fonts draw nothing for it. ``slant`` is how far its line rises, in degrees; 0 for usual print.
    ``is_embedded`` tells whether the file brings its font along, ``is_painted`` whether the file asks for it to be
    painted at all: the layers that OCR programs put under scans are not.
    """

    text: str
    box: Box
    font: str
    size: float
    ink: Box | None = None
    slant: float = 0.0
    is_embedded: bool = True
    is_painted: bool = True


class LayerText(msgspec.Struct, frozen=True, kw_only=True):
    """The layer's reading of one line, on the upright page: of each character the box, the font and the outline's box.

    ``inks`` may be empty: then nothing is known of the outlines.
    """

    text: str
    boxes: tuple[Box, ...]
    fonts: tuple[str, ...]
    inks: tuple[Box | None, ...] = ()
