"""Small PDFs of one page to put recovered text into."""

import io
from pathlib import Path

import msgspec
import pikepdf

from recover.export.formats import Original
from recover.export.searchable_pdf import render
from recover.model.document import Document
from recover.model.records import PageLine, PageRecord
from tests.export.conftest import make_paper, picture, region


def scan(content: bytes = b"", *, rotate: int = 0, crop: tuple[int, ...] | None = None, above: bool = True) -> bytes:
    """A page that is a picture, with other content above it or below."""
    pdf = pikepdf.new()
    size = (595, 842)
    page = pdf.add_blank_page(page_size=size)
    image = pdf.make_stream(picture("JPEG"))
    image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 200, 280, pikepdf.Name.DeviceGray, 8
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Scan=image), Font=pikepdf.Dictionary(F1=pdf.make_indirect(font))
    )
    drawn = b"q 595 0 0 842 0 0 cm /Scan Do Q\n"
    page.Contents = pdf.make_stream(drawn + content if above else content + drawn)
    if rotate:
        page.obj.Rotate = rotate
    if crop:
        page.obj.CropBox = pikepdf.Array(crop)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


GARBLED = b"BT /F1 12 Tf 3 Tr 50 700 Td (AMA RAS garbled) Tj ET\n"
DRAWN = b"BT /F1 12 Tf 50 700 Td (GOODTYPE) Tj ET\n"


def searchable(tmp_path: Path, content: bytes, document: Document) -> bytes:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    return render(document, tmp_path, Original(path=path))


def one_page(*lines: PageLine, decision: str = "re-read", size: tuple[float, float] = (595, 842)) -> Document:
    part = msgspec.structs.replace(region("p1.r1", "text", 0, *lines), decision=decision)
    page = PageRecord(number=0, width=size[0], height=size[1], dpi=200, regions=(part,))
    return msgspec.structs.replace(make_paper(), pages=(page,))
