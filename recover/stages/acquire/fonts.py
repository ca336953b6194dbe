"""What a PDF's fonts say of themselves: whether their codes can be turned into text at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

# Glyph names that number the glyphs of a subset and tell nothing of the characters: g12, G01, cid0034, glyph7.
_NUMBERED = re.compile(r"/(?:g|G|c|C|cid|glyph|index|a)\d+")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
# Encodings of composite fonts that number glyphs instead of characters.
_IDENTITY = ("/Identity-H", "/Identity-V")
# A font is no good when this share of what its map promises is private or one and the same character.
_MOSTLY = 0.5


def font_faults(page: pikepdf.Page) -> dict[str, str]:
    """Fonts of ``page`` (by the name its characters carry) that have no usable map, each with what is wrong."""
    faults = {}
    for font in _fonts(page):
        fault = _fault(font)
        if fault:
            faults[str(font.get("/BaseFont", "")).lstrip("/")] = fault
    return faults


def _fonts(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    resources = page.get("/Resources")
    fonts = resources.get("/Font") if resources is not None else None
    if fonts is not None:
        yield from fonts.as_dict().values()


def _fault(font: pikepdf.Object) -> str:
    to_unicode = font.get("/ToUnicode")
    if isinstance(to_unicode, pikepdf.Stream):
        return map_fault(to_unicode.read_bytes())
    if font.get("/Subtype") == "/Type0":
        return "a font of glyph numbers without a map to Unicode" if _has_glyph_codes(font) else ""
    return "glyph names that say nothing of the characters" if _has_numbered_names(font) else ""


def map_fault(cmap: bytes) -> str:
    """What is wrong with a ToUnicode map; "" when it looks sound."""
    targets = [match[2].upper() for match in _MAPPED.finditer(cmap)]
    if len(targets) < 3:
        return ""
    if sum(_is_private(target) for target in targets) > _MOSTLY * len(targets):
        return "a map to private or replacement characters"
    if len(set(targets)) < (1 - _MOSTLY) * len(targets) / 4:
        return "a map of many glyphs to one character"
    return ""


def _is_private(target: bytes) -> bool:
    return b"E000" <= target[:4] <= b"F8FF" or target[:4] in (b"FFFD", b"0000")


def _has_glyph_codes(font: pikepdf.Object) -> bool:
    """Identity codes into an unknown collection; Adobe's own collections have published maps."""
    below = font.get("/DescendantFonts")
    if str(font.get("/Encoding", "")) not in _IDENTITY or below is None:
        return False
    system = below[0].get("/CIDSystemInfo")
    return system is None or str(system.get("/Ordering", "")) == "Identity"


def _has_numbered_names(font: pikepdf.Object) -> bool:
    encoding = font.get("/Encoding")
    differences = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
    if differences is None:
        return False
    names = [str(item) for item in differences if isinstance(item, pikepdf.Name)]
    return len(names) >= 3 and sum(bool(_NUMBERED.fullmatch(name)) for name in names) > _MOSTLY * len(names)
