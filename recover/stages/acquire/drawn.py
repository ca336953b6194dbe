"""Whether a PDF page is a picture of print or print itself: what is drawn, in which order, visibly or not."""

from __future__ import annotations

import ctypes

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recover.model.geometry import Box, overlap

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
