"""Tiny PDFs to try a batch with: each page a few grey pixels that differ, its size in points as wanted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

WIDTH, HEIGHT = 200, 100
PIXELS = (40, 20)


def write_pdf(path: Path, seed: int, widths: Sequence[int], password: str = "") -> None:
    """A PDF with a page a width; the same seed gives the same pixels, and so the same reading."""
    chance = random.Random(seed)  # noqa: S311 no secret
    pdf = pikepdf.new()
    for width in widths:
        _add_page(pdf, width, chance.randbytes(PIXELS[0] * PIXELS[1]))
    path.parent.mkdir(parents=True, exist_ok=True)
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(path, encryption=encryption, static_id=not password)


def write_picture(path: Path, seed: int, width: int = WIDTH) -> None:
    """A PNG of ``width`` pixels at 72 dpi."""
    chance = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(chance.integers(0, 255, (HEIGHT, width), dtype=np.uint8)).save(path, dpi=(100, 100))


def pdf_bytes(seed: int, pages: int = 1) -> bytes:
    """A whole PDF, to be cut or sent elsewhere."""
    buffer = BytesIO()
    pdf = pikepdf.new()
    chance = random.Random(seed)  # noqa: S311 no secret
    for _ in range(pages):
        _add_page(pdf, WIDTH, chance.randbytes(PIXELS[0] * PIXELS[1]))
    pdf.save(buffer, static_id=True)
    return buffer.getvalue()


def _add_page(pdf: pikepdf.Pdf, width: int, pixels: bytes) -> None:
    picture = pikepdf.Stream(
        pdf,
        pixels,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=PIXELS[0],
        Height=PIXELS[1],
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    page = pdf.add_blank_page(page_size=(width, HEIGHT))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q".encode())
