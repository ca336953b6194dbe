"""Text of a PDF on layers that are switched off: the page doesn't show it, so it is none of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recover.model.geometry import Box
from recover.model.layer import LayerChar

# A layer's name is read up to so many bytes.
NAME_BYTES = 1024


def hidden_layers(path: Path, password: str | None) -> frozenset[str]:
    """The names of the layers that are off when the file is opened; none where that can't be told."""
    try:
        with pikepdf.open(path, password=password or "") as pdf:
            off = pdf.Root.OCProperties.D.OFF
            return frozenset(str(layer.get("/Name", "")) for layer in off.as_list())
    except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return frozenset()


def hidden_places(page: pdfium.PdfPage, layers: frozenset[str]) -> tuple[Box, ...]:
    """The boxes, in points of the page as it is shown, of what is drawn on these layers."""
    if not layers:
        return ()
    items = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=1)
    return tuple(_on_page(page, Box(*item.get_bounds())) for item in items if _layers_of(item) & layers)


def without_hidden(chars: Iterable[LayerChar], hidden: Sequence[Box]) -> tuple[LayerChar, ...]:
    """The characters whose middle stands in none of the hidden places."""

    def is_shown(char: LayerChar) -> bool:
        x, y = (char.box.x0 + char.box.x1) / 2, (char.box.y0 + char.box.y1) / 2
        return not any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in hidden)

    return tuple(char for char in chars if is_shown(char))


def _layers_of(item: pdfium.PdfObject) -> set[str]:
    count = pdfium_c.FPDFPageObj_CountMarks(item.raw)
    marks = (pdfium_c.FPDFPageObj_GetMark(item.raw, at) for at in range(max(0, count)))
    return {_parameter(mark, b"Name") for mark in marks if _name(mark) == "OC"}


def _name(mark: object) -> str:
    buffer, length = (ctypes.c_ushort * (NAME_BYTES // 2))(), ctypes.c_ulong()
    pdfium_c.FPDFPageObjMark_GetName(mark, buffer, NAME_BYTES, ctypes.byref(length))
    return _text(buffer, length.value)


def _parameter(mark: object, key: bytes) -> str:
    buffer, length = (ctypes.c_ushort * (NAME_BYTES // 2))(), ctypes.c_ulong()
    pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, key, buffer, NAME_BYTES, ctypes.byref(length))
    return _text(buffer, length.value)


def _text(buffer: ctypes.Array[ctypes.c_ushort], length: int) -> str:
    return bytes(buffer)[: max(0, min(length, NAME_BYTES) - 2)].decode("utf-16-le", "replace")


def _on_page(page: pdfium.PdfPage, box: Box) -> Box:
    width, height = page.get_size()
    # Hundredths of a point: the function counts in whole numbers.
    corners = [
        _device(page, x, y, int(width * 100), int(height * 100)) for x, y in ((box.x0, box.y0), (box.x1, box.y1))
    ]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return Box(x0 / 100, y0 / 100, x1 / 100, y1 / 100)


def _device(page: pdfium.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value
