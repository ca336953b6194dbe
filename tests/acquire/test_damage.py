"""Pages that can't be shown, or not whole, are told: no scan loses text without a word."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from recover.stages.acquire.source import open_source

SIZE = (800, 1100)


def print_() -> Image.Image:
    image = Image.new("L", SIZE, 250)
    draw = ImageDraw.Draw(image)
    for row in range(80, 1000, 24):
        for at in range(80, 700, 16):
            draw.rectangle((at, row, at + 9, row + 11), outline=20, width=3)
    return image


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def scan(path: Path, data: bytes, filters: str, **changes: object) -> Path:
    """A page with one picture over all of it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    picture = pikepdf.Stream(pdf, b"")
    picture.write(data, filter=pikepdf.Name(f"/{filters}") if filters else None)
    told = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": SIZE[0],
        "Height": SIZE[1],
        "BitsPerComponent": 8,
        "ColorSpace": pikepdf.Name.DeviceGray,
    }
    for key, value in (told | changes).items():
        if value is not None:
            picture[f"/{key}"] = value
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    pdf.save(path, compress_streams=False)
    return path


def hurt(data: bytes, seed: int = 1) -> bytes:
    """Some bytes in the middle changed."""
    changed, chance = bytearray(data), random.Random(seed)
    for _ in range(20):
        changed[chance.randrange(len(data) // 3, 2 * len(data) // 3)] = chance.randrange(256)
    return bytes(changed)


def damage(path: Path) -> tuple[str, ...]:
    source = open_source(path)
    return source.damage(0, source.raster(0))


@pytest.mark.parametrize("coding", ["DCTDecode", "FlateDecode", ""])
def test_a_sound_scan_has_none(coding: str, tmp_path: Path) -> None:
    data = {"DCTDecode": jpeg(print_()), "FlateDecode": zlib.compress(print_().tobytes()), "": print_().tobytes()}
    assert damage(scan(tmp_path / "a.pdf", data[coding], coding)) == ()


def test_an_empty_page_has_none(tmp_path: Path) -> None:
    white = np.full((SIZE[1], SIZE[0]), 255, np.uint8)
    assert damage(scan(tmp_path / "a.pdf", jpeg(Image.fromarray(white)), "DCTDecode")) == ()
    assert damage(scan(tmp_path / "a.pdf", zlib.compress(white.tobytes()), "FlateDecode")) == ()
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(tmp_path / "a.pdf")
    assert damage(tmp_path / "a.pdf") == ()


def jpeg_shift(path: Path) -> Path:
    """The tone of all that follows is another: what a lost code does."""
    pixels = np.asarray(print_()).copy()
    pixels[400:] = pixels[400:] // 4 * 3
    return scan(path, jpeg(Image.fromarray(pixels)), "DCTDecode")


DAMAGED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "jpeg": (lambda path: scan(path, hurt(jpeg(print_())), "DCTDecode"), "JPEG"),
    "jpeg-cut": (lambda path: scan(path, jpeg(print_())[:20_000], "DCTDecode"), "JPEG"),
    "jpeg-nonsense": (lambda path: scan(path, bytes(5000), "DCTDecode"), "cannot be decoded"),
    "jpeg-shift": (jpeg_shift, "change of tone"),
    "jpeg-size": (lambda path: scan(path, jpeg(print_()), "DCTDecode", Width=780), "another size"),
    "jpeg-colours": (lambda path: scan(path, jpeg(print_()), "DCTDecode", ColorSpace=None), "colours"),
    "flate": (lambda path: scan(path, hurt(zlib.compress(print_().tobytes())), "FlateDecode"), "damaged"),
    "flate-cut": (lambda path: scan(path, zlib.compress(print_().tobytes())[:3000], "FlateDecode"), "break off"),
    "jpx": (lambda path: scan(path, bytes(range(256)) * 200, "JPXDecode"), "cannot be decoded"),
    "jbig2": (lambda path: scan(path, bytes(range(256)) * 200, "JBIG2Decode", BitsPerComponent=1), "cannot be decoded"),
    "unknown": (lambda path: scan(path, bytes(9000), "WaveletDecode"), "WaveletDecode"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_picture_is_told(kind: str, tmp_path: Path) -> None:
    make, word = DAMAGED[kind]
    told = damage(make(tmp_path / "a.pdf"))
    assert told
    assert word in told[0]


def test_a_picture_beyond_the_page_is_told(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", jpeg(print_()), "DCTDecode")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = [0, 0, 250, 842]
        pdf.save(path)
    assert "outside the page" in damage(path)[0]


@pytest.mark.parametrize(
    ("content", "word"), [(b"q /Nowhere Do Q", "nothing is shown"), (None, "lost"), (b"damaged", "content is damaged")]
)
def test_a_page_that_shows_nothing_of_its_content_is_told(content: bytes | None, word: str, tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", jpeg(print_()), "DCTDecode")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        if content is None:
            del pdf.pages[0].Contents
        elif content == b"damaged":
            data = hurt(zlib.compress(b"q 595 0 0 842 0 0 cm /Im0 Do Q" * 50))
            pdf.pages[0].Contents = pikepdf.Stream(pdf, b"")
            pdf.pages[0].Contents.write(data, filter=pikepdf.Name.FlateDecode)
        else:
            pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert word in damage(path)[0]
