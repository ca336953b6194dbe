"""Page images as grey pixels on white paper: PNG, JPEG, TIFF (one page a frame), and what else Pillow opens."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from recover.errors import UnreadableInput
from recover.model.geometry import Box, Transform, shape_fault
from recover.model.page import LayerChar
from recover.model.raster import Pixels, Raster
from recover.settings import Limits, over

MAX_PIXELS = 35_000_000
# A picture is converted in strips of so many pixels: with all its bands at once it would take many times its size.
STRIP_PIXELS = 8_000_000
WIDE = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
SEE_THROUGH = ("RGBA", "LA", "PA", "RGBa", "La")
# TIFF tags, and what they say of a picture whose highest value is black.
PHOTOMETRIC, SAMPLE_FORMAT, WHITE_IS_ZERO, UNSIGNED = 262, 339, 0, 1
# The brightest pixels of a scan are dust and glare; paper is at this share of all.
PAPER_SHARE = 99.9
EVEN = 2


def to_grey(frame: Image.Image, tags: Mapping[int, object]) -> Pixels:
    """Grey pixels, white paper; transparency counts as paper. Values of more than 8 bits are scaled to their range.

    ``tags`` are those of a TIFF file, which Pillow leaves to whoever asks.
    """
    if frame.mode in WIDE:
        grey = _wide(frame, tags)
    elif frame.mode in SEE_THROUGH or "transparency" in frame.info:
        grey = _on_paper(frame)
    else:
        grey = _in_strips(frame, lambda strip: np.asarray(_lightness(strip), np.uint8))
    shrink = (MAX_PIXELS / (grey.shape[0] * grey.shape[1])) ** 0.5
    if shrink >= 1:
        return grey
    size = (max(1, int(grey.shape[1] * shrink)), max(1, int(grey.shape[0] * shrink)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS), dtype=np.uint8).copy()


def _lightness(strip: Image.Image) -> Image.Image:
    if strip.mode == "LAB":
        return strip.getchannel(0)
    return (strip.convert("RGB") if strip.mode in ("HSV", "CMYK", "YCbCr") else strip).convert("L")


def _strips(frame: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Strips of the picture from top to bottom, each with its first row."""
    rows = max(1, STRIP_PIXELS // max(1, frame.width))
    for top in range(0, frame.height, rows):
        yield top, frame.crop((0, top, frame.width, min(frame.height, top + rows)))


def _in_strips(frame: Image.Image, convert: Callable[[Image.Image], Pixels]) -> Pixels:
    grey = np.empty((frame.height, frame.width), np.uint8)
    for top, strip in _strips(frame):
        grey[top : top + strip.height] = convert(strip)
    return grey


def _on_paper(frame: Image.Image) -> Pixels:
    """The picture laid on white paper; white print on nothing is told by its shape instead."""
    info = {key: value for key, value in frame.info.items() if key == "transparency"}

    def coloured(strip: Image.Image) -> Image.Image:
        strip.info.update(info)
        return strip.convert("RGBA")

    def laid(strip: Image.Image) -> Pixels:
        print_ = coloured(strip)
        paper = Image.new("RGBA", print_.size, "white")
        return np.asarray(Image.alpha_composite(paper, print_).convert("L"), np.uint8)

    grey = _in_strips(frame, laid)
    if np.ptp(grey) > EVEN:
        return grey
    return _in_strips(frame, lambda strip: 255 - np.asarray(coloured(strip).getchannel("A"), np.uint8))


def _wide(frame: Image.Image, tags: Mapping[int, object]) -> Pixels:
    """Values of 12, 16 or 32 bits, or fractions: paper becomes white whatever number it has."""
    low, high = _range(frame, tags)
    span = high - low if high > low else 1.0

    def scaled(strip: Image.Image) -> Pixels:
        values = np.clip((_values(strip, tags) - low) / span, 0, 1)
        return np.asarray(np.rint(255 * values), np.uint8)

    grey = _in_strips(frame, scaled)
    return 255 - grey if _tag(tags, PHOTOMETRIC) == WHITE_IS_ZERO else grey


def _range(frame: Image.Image, tags: Mapping[int, object]) -> tuple[float, float]:
    """The values of black and of white; black is 0 unless there are values below it."""
    low, high = 0.0, -math.inf
    for _, strip in _strips(frame):
        values = _values(strip, tags)
        low, high = min(low, float(values.min())), max(high, float(np.percentile(values, PAPER_SHARE)))
    return low, high


def _values(strip: Image.Image, tags: Mapping[int, object]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    values = np.asarray(strip)
    if values.dtype == np.int32 and _tag(tags, SAMPLE_FORMAT) in (None, UNSIGNED) and tags:
        values = values.view(np.uint32)  # Pillow has no unsigned mode of 32 bits
    return np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _tag(tags: Mapping[int, object], number: int) -> int | None:
    value = tags.get(number)
    value = value[0] if isinstance(value, tuple) and value else value
    return value if isinstance(value, int) else None


# Page images: PNG, JPEG, TIFF (one page a frame), and what else Pillow opens.

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

    def drawn_rules(self, page: int) -> tuple[tuple[Box, ...], tuple[Box, ...]]:  # noqa: ARG002 a picture draws none
        return (), ()

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:  # noqa: ARG002 other coders refuse what is damaged
        if self._image.format != "JPEG":
            return ()
        from recover.stages.acquire.damage import jpeg_damage  # noqa: PLC0415

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
