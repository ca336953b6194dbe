"""Fonts whose Unicode map is wrong keep their looks and lose the map: all they say is a space."""

from __future__ import annotations

import pikepdf

_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Blank def /CMapType 2 def\n"
    "1 begincodespacerange {space} endcodespacerange\n"
)
_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end\n"


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
    return (_HEAD.format(space=space) + body + _TAIL).encode("ascii")
