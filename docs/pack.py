"""Pictures of screens as small files, for the scripts beside this one."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).parent / "images"
# What a page of documentation should weigh at most, picture by picture.
LIMIT = 300_000


def pack(picture: Image.Image, name: str) -> Path:
    """As a PNG of 256 colours chosen to keep the rare ones, an overlay's among them; fewer where it stays too large."""
    path = IMAGES / f"{name}.png"
    for colours in (256, 128, 64, 32):
        method = Image.Quantize.MAXCOVERAGE
        few = picture.convert("RGB").quantize(colours, method=method, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= LIMIT:
            break
    return path
