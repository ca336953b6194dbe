"""Files that no page can be read from, each with what its error must say."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image


def pdf(*sizes: tuple[float, float], password: str = "") -> bytes:
    """A PDF of blank pages."""
    made = pikepdf.new()
    for size in sizes:
        made.add_blank_page(page_size=size)
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else None)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG whose head claims this size, with next to nothing behind it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).save(out, "JPEG")
    return out.getvalue()


# Name, content, and a word of the cause as the user reads it.
BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "empty"),
    "no-document.pdf": (lambda: b"just a letter, with a name that lies", "neither a PDF nor a page image"),
    "only-a-head.pdf": (lambda: b"%PDF-1.7\n", "no readable PDF"),
    "truncated.pdf": (lambda: pdf((595, 842))[:200], "no readable PDF"),
    "zero-pages.pdf": (pdf, "no pages"),
    "encrypted.pdf": (lambda: pdf((595, 842), password="secret"), "encrypted"),
    "absurd.pdf": (lambda: pdf((14400, 14400)), "too large"),
    "absurd.png": (lambda: png(100_000, 100_000), "100000 x 100000 pixels"),
    "truncated.png": (lambda: png(600, 800), "truncated"),
    "truncated.jpg": (lambda: jpeg()[:2000], "truncated"),
}


def write_broken(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(BROKEN[name][0]())
    return path
