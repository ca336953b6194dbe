"""The invisible text a scan may carry: none, what an English-only OCR leaves, or the true text in its place."""

from __future__ import annotations

import math
import os
import subprocess
import tempfile
from pathlib import Path

import cv2
import pikepdf

from samples.degrade import WornPage

# Operators that paint; a layer of text keeps everything but these.
_PAINTING = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "n", "W", "W*"})
_PATHS = frozenset({"m", "l", "c", "v", "y", "h", "re"})


def add_english_ocr(page: pikepdf.Page, worn: WornPage, dpi: int) -> None:
    """Lay over the page what ``tesseract -l eng`` reads in it: of Chinese print, Latin-letter nonsense."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        cv2.imwrite(str(picture), worn.image)
        base = Path(folder) / "layer"
        subprocess.run(
            ["tesseract", picture, base, "-l", "eng", "--dpi", str(dpi), "-c", "textonly_pdf=1", "pdf"],
            check=True,
            capture_output=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        with pikepdf.open(base.with_suffix(".pdf")) as layer:
            page.add_overlay(layer.pages[0], None)


def add_true_text(page: pikepdf.Page, typeset: pikepdf.Page, worn: WornPage) -> None:
    """Lay the typeset page's own text over its scan, invisible and turned as the scan is."""
    holder = pikepdf.new()
    holder.pages.append(typeset)
    layer = holder.pages[0]
    box = layer.mediabox
    matrix = _turn_about(worn.turned_deg, float(box[2]) / 2, float(box[3]) / 2)
    start = b"q %s cm 3 Tr\n" % " ".join(f"{value:.6f}" for value in matrix).encode()
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(layer)
        if str(instruction.operator) not in _PAINTING | _PATHS | {"Tr"}
    ]
    layer.Contents = holder.make_stream(start + pikepdf.unparse_content_stream(kept) + b"\nQ\n")
    page.add_overlay(layer, None)


def _turn_about(degrees: float, x: float, y: float) -> tuple[float, ...]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
