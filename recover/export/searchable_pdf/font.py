"""The one font of the invisible text: a code for every character used, and the map from codes back to Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pikepdf

from recover.export.searchable_pdf.glyphs import ASCENT, DESCENT, WIDTHS, font_file, width_class

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


class Codes:
    """Two-byte codes for characters, from 1 on in the order of their characters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.characters = sorted({char for text in texts for char in text})
        self._codes = {char: number for number, char in enumerate(self.characters, 1)}

    def encode(self, text: str) -> str:
        """The codes of ``text`` as hexadecimal digits."""
        return "".join(f"{self._codes[char]:04X}" for char in text)


def to_unicode(characters: Sequence[str]) -> bytes:
    """The CMap that leads from code i + 1 to ``characters[i]``."""
    entries = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in enumerate(characters, 1)]
    sections = [entries[at : at + _SECTION] for at in range(0, len(entries), _SECTION)]
    body = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in sections)
    return (_HEAD + body + _TAIL).encode("ascii")


def add_font(pdf: pikepdf.Pdf, codes: Codes) -> pikepdf.Object:
    """The font as an indirect object of ``pdf``."""
    descendant = pdf.make_indirect(_descendant(pdf, [width_class(char) for char in codes.characters]))
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name(FONT_NAME),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([descendant]),
            ToUnicode=pdf.make_stream(to_unicode(codes.characters)),
        )
    )


def _descendant(pdf: pikepdf.Pdf, classes: Sequence[int]) -> pikepdf.Dictionary:
    glyphs = b"\0\0" + b"".join((index + 1).to_bytes(2, "big") for index in classes)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name(FONT_NAME),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
        DW=WIDTHS[0],
        W=pikepdf.Array(_widths(classes)),
        CIDToGIDMap=pdf.make_stream(glyphs),
    )


def _widths(classes: Sequence[int]) -> list[int]:
    """Runs of codes with one width that isn't the default: first, last, width."""
    runs: list[list[int]] = []
    for code, index in enumerate(classes, 1):
        if index == 0:
            continue
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == WIDTHS[index]:
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
        FontBBox=pikepdf.Array([0, DESCENT, WIDTHS[0], ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=program,
    )
