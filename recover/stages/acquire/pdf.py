"""PDF input: pictures and the text layer's characters through pypdfium2, fonts' maps through pikepdf."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium

from recover.errors import UnreadableInput
from recover.limits import Limits, over
from recover.model.geometry import Box, Transform
from recover.model.layer import LayerChar
from recover.model.raster import Pixels, Raster
from recover.stages.acquire.drawn import Drawn, inspect_page
from recover.stages.acquire.layer import read_layer
from recover.stages.acquire.shape import shape_fault

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

        from recover.stages.acquire.fonts import font_faults  # noqa: PLC0415

        try:
            with pikepdf.open(self._path, password=self._password or "") as pdf:
                return font_faults(pdf.pages[page])
        except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            # Fonts as damaged as this are judged by what they say.
            return {}

    def hidden(self, page: int) -> tuple[Box, ...]:
        from recover.stages.acquire.hidden import hidden_layers, hidden_places  # noqa: PLC0415

        if self._hidden_layers is None:
            self._hidden_layers = hidden_layers(self._path, self._password)
        return hidden_places(self._page(page), self._hidden_layers)

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
