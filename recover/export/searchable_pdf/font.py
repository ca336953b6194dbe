"""The one font of the invisible text: a code for every character in every width it is set in, and the map back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import pikepdf

from recover.export.searchable_pdf.glyphs import ASCENT, DESCENT, WIDTHS, font_file

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
