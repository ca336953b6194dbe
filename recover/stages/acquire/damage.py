"""Pictures that can't be shown, or not whole: what a scan loses without a sign of it."""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Iterator

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recover.model.geometry import Box, overlap
from recover.model.raster import Pixels
from recover.stages.acquire.layer import device_place

# Rows of blocks that JPEG codes together, and how many on both sides must be of one tone to see a step between them.
BLOCK, STEADY_ROWS = 8, 2
# Grey values of one tone, and a step between two of them.
EVEN_TONE, STEP = 5, 9
# Every so many columns are enough to tell a row's paper.
TONE_COLUMNS = 16


def jpeg_damage(data: bytes, size: tuple[int, int] | None = None) -> str:
    """What libjpeg complains of while it decodes; it goes on then, with noise from there on."""
    pixels, complaints = _decoded(data)
    if pixels is None:
        return "a picture (JPEG) cannot be decoded"
    if "Corrupt JPEG data" in complaints or "Premature end" in complaints:
        return "a picture's data (JPEG) are damaged"
    if size and (pixels.shape[1], pixels.shape[0]) != size:
        return "a picture has another size than the page says"
    return "a picture's data (JPEG) are damaged, by its sudden change of tone" if _steps(pixels) else ""


def _steps(pixels: Pixels) -> bool:
    """Whether the paper changes its tone all at once, over the whole width, where one row of blocks ends.

    Codes that were lost shift the tone of all that follows. Light and shadow on a scan change slowly, and the edge of
    a printed bar seldom falls on a row of blocks.
    """
    tones = np.percentile(pixels[:, ::TONE_COLUMNS], 90, axis=1)
    rows = len(tones) // BLOCK
    blocks = tones[: rows * BLOCK].reshape(rows, BLOCK)
    even = np.ptp(blocks, axis=1) <= EVEN_TONE
    levels = np.median(blocks, axis=1)
    for row in range(STEADY_ROWS, rows - STEADY_ROWS + 1):
        above, below = slice(row - STEADY_ROWS, row), slice(row, row + STEADY_ROWS)
        steady = even[above].all() and even[below].all() and np.ptp(levels[above]) <= EVEN_TONE >= np.ptp(levels[below])
        if steady and abs(levels[row] - levels[row - 1]) >= STEP:
            return True
    return False


def _decoded(data: bytes) -> tuple[Pixels | None, str]:
    """The picture, and what the library wrote to the standard error meanwhile: it tells nobody else."""
    with tempfile.TemporaryFile() as told:
        kept = os.dup(2)
        os.dup2(told.fileno(), 2)
        try:
            decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
        except cv2.error:
            decoded = None
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        told.seek(0)
        return decoded, told.read().decode("utf-8", "replace")


# Pictures on a PDF page that can't be shown, or not whole: what a scan loses without a sign of it.

# Smaller pictures are logos and ornaments.
LEAST_COVER, LEAST_PIXELS = 0.05, 300_000
# More of a picture outside the page than this isn't a trimmed margin any more.
MOST_OUTSIDE = 0.3
# A picture is shown as one even tone when its grey values lie this close together.
EVEN = 2
# Coders need so many bytes, and so many for a pixel, to say that a page is empty.
EMPTY_BYTES, EMPTY_BYTES_A_PIXEL = 1000, 1 / 2000
SIMPLE = {"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"}
KNOWN = SIMPLE | {"DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "Fl", "LZW", "RL", "A85", "AHx", "DCT"}
# These tell by themselves whether they are whole.
CHECKED: tuple[list[str], ...] = (["DCTDecode"], ["FlateDecode"], [])
INFLATE_BYTES = 1 << 20
# Operators that put pictures, text or shadings on a page.
DRAWS = re.compile(rb"\b(?:Do|Tj|TJ|EI|sh)\b|['\"]\s")


def find_damage(page: pdfium.PdfPage, pixels: Pixels, most_bytes: int) -> tuple[str, ...]:
    """What is wrong with the page's large pictures, ``pixels`` being the page as it is drawn."""
    return tuple(dict.fromkeys(_damages(page, pixels, most_bytes)))


def _damages(page: pdfium.PdfPage, pixels: Pixels, most_bytes: int) -> Iterator[str]:
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        if item.level > 0:  # inside a form, whose place isn't known
            damage = _stream_damage(item, most_bytes) if _pixels_in(item) > LEAST_PIXELS else ""
            damage = damage or _draws_nothing(item, pixels)
        else:
            damage = _placed_damage(page, item, pixels, most_bytes)
        if damage:
            yield damage


def _placed_damage(page: pdfium.PdfPage, item: pdfium.PdfImage, pixels: Pixels, most_bytes: int) -> str:
    box, (width, height) = Box(*item.get_bounds()), page.get_size()
    if not box.width * box.height >= LEAST_COVER * width * height:
        return ""
    outside = _outside(page, box)
    if outside > MOST_OUTSIDE:
        return f"{outside:.0%} of a picture lie outside the page"
    return _stream_damage(item, most_bytes) or _draws_nothing(item, _shown(page, box, pixels))


def _pixels_in(image: pdfium.PdfImage) -> int:
    width, height = image.get_px_size()
    return int(width * height)


def _outside(page: pdfium.PdfPage, box: Box) -> float:
    left, bottom, right, top = page.get_bbox()
    inside = overlap(box.x0, box.x1, left, right) * overlap(box.y0, box.y1, bottom, top)
    return 1 - inside / (box.width * box.height)


def _shown(page: pdfium.PdfPage, box: Box, pixels: Pixels) -> Pixels:
    """The picture's place on the drawn page."""
    height, width = pixels.shape
    corners = [device_place(page, x, y, width, height) for x, y in ((box.x0, box.y0), (box.x1, box.y1))]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return pixels[max(0, y0 + 1) : max(0, y1 - 1), max(0, x0 + 1) : max(0, x1 - 1)]


def _draws_nothing(image: pdfium.PdfImage, shown: Pixels) -> str:
    """A picture that comes out in one tone though its data say more than that."""
    if shown.size == 0 or int(shown.max()) - int(shown.min()) > EVEN or image.get_filters() in CHECKED:
        return ""
    width, height = image.get_px_size()
    size = pdfium_c.FPDFImageObj_GetImageDataRaw(image.raw, None, 0)
    if width * height == 0 or size > EMPTY_BYTES + EMPTY_BYTES_A_PIXEL * width * height:
        return f"a picture ({_filters(image)}) cannot be decoded: nothing of it is shown"
    return ""


def _stream_damage(image: pdfium.PdfImage, most_bytes: int) -> str:
    """What the picture's data show of damage, as far as their coding can tell."""
    filters = image.get_filters()
    unknown = [name for name in filters if name not in KNOWN]
    if unknown:
        return f"a picture is coded by {unknown[0][:40]}, which nobody can read"
    if filters in (["DCTDecode"], ["DCT"]):
        damage = jpeg_damage(bytes(image.get_data()), image.get_px_size())
        lacks_colours = image.get_metadata().colorspace == pdfium_c.FPDF_COLORSPACE_UNKNOWN
        return damage or ("a picture has lost its colours" if lacks_colours else "")
    if filters in (["FlateDecode"], ["Fl"]):
        return _deflate_damage(bytes(image.get_data()), most_bytes)
    return ""


def content_damage(page: pikepdf.Page, pixels: Pixels, objects: int, most_bytes: int) -> str:
    """What is wrong with what a page draws: damaged data, or something of which no objects came about."""
    streams = _streams(page.obj.get("/Contents"))
    for stream in streams:
        data = stream.read_raw_bytes() if stream.get("/Filter") == "/FlateDecode" else b""
        if data and _deflate_damage(data, most_bytes):
            return "the page's content is damaged"
    if objects or int(pixels.max()) - int(pixels.min()) > EVEN:
        return ""
    if not streams and len(page.obj.get("/Resources", {})):
        return "the page has lost what it draws"
    drawn = b" ".join(stream.read_bytes() for stream in streams)
    return "nothing is shown of what the page draws" if DRAWS.search(drawn) else ""


def _streams(contents: pikepdf.Object | None) -> list[pikepdf.Stream]:
    if isinstance(contents, pikepdf.Array):
        return [item for item in contents.as_list() if isinstance(item, pikepdf.Stream)]
    return [contents] if isinstance(contents, pikepdf.Stream) else []


def _deflate_damage(data: bytes, most_bytes: int) -> str:
    """Deflated data carry a checksum."""
    inflater, size = zlib.decompressobj(), 0
    try:
        while not inflater.eof and size <= most_bytes:
            piece = inflater.decompress(data, INFLATE_BYTES)
            data, size = inflater.unconsumed_tail, size + len(piece)
            if not piece and not data:
                return "a picture's data break off"
    except zlib.error:
        return "a picture's data are damaged"
    return ""


def _filters(image: pdfium.PdfImage) -> str:
    return ", ".join(image.get_filters()) or "uncoded"
