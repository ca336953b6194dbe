"""Pages around a picture file's frames, and the file that was recovered opened as a PDF."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pikepdf
from PIL import Image, ImageOps, ImageSequence

from recover.errors import UnreadableInput
from recover.export.formats import Original
from recover.model.document import Document
from recover.model.records import PageRecord

_ORIENTATION = 0x0112
# How a viewer turns the page that a camera marked so; mirrored pictures, the other marks, are redrawn.
_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
_MODES = {"1": ("DeviceGray", 1), "L": ("DeviceGray", 8), "RGB": ("DeviceRGB", 8)}
_PNG_MODES = {(1, 0): "1", (8, 0): "L", (8, 2): "RGB"}


class Pixels(msgspec.Struct, frozen=True, kw_only=True):
    """A picture as PDF takes it: its bytes, how they are packed, and how the page is turned."""

    content: bytes
    mode: str
    size: tuple[int, int]
    packing: str = ""
    turn: int = 0


def pdf_around(path: Path, records: Mapping[int, PageRecord]) -> pikepdf.Pdf:
    """A PDF with a page a frame, each as large as its record says; raises what Pillow raises."""
    pdf = pikepdf.new()
    with Image.open(path) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            record = records.get(number)
            size = (record.width, record.height) if record else (float(frame.width), float(frame.height))
            _add_page(pdf, _pixels(path, frame), size)
    return pdf


def _pixels(path: Path, frame: Image.Image) -> Pixels:
    turn = _TURNS.get(frame.getexif().get(_ORIENTATION, 1))
    if frame.format == "JPEG" and frame.mode in _MODES and turn is not None:
        return Pixels(content=path.read_bytes(), mode=frame.mode, size=frame.size, packing="DCTDecode", turn=turn)
    plain = plain_png(path.read_bytes()) if frame.format == "PNG" and turn == 0 else None
    return plain or _redrawn(ImageOps.exif_transpose(frame))


def _redrawn(frame: Image.Image) -> Pixels:
    """The pixels on white paper, in the nearest kind that PDF and everybody else shows."""
    if "A" in frame.getbands() or "transparency" in frame.info:
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame.convert("RGBA"))
    if frame.mode not in _MODES:
        frame = frame.convert("L" if frame.mode.startswith(("I", "F")) else "RGB")
    return Pixels(content=frame.tobytes(), mode=frame.mode, size=frame.size)


def plain_png(content: bytes) -> Pixels | None:
    """A PNG's packed rows as they are: PDF knows the same packing; None for kinds that PDF doesn't."""
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", content[16:29])
    mode = _PNG_MODES.get((depth, colour))
    chunks: list[bytes] = []
    at = 8
    while at + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if name == b"tRNS":
            return None
        if name == b"IDAT":
            chunks.append(content[at + 8 : at + 8 + length])
        at += length + 12
    if mode is None or interlace or not chunks:
        return None
    return Pixels(content=b"".join(chunks), mode=mode, size=(width, height), packing="FlateDecode")


def _add_page(pdf: pikepdf.Pdf, pixels: Pixels, size: tuple[float, float]) -> None:
    width, height = size if pixels.turn in {0, 180} else (size[1], size[0])
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=_stream(pdf, pixels)))
    page.Contents = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode())
    if pixels.turn:
        page.obj.Rotate = pixels.turn


def _stream(pdf: pikepdf.Pdf, pixels: Pixels) -> pikepdf.Stream:
    stream = pdf.make_stream(pixels.content)
    space, depth = _MODES[pixels.mode]
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = pixels.size
    stream.BitsPerComponent, stream.ColorSpace = depth, pikepdf.Name(f"/{space}")
    if pixels.packing:
        stream.Filter = pikepdf.Name(f"/{pixels.packing}")
    if pixels.packing == "FlateDecode":
        stream.DecodeParms = pikepdf.Dictionary(
            Predictor=15, Colors=3 if pixels.mode == "RGB" else 1, BitsPerComponent=depth, Columns=pixels.size[0]
        )
    return stream


# The file that was recovered, opened as a PDF: itself, or a page around each picture.

_UNREADABLE = (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, SyntaxError, EOFError, struct.error)


def open_pdf(original: Original, document: Document) -> pikepdf.Pdf:
    """The file as an open PDF; raises UnreadableInput."""
    try:
        if b"%PDF-" in original.path.read_bytes()[:1024]:
            return pikepdf.open(original.path, password=original.password or "")
        return pdf_around(original.path, {record.number: record for record in document.pages})
    except _UNREADABLE as error:
        cause = f"cannot be opened for a searchable PDF ({error})"
        raise UnreadableInput(str(original.path), cause, "give the file that was recovered") from error


def page_bytes(page: pikepdf.Page) -> bytes:
    """A file of this one page."""
    single = pikepdf.new()
    single.pages.append(page)
    buffer = io.BytesIO()
    single.save(buffer)
    return buffer.getvalue()
