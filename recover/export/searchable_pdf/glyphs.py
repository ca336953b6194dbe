"""A TrueType font of two kilobytes: blank boxes, one a width, that stand for every character there is.

The text is drawn invisibly (render mode 3), so a glyph needs an extent for readers to highlight and no shape. A
real Chinese font would add megabytes to every file. Every character comes in every width it was printed in: were
the width made by scaling or by moves between the characters, readers would see gaps there, and spaces or line ends.
"""

from __future__ import annotations

import struct

# Widths in thousandths of the type size. Rounding to these steps never adds up, so characters stand within half a step
# of where they were read.
STEP = 50
# A wider gap than four characters parts columns, and is left to be one.
WIDTHS = tuple(range(STEP, 4000 + STEP, STEP))
# In the middle, so that the base lines of two lines on a slanted page never fall into each other's extent: readers
# would take them for one line and put a space between.
ASCENT, DESCENT = 600, -400
COUNT = len(WIDTHS) + 1


def font_file() -> bytes:
    """The font: glyph 0 undefined, glyph i + 1 a box as wide as WIDTHS[i]."""
    tables = {
        b"cmap": struct.pack(">HHHHIHHHHHHH", 0, 1, 3, 0, 12, 6, 12, 0, 0, 1, 1, 0)[:24],
        b"glyf": b"".join(_boxes()),
        b"head": _head(),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, WIDTHS[-1], 0, 0, WIDTHS[-1], 1, *(0,) * 7, COUNT
        ),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in (1000, *WIDTHS)),
        b"loca": struct.pack(f">{COUNT + 1}I", *_offsets()),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, COUNT, 4, 1, 0, 0, 1, *(0,) * 8),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, *(0,) * 4),
    }
    return _assemble(tables)


def _head() -> bytes:
    # Versions, checksum (set to nothing: no reader of PDF asks), magic, flags, units per em, two dates, the font's
    # box, style, smallest size, direction, long offsets, glyph format.
    values = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, DESCENT, WIDTHS[-1], ASCENT, 0, 8, 2, 1, 0)
    return struct.pack(">IIIIHHqqhhhhHHhhh", *values)


def _boxes() -> list[bytes]:
    return [b"", *map(_box, WIDTHS)]


def _box(width: int) -> bytes:
    outline = struct.pack(">hhhhhHH", 1, 0, DESCENT, width, ASCENT, 3, 0)
    flags = b"\x01" * 4
    xs = struct.pack(">4h", 0, 0, width, 0)
    ys = struct.pack(">4h", DESCENT, ASCENT - DESCENT, 0, DESCENT - ASCENT)
    return (outline + flags + xs + ys).ljust(36, b"\0")


def _offsets() -> list[int]:
    offsets = [0]
    for box in _boxes():
        offsets.append(offsets[-1] + len(box))
    return offsets


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    offset = 12 + 16 * len(tables)
    body = b""
    for name, content in sorted(tables.items()):
        directory += struct.pack(">4sIII", name, _checksum(content), offset + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return directory + body


def _checksum(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
