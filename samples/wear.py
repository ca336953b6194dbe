"""Turn a typeset article into a scan: ``python -m samples.wear samples/typeset/als_kai.pdf -o out.pdf``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np
import pikepdf
import pypdfium2

from samples.degrade import WEARS, Gray, WornPage, degrade
from samples.fonts import garble_main_font
from samples.layers import add_english_ocr, add_true_text

TextLayer = Literal["none", "english-ocr", "good", "mixed", "digital", "garbled-font"]


def wear_pdf(
    typeset: Path, out: Path, *, dpi: int, wear: str, text_layer: TextLayer, seed: int = 1, pages: int | None = None
) -> None:
    """Write the scan of a typeset PDF.

    ``mixed`` leaves every second page born digital between scanned ones that carry an English-only OCR; ``digital``
    and ``garbled-font`` are no scans at all.
    """
    if text_layer in {"digital", "garbled-font"}:
        _copy_digital(typeset, out, is_garbled=text_layer == "garbled-font")
        return
    with pikepdf.open(typeset) as source, pypdfium2.PdfDocument(typeset) as drawn:
        scan = pikepdf.new()
        for number in range(min(pages or len(drawn), len(drawn))):
            if text_layer == "mixed" and number % 2:
                scan.pages.append(source.pages[number])
                continue
            worn = degrade(_rasterise(drawn[number], dpi), WEARS[wear], seed + number)
            page = _image_page(scan, worn, dpi)
            if text_layer in {"english-ocr", "mixed"}:
                add_english_ocr(page, worn, dpi)
            elif text_layer == "good":
                add_true_text(page, source.pages[number], worn)
        # A fixed id, so that the same settings write the same bytes.
        scan.save(out, deterministic_id=True)


def _copy_digital(typeset: Path, out: Path, *, is_garbled: bool) -> None:
    with pikepdf.open(typeset) as pdf:
        if is_garbled:
            garble_main_font(pdf)
        pdf.save(out, deterministic_id=True)


def _rasterise(page: pypdfium2.PdfPage, dpi: int) -> Gray:
    return np.ascontiguousarray(page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze())


def _image_page(pdf: pikepdf.Pdf, worn: WornPage, dpi: int) -> pikepdf.Page:
    """A page that is nothing but its picture, the JPEG data as the encoder wrote it."""
    height, width = worn.image.shape
    data = cv2.imencode(".jpg", worn.image, [cv2.IMWRITE_JPEG_QUALITY, worn.jpeg_quality])[1].tobytes()
    image = pikepdf.Stream(pdf, data)
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    width_pt, height_pt = width * 72 / dpi, height * 72 / dpi
    page = pdf.add_blank_page(page_size=(width_pt, height_pt))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=pdf.make_indirect(image)))
    page.Contents = pdf.make_stream(f"q {width_pt:.3f} 0 0 {height_pt:.3f} 0 0 cm /Scan Do Q".encode())
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description="Turn a typeset PDF into a scan.")
    parser.add_argument("typeset", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--wear", choices=sorted(WEARS), default="light")
    parser.add_argument("--text-layer", choices=get_args(TextLayer), default="none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, help="only the first so many pages")
    given = parser.parse_args()
    wear_pdf(
        given.typeset,
        given.output,
        dpi=given.dpi,
        wear=given.wear,
        text_layer=given.text_layer,
        seed=given.seed,
        pages=given.pages,
    )


if __name__ == "__main__":
    main()
