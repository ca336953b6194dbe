"""A folder of generated files of mixed sizes, some of them broken in different ways; made anew from its seed."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

from samples.batch.pages import WIDTH, pdf_bytes, write_pdf, write_picture
from samples.batch.quick_reader import GLUTTON, HANG, MISTAKE, SEGFAULT

# A file's pages: most papers are short, one in a hundred is a book.
SIZES = (1, 1, 1, 2, 2, 3, 4, 6, 9)
BOOK_PAGES = 60
BROKEN = (
    "truncated",
    "encrypted",
    "empty",
    "zero-size",
    "not-a-pdf",
    "hang",
    "segfault",
    "mistake",
    "glutton",
    "rubbish",
)


def make_folder(folder: Path, files: int, seed: int, broken_share: float = 0.05) -> dict[str, str]:
    """Fill ``folder``; returns what is wrong with each broken file, by its name."""
    chance = random.Random(seed)  # noqa: S311 no secret
    wrong: dict[str, str] = {}
    broken = set(chance.sample(range(files), round(files * broken_share)))
    for number in range(files):
        name = f"{number % 7}/{number % 3}/paper-{number:04d}"
        if number in broken:
            kind = BROKEN[len(wrong) % len(BROKEN)]
            wrong[_break(folder, name, kind, seed * 100_000 + number)] = kind
        elif number % 10 == 9:
            write_picture(folder / f"{name}.png", seed * 100_000 + number)
        else:
            pages = BOOK_PAGES if number % 100 == 50 else chance.choice(SIZES)
            suffix = "png" if number % 50 == 7 else "pdf"  # a wrong ending does no harm: content counts
            write_pdf(folder / f"{name}.{suffix}", seed * 100_000 + number, [WIDTH] * pages)
    return wrong


def _break(folder: Path, name: str, kind: str, seed: int) -> str:
    pages = {"hang": HANG, "segfault": SEGFAULT, "mistake": MISTAKE, "glutton": GLUTTON}
    path = folder / f"{name}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind in pages:
        write_pdf(path, seed, [WIDTH, pages[kind], WIDTH])
    elif kind == "encrypted":
        write_pdf(path, seed, [WIDTH], password="secret")  # noqa: S106
    elif kind == "zero-size":
        path = path.with_suffix(".png")
        path.write_bytes(_png_without_pixels())
    else:
        content = {
            "truncated": pdf_bytes(seed, 3)[:400],
            "empty": b"",
            "not-a-pdf": "一篇论文".encode() * 100,
            "rubbish": random.Random(seed).randbytes(5000),  # noqa: S311
        }
        path.write_bytes(content[kind])
    return path.relative_to(folder).as_posix()


def _png_without_pixels() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 0, 0, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
