"""PDF input: pictures, what is drawn on a page and what fonts say of themselves."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recover.errors import UnreadableInput
from recover.model.geometry import Box, Transform, overlap, shape_fault
from recover.model.page import LayerChar
from recover.model.raster import Pixels, Raster
from recover.settings import Limits, over
from recover.stages.acquire.layer import read_layer

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


# Whether a PDF page is a picture of print or print itself: what is drawn, in which order, visibly or not.

INVISIBLE = 3
# Pictures drawn over text hide it when they cover this share of the page.
HIDING_COVER = 0.5


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures (box in PDF space and resolution in dpi), the number of text objects one can see, and of all objects."""

    pictures: tuple[tuple[Box, float], ...]
    visible_texts: int
    objects: int


def inspect_page(page: pdfium.PdfPage, most_objects: int) -> Drawn:
    """Look at the page's objects in drawing order, and stop behind ``most_objects``."""
    width, height = page.get_size()
    pictures: list[tuple[Box, float]] = []
    visible, covered, objects = 0, 0.0, pdfium_c.FPDFPage_CountObjects(page.raw)
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_TEXT), max_depth=3):
        objects += 1
        if objects > most_objects:
            break
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            visible += pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) != INVISIBLE
            continue
        box = Box(*item.get_bounds())
        pixels = _pixel_width(item)
        if box.width > 0 and box.height > 0 and pixels:
            pictures.append((box, 72 * pixels / box.width))
            covered += overlap(box.x0, box.x1, 0, width) * overlap(box.y0, box.y1, 0, height)
            if covered > HIDING_COVER * width * height:
                visible, covered = 0, 0.0
    return Drawn(pictures=tuple(pictures), visible_texts=visible, objects=objects)


def _pixel_width(item: pdfium.PdfObject) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    known = pdfium_c.FPDFImageObj_GetImagePixelSize(item.raw, ctypes.byref(width), ctypes.byref(height))
    return width.value if known else 0


# PDF input: pictures and the text layer's characters through pypdfium2, fonts' maps through pikepdf.

# Type of 7.5 pt, the smallest that journals set, is then 21 pixels high: PP-OCRv6 gains nothing above that.
DRAWN_DPI = 200.0
# Scans are used as they are between these; below, enlarging is left to the reader, line by line.
MIN_DPI, MAX_DPI = 72.0, 300.0
# A page larger than this (about A2 at 300 dpi) is a poster or an attack; it is read at a lower resolution.
MAX_PIXELS = 35_000_000
# Colours are looked at in a picture this coarse.
COLOUR_DPI = 100.0
# A picture over this share of the page makes it a scan.
SCAN_COVER = 0.5
# Libraries stamp scans with a line or two of real type ("downloaded from ..."): still a scan.
MAX_STAMPS = 6


class PdfSource:
    """A PDF file, opened once; damaged pages raise when they are asked for, not before."""

    def __init__(self, path: Path, password: str | None, limits: Limits) -> None:
        self.name = path.name
        self._limits = limits
        self._path = path
        self._password = password
        self._document = _open(path, password)
        self.page_count = len(self._document)
        self._inspected: dict[int, Drawn] = {}
        self._hidden_layers: frozenset[str] | None = None
        if self.page_count == 0:
            raise _no_pages(path)

    def size(self, page: int) -> tuple[float, float]:
        width, height = self._page(page).get_size()
        if fault := shape_fault(width, height):
            raise self._unreadable(page, fault)
        return float(width), float(height)

    def is_picture(self, page: int) -> bool:
        width, height = self.size(page)
        drawn = self._drawn(page)
        covered = sum(box.area for box, _ in drawn.pictures)
        return covered >= SCAN_COVER * width * height and drawn.visible_texts <= MAX_STAMPS

    def raster(self, page: int) -> Raster:
        width, height = self.size(page)
        dpi = min(self._dpi(page), 72 * (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        try:
            bitmap = self._page(page).render(scale=dpi / 72, grayscale=True, rev_byteorder=False)
            pixels = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
        except (pdfium.PdfiumError, ValueError) as error:
            raise self._unreadable(page, f"cannot be drawn ({error})") from error
        return Raster(pixels=pixels, to_page=Transform(a=width / pixels.shape[1], e=height / pixels.shape[0]))

    def coloured(self, page: int) -> Pixels | None:
        """Three bands of a scan at up to 100 dpi; drawn type has its colours on vectors, and stamps are scanned."""
        if not self.is_picture(page):
            return None
        try:
            bitmap = self._page(page).render(scale=min(COLOUR_DPI, self._dpi(page)) / 72, grayscale=False)
            pixels = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width, -1)
        except (pdfium.PdfiumError, ValueError):
            return None
        return np.asarray(pixels[:, :, :3], np.uint8)

    def characters(self, page: int) -> tuple[LayerChar, ...]:
        try:
            return read_layer(self._page(page))
        except (pdfium.PdfiumError, ZeroDivisionError) as error:
            raise self._unreadable(page, f"its text layer cannot be read ({error})") from error

    def font_faults(self, page: int) -> dict[str, str]:
        """Fonts without a usable map; none where the file's fonts cannot be looked at."""
        import pikepdf  # noqa: PLC0415 scans never need it

        try:
            with pikepdf.open(self._path, password=self._password or "") as pdf:
                return font_faults(pdf.pages[page])
        except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            # Fonts as damaged as this are judged by what they say.
            return {}

    def hidden(self, page: int) -> tuple[Box, ...]:
        from recover.stages.acquire.layer import hidden_layers, hidden_places  # noqa: PLC0415

        if self._hidden_layers is None:
            self._hidden_layers = hidden_layers(self._path, self._password)
        return hidden_places(self._page(page), self._hidden_layers)

    def drawn_rules(self, page: int) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        if self.is_picture(page):
            return (), ()
        return drawn_rules(self._path, self._password, page)

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:
        from recover.stages.acquire.damage import content_damage, find_damage  # noqa: PLC0415

        pixels = drawn.pixels
        most_bytes = self._limits.memory_mb * 2**19
        found = find_damage(self._page(page), pixels, most_bytes)
        try:
            with pikepdf.open(self._path, password=self._password or "") as pdf:
                content = content_damage(pdf.pages[page], pixels, self._drawn(page).objects, most_bytes)
                if not content and any("MediaBox is undefined" in str(warning) for warning in pdf.get_warnings()):
                    content = "the page's size is not told: some of it may not be shown"
        except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError):
            content = "" if found else "its objects are damaged"
        return (*found, content) if content else found

    def close(self) -> None:
        self._document.close()

    def _page(self, page: int) -> pdfium.PdfPage:
        try:
            return self._document[page]
        except (pdfium.PdfiumError, IndexError) as error:
            raise self._unreadable(page, f"cannot be opened ({error})") from error

    def _dpi(self, page: int) -> float:
        """The resolution of the picture that covers most of the page; at least DRAWN_DPI where type is drawn."""
        drawn = self._drawn(page)
        if not drawn.pictures or (drawn.visible_texts and not self.is_picture(page)):
            return DRAWN_DPI
        largest = max(drawn.pictures, key=lambda picture: picture[0].area)
        return min(MAX_DPI, max(MIN_DPI, largest[1]))

    def _drawn(self, page: int) -> Drawn:
        if page not in self._inspected:
            self._inspected = {page: inspect_page(self._page(page), self._limits.objects)}
        if self._inspected[page].objects > self._limits.objects:
            raise UnreadableInput(self._subject(page), *over("objects", "it draws too much", self._limits.objects))
        return self._inspected[page]

    def _unreadable(self, page: int, cause: str) -> UnreadableInput:
        return UnreadableInput(self._subject(page), cause, "repair the file or leave the page out")

    def _subject(self, page: int) -> str:
        return f"{self._path} page {page + 1}"


def _open(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            cause = "is encrypted" if password is None else "does not open with this password"
            raise UnreadableInput(str(path), f"the PDF {cause}", "give its password with --password") from error
        if _lacks_pages(path):
            raise _no_pages(path) from error
        raise UnreadableInput(str(path), f"no readable PDF ({error})", "check that the file is whole") from error


def _lacks_pages(path: Path) -> bool:
    """Whether a file that PDFium declines is whole, only empty."""
    try:
        with pikepdf.open(path) as pdf:
            return not pdf.pages
    except (pikepdf.PdfError, ValueError):
        return False


def _no_pages(path: Path) -> UnreadableInput:
    return UnreadableInput(str(path), "the PDF has no pages", "check the file at its source")


# What a page of drawn type says of its rules: strokes too thin or pale to be seen on its picture, and edges of tints.
# pdfplumber takes lines, rectangles and curves apart into edges, with the page's rotation undone.

# In points: shorter edges belong to signs; a stroke as thick as this is a bar, and edges as near as this are one.
SHORTEST, THICKEST, NEAR = 6.0, 3.0, 1.0
# A tint that covers this share of the page is its paper.
PAPER = 0.7
# On white, a tint lighter than this can't be told from the paper.
WHITEST = 0.985

Rules = tuple[tuple[Box, ...], tuple[Box, ...]]
Object = dict[str, Any]


def drawn_rules(path: Path, password: str | None, page: int) -> Rules:
    """Rules across and down, as boxes in points of the page as it is shown; none where it cannot be taken apart."""
    import pdfplumber  # noqa: PLC0415 only tables need it

    try:
        with pdfplumber.open(path, password=password or "", pages=[page + 1]) as pdf:
            return _rules(pdf.pages[0])
    except Exception:  # noqa: BLE001 pdfminer meets damaged files with errors of every kind; the picture is still there
        return (), ()


def _rules(page: Any) -> Rules:
    left, top = page.cropbox[:2]
    strokes = [_placed(edge, left, top) for edge in (*page.lines, *page.curve_edges) if _is_seen(edge)]
    boxes = [(_placed(item, left, top), item) for item in page.rects if _is_seen(item)]
    thin = [box for box, _ in boxes if min(box.width, box.height) < THICKEST]
    tints = [
        (box, _colour(item))
        for box, item in boxes
        if min(box.width, box.height) >= THICKEST and box.area < PAPER * page.width * page.height
    ]
    across = [box for box in (*strokes, *thin) if box.width > max(SHORTEST, box.height)]
    down = [box for box in (*strokes, *thin) if box.height > max(SHORTEST, box.width)]
    return (
        _once((*across, *_level_edges(tints)), lambda box: (box.y0, box.x0, box.x1)),
        _once((*down, *_upright_edges(tints)), lambda box: (box.x0, box.y0, box.y1)),
    )


def _placed(item: Object, left: float, top: float) -> Box:
    return Box(item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top).rounded()


def _is_seen(item: Object) -> bool:
    """Whether it is stroked, or filled with what isn't white."""
    if item.get("stroke") and min(_colour(item, "stroking_color")) < WHITEST:
        return True
    return bool(item.get("fill")) and min(_colour(item)) < WHITEST


def _colour(item: Object, name: str = "non_stroking_color") -> tuple[float, ...]:
    """Red, green and blue, or grey, from 0 to 1; of inks the white that they leave, of patterns black."""
    value = item.get(name)
    parts = tuple(value) if isinstance(value, tuple | list) else (value,)
    numbers = tuple(float(part) for part in parts if isinstance(part, int | float))
    if len(numbers) != len(parts):
        return (0.0,)
    return tuple(1 - min(1.0, ink + numbers[3]) for ink in numbers[:3]) if len(numbers) == 4 else numbers


def _level_edges(tints: Sequence[tuple[Box, tuple[float, ...]]]) -> list[Box]:
    """Upper and lower edges of tints, but where the next one goes on in the same colour."""
    return [
        Box(box.x0, y, box.x1, y)
        for box, colour in tints
        for y in (box.y0, box.y1)
        if not any(
            other is not box
            and shade == colour
            and min(abs(other.y0 - y), abs(other.y1 - y)) < NEAR
            and overlap(box.x0, box.x1, other.x0, other.x1) > box.width / 2
            for other, shade in tints
        )
    ]


def _upright_edges(tints: Sequence[tuple[Box, tuple[float, ...]]]) -> list[Box]:
    turned = [(Box(box.y0, box.x0, box.y1, box.x1), colour) for box, colour in tints]
    return [Box(edge.y0, edge.x0, edge.y1, edge.x1) for edge in _level_edges(turned)]


def _once(boxes: Sequence[Box], place: Callable[[Box], tuple[float, ...]]) -> tuple[Box, ...]:
    """The boxes in the order of their places, those left out that an earlier one says."""
    kept: list[Box] = []
    for box in sorted(boxes, key=place):
        if not any(all(abs(a - b) < NEAR for a, b in zip(place(box), place(one), strict=True)) for one in kept[-40:]):
            kept.append(box)
    return tuple(kept)
