"""Page images: PNG, JPEG, TIFF (one page a frame), and what else Pillow opens."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from recover.errors import UnreadableInput
from recover.limits import Limits, over
from recover.model.geometry import Box, Transform
from recover.model.layer import LayerChar
from recover.model.raster import Pixels, Raster
from recover.stages.acquire.grey import to_grey
from recover.stages.acquire.shape import shape_fault

# Metadata outside this is a default that a camera or program wrote without knowing.
PLAUSIBLE_DPI = (90.0, 1200.0)
# An A4 page's width: the scale of a picture that doesn't tell its own.
A4_WIDTH_PT = 595.0
# Colours are looked at in a picture about this long.
COLOUR_PX = 1200
# Pillow has a limit of its own; ours is the only one.
Image.MAX_IMAGE_PIXELS = None
# What Pillow raises for damaged files, each format its own.
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error)


class ImageSource:
    """A picture file; frames are decoded one at a time."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.name = path.name
        self._limits = limits
        self._path = path
        try:
            self._image = Image.open(path)
            self.page_count = int(getattr(self._image, "n_frames", 1))
            _refuse_absurd(self._image, str(path), limits)
            if self.page_count == 1:
                self._image.load()
        except DAMAGED as error:
            raise UnreadableInput(str(path), f"no readable image ({error})", "check that the file is whole") from error

    def size(self, page: int) -> tuple[float, float]:
        frame = self._frame(page)
        scale = 72 / _dpi(frame)
        width, height = frame.width * scale, frame.height * scale
        if fault := shape_fault(width, height):
            raise UnreadableInput(f"{self._path} page {page + 1}", fault, "cut it into pages")
        return width, height

    def is_picture(self, page: int) -> bool:  # noqa: ARG002 every page of a picture file is a picture
        return True

    def raster(self, page: int) -> Raster:
        frame = self._frame(page)
        width, height = self.size(page)
        try:
            pixels = to_grey(frame, getattr(self._image, "tag_v2", {}))
        except DAMAGED as error:
            subject = f"{self._path} page {page + 1}"
            raise UnreadableInput(subject, f"cannot be decoded ({error})", "scan the page again") from error
        return Raster(pixels=pixels, to_page=Transform(a=width / pixels.shape[1], e=height / pixels.shape[0]))

    def coloured(self, page: int) -> Pixels | None:
        frame = self._frame(page)
        if frame.mode not in ("RGB", "P", "CMYK", "YCbCr") or "transparency" in frame.info:
            return None
        bands = frame.convert("RGB") if frame.mode == "P" else frame
        try:
            return np.asarray(bands.reduce(max(1, max(frame.size) // COLOUR_PX)).convert("RGB"), np.uint8)
        except DAMAGED:
            return None

    def characters(self, page: int) -> tuple[LayerChar, ...]:  # noqa: ARG002 a picture has no text layer
        return ()

    def hidden(self, page: int) -> tuple[Box, ...]:  # noqa: ARG002
        return ()

    def font_faults(self, page: int) -> dict[str, str]:  # noqa: ARG002
        return {}

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:  # noqa: ARG002 other coders refuse what is damaged
        if self._image.format != "JPEG":
            return ()
        from recover.stages.acquire.jpeg import jpeg_damage  # noqa: PLC0415

        found = jpeg_damage(self._path.read_bytes())
        return (found,) if found else ()

    def close(self) -> None:
        self._image.close()

    def _frame(self, page: int) -> Image.Image:
        try:
            frame = self._image if self.page_count == 1 else ImageSequence.Iterator(self._image)[page]
            _refuse_absurd(frame, f"{self._path} page {page + 1}", self._limits)
            return ImageOps.exif_transpose(frame)
        except DAMAGED as error:
            subject = f"{self._path} page {page + 1}"
            raise UnreadableInput(subject, f"cannot be decoded ({error})", "scan the page again") from error


def _refuse_absurd(frame: Image.Image, subject: str, limits: Limits) -> None:
    """Raise UnreadableInput for a picture whose head claims more pixels than a page has."""
    if frame.width * frame.height > limits.pixels:
        cause, remedy = over("pixels", f"it has {frame.width} x {frame.height} pixels", limits.pixels)
        raise UnreadableInput(subject, cause, f"scan it at 600 dpi or less, or {remedy}")


def _dpi(frame: Image.Image) -> float:
    told = frame.info.get("dpi")
    value = float(told[0]) if isinstance(told, tuple) and told and told[0] else 0.0
    if PLAUSIBLE_DPI[0] <= value <= PLAUSIBLE_DPI[1]:
        return value
    return max(72.0, 72 * min(frame.size) / A4_WIDTH_PT)
