"""The one font of the invisible text, its blank glyphs, and old fonts left without a wrong map."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

import msgspec
import pikepdf

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


FONT_NAME = "/RecoveredText"
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
# A bfchar section holds at most 100 entries by the specification.
_SECTION = 100


class Shape(msgspec.Struct, frozen=True, order=True):
    """A character set in one of the font's widths, by the width's place in WIDTHS."""

    width: int
    char: str


class Codes:
    """Two-byte codes for the shapes that are used, those of one width side by side."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.shapes = sorted(set(shapes))
        self._codes = {shape: number for number, shape in enumerate(self.shapes, 1)}

    def encode(self, shapes: Iterable[Shape]) -> str:
        """The codes of ``shapes`` as hexadecimal digits."""
        return "".join(f"{self._codes[shape]:04X}" for shape in shapes)


def to_unicode(shapes: Sequence[Shape]) -> bytes:
    """The CMap that leads from code i + 1 to the character of ``shapes[i]``."""
    entries = [f"<{code:04X}> <{shape.char.encode('utf-16-be').hex().upper()}>" for code, shape in enumerate(shapes, 1)]
    sections = [entries[at : at + _SECTION] for at in range(0, len(entries), _SECTION)]
    body = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in sections)
    return (_HEAD + body + _TAIL).encode("ascii")


def add_font(pdf: pikepdf.Pdf, codes: Codes) -> pikepdf.Object:
    """The font as an indirect object of ``pdf``."""
    descendant = pdf.make_indirect(_descendant(pdf, [shape.width for shape in codes.shapes]))
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name(FONT_NAME),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([descendant]),
            ToUnicode=pdf.make_stream(to_unicode(codes.shapes)),
        )
    )


def _descendant(pdf: pikepdf.Pdf, widths: Sequence[int]) -> pikepdf.Dictionary:
    glyphs = b"\0\0" + b"".join((index + 1).to_bytes(2, "big") for index in widths)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name(FONT_NAME),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
        DW=1000,
        W=pikepdf.Array(_widths(widths)),
        CIDToGIDMap=pdf.make_stream(glyphs),
    )


def _widths(widths: Sequence[int]) -> list[int]:
    """Runs of codes with one width: first, last, width."""
    runs: list[list[int]] = []
    for code, index in enumerate(widths, 1):
        if runs and runs[-1][2] == WIDTHS[index]:
            runs[-1][1] = code
        else:
            runs.append([code, code, WIDTHS[index]])
    return [value for run in runs for value in run]


def _descriptor(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    program = pdf.make_stream(font_file())
    program.Length1 = len(font_file())
    return pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name(FONT_NAME),
        Flags=4,  # its own set of characters
        FontBBox=pikepdf.Array([0, DESCENT, WIDTHS[-1], ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=program,
    )


# Fonts whose Unicode map is wrong keep their looks and lose the map: all they say is a space.

_HEAD_BLANK = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Blank def /CMapType 2 def\n"
    "1 begincodespacerange {space} endcodespacerange\n"
)
_TAIL_BLANK = "endcmap CMapName currentdict /CMap defineresource pop end end\n"


class Blanks:
    """The file that is being rewritten, and the two maps that all its blanked fonts share."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._maps: dict[bool, pikepdf.Object] = {}

    def font(self, font: pikepdf.Object) -> pikepdf.Object:
        """A copy of the font that draws the same and reads as spaces."""
        is_wide = font.get("/Subtype") == "/Type0"
        if is_wide not in self._maps:
            self._maps[is_wide] = self.pdf.make_stream(_blank_map(is_wide=is_wide))
        copy = pikepdf.Dictionary(dict(font.items()))
        copy.ToUnicode = self._maps[is_wide]
        return self.pdf.make_indirect(copy)


def _blank_map(*, is_wide: bool) -> bytes:
    """Ranges of 256 codes that each read as a space; a range with an array may not cross a first byte."""
    spaces = "[" + "<0020>" * 256 + "]"
    firsts = [f"{first:02X}" for first in range(256)] if is_wide else [""]
    space = "<0000> <FFFF>" if is_wide else "<00> <FF>"
    sections = [firsts[at : at + 100] for at in range(0, len(firsts), 100)]
    body = "".join(
        f"{len(part)} beginbfrange\n"
        + "\n".join(f"<{first}00> <{first}FF> {spaces}" for first in part)
        + "\nendbfrange\n"
        for part in sections
    )
    return (_HEAD_BLANK.format(space=space) + body + _TAIL_BLANK).encode("ascii")
