"""The file that was recovered, opened as a PDF: itself, or a page around a picture with its bytes untouched."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageSequence

from recover.errors import UnreadableInput
from recover.export.original import Original


def open_pdf(original: Original) -> pikepdf.Pdf:
    """The file as an open PDF; raises UnreadableInput."""
    try:
        if original.path.read_bytes()[:1024].lstrip()[:4] == b"%PDF" or original.path.suffix.lower() == ".pdf":
            return pikepdf.open(original.path, password=original.password or "")
        return _around_picture(original.path)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError) as error:
        cause = f"cannot be opened for a searchable PDF ({error})"
        raise UnreadableInput(str(original.path), cause, "give the file that was recovered") from error


def _around_picture(path: Path) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    with Image.open(path) as picture:
        for frame in ImageSequence.Iterator(picture):
            dpi = float(frame.info.get("dpi", (72, 72))[0]) or 72.0
            size = frame.width * 72 / dpi, frame.height * 72 / dpi
            _add_page(pdf, _image_stream(pdf, path, frame), size)
    return pdf


def _image_stream(pdf: pikepdf.Pdf, path: Path, frame: Image.Image) -> pikepdf.Stream:
    """A JPEG's own bytes; of other pictures the pixels, losslessly."""
    if frame.format == "JPEG" and frame.mode in {"L", "RGB"}:
        stream = pdf.make_stream(path.read_bytes())
        stream.Filter = pikepdf.Name.DCTDecode
    else:
        frame = frame.convert("L" if frame.mode in {"1", "L", "LA"} else "RGB")
        stream = pdf.make_stream(frame.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = frame.width, frame.height, 8
    stream.ColorSpace = pikepdf.Name.DeviceGray if frame.mode == "L" else pikepdf.Name.DeviceRGB
    return stream


def _add_page(pdf: pikepdf.Pdf, image: pikepdf.Stream, size: tuple[float, float]) -> None:
    page = pdf.add_blank_page(page_size=size)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    page.Contents = pdf.make_stream(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Scan Do Q".encode())


def page_bytes(page: pikepdf.Page) -> bytes:
    """A file of this one page."""
    single = pikepdf.new()
    single.pages.append(page)
    buffer = io.BytesIO()
    single.save(buffer)
    return buffer.getvalue()
