"""Scans in every way that pixels are stored come out as the same grey page."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, TiffImagePlugin

from recover.errors import UnreadableInput
from recover.settings import Limits
from recover.stages.acquire.source import open_source

SIZE = (300, 400)


def page() -> np.ndarray:
    """Black bars on white paper, grey in one corner."""
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for row in range(40, 360, 40):
        draw.rectangle((30, row, 270, row + 12), fill=0)
    draw.rectangle((0, 0, 20, 20), fill=128)
    return np.asarray(image)


def tiff(path: Path, values: np.ndarray, **tags: int) -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for name, value in tags.items():
        info[{"photometric": 262, "sample_format": 339}[name]] = value
    Image.fromarray(values).save(path, tiffinfo=info)


def raw_tiff(path: Path, body: bytes, bits: int, sample_format: int) -> None:
    """What Pillow reads and doesn't write."""
    entries = [(256, 4, SIZE[0]), (257, 4, SIZE[1]), (258, 3, bits), (259, 3, 1), (262, 3, 1), (273, 4, 0), (277, 3, 1)]
    entries += [(278, 4, SIZE[1]), (279, 4, len(body)), (339, 3, sample_format)]
    start = 8 + 2 + 12 * len(entries) + 4
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, value in entries:
        head += struct.pack("<HHII", tag, kind, 1, start if tag == 273 else value)
    path.write_bytes(head + bytes(4) + body)


def packed(grey: np.ndarray) -> bytes:
    """12 bits a pixel, two pixels in three bytes."""
    values = (grey.astype(np.uint32) * 4095 // 255).reshape(-1, 2)
    bytes_ = [values[:, 0] >> 4, (values[:, 0] & 15) << 4 | values[:, 1] >> 8, values[:, 1] & 255]
    return np.stack(bytes_, axis=1).astype(np.uint8).tobytes()


WAYS: dict[str, Callable[[Path, np.ndarray], None]] = {
    "8.png": lambda path, grey: Image.fromarray(grey).save(path),
    "1.png": lambda path, grey: Image.fromarray(grey).convert("1", dither=Image.Dither.NONE).save(path),
    "rgb.png": lambda path, grey: Image.fromarray(grey).convert("RGB").save(path),
    "cmyk.tif": lambda path, grey: Image.fromarray(grey).convert("CMYK").save(path),
    "palette.png": lambda path, grey: Image.fromarray(grey).convert("P").save(path),
    "16.png": lambda path, grey: Image.fromarray(grey.astype(np.uint16) * 257).save(path),
    "16.tif": lambda path, grey: tiff(path, grey.astype(np.uint16) * 257),
    "12-in-16.tif": lambda path, grey: tiff(path, grey.astype(np.uint16) * 16),
    "12.tif": lambda path, grey: raw_tiff(path, packed(grey), 12, 1),
    "32.tif": lambda path, grey: tiff(path, grey.astype(np.int32) * 1000, sample_format=2),
    "32-unsigned.tif": lambda path, grey: raw_tiff(path, (grey.astype(np.uint32) * 16843009).tobytes(), 32, 1),
    "float.tif": lambda path, grey: tiff(path, grey.astype(np.float32) / 255),
    "float-255.tif": lambda path, grey: tiff(path, grey.astype(np.float32)),
    "float-nan.tif": lambda path, grey: tiff(path, np.where(grey == 128, np.nan, grey).astype(np.float32)),
    "white-is-zero-16.tif": lambda path, grey: tiff(path, (255 - grey).astype(np.uint16) * 257, photometric=0),
    "ink-on-nothing.png": lambda path, grey: Image.merge(
        "LA", (Image.new("L", SIZE, 0), Image.fromarray(255 - grey))
    ).save(path),
    "white-on-nothing.png": lambda path, grey: Image.merge(
        "LA", (Image.new("L", SIZE, 255), Image.fromarray(255 - grey))
    ).save(path),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_storing_pixels_gives_the_same_page(way: str, tmp_path: Path) -> None:
    grey = page()
    WAYS[way](tmp_path / way, grey)
    pixels = open_source(tmp_path / way).raster(0).pixels
    assert pixels.dtype == np.uint8
    ink, paper = pixels[grey == 0], pixels[grey == 255]
    assert (ink.max() <= 5, paper.min() >= 250) == (True, True)


def test_more_pixels_than_allowed_are_refused(tmp_path: Path) -> None:
    Image.new("L", (200, 200)).save(tmp_path / "a.png")
    with pytest.raises(UnreadableInput, match=r"200 x 200 pixels, over the limit of 10000; .*--limits pixels="):
        open_source(tmp_path / "a.png", None, Limits(pixels=10_000))
