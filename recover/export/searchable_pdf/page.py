"""One page: its old text out where that changes nothing seen, the recovered text in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium

from recover.export.searchable_pdf.blank import Blanks
from recover.export.searchable_pdf.font import Codes
from recover.export.searchable_pdf.open import page_bytes
from recover.export.searchable_pdf.place import SetLine, operators, set_line
from recover.export.searchable_pdf.size import even_sizes
from recover.export.searchable_pdf.strip import has_seen_text, inherited, strip_text
from recover.model.document import PageRecord
from recover.model.geometry import Transform


def set_lines(page: pikepdf.Page, record: PageRecord) -> list[SetLine]:
    """The page's lines at their place: those of the text in reading order, then running heads and the like."""
    to_user = user_space(page, record)
    regions = sorted(record.regions, key=lambda region: (region.order is None, region.order or 0))
    return [placed for line, share in even_sizes(regions) if (placed := set_line(line, to_user, share))]


def replace_text(
    blanks: Blanks, page: pikepdf.Page, lines: Sequence[SetLine], font: pikepdf.Object, codes: Codes
) -> None:
    """Put the lines into the page in place of its text."""
    is_typed = has_seen_text(page)
    before = page_bytes(page) if is_typed else b""
    unseen = strip_text(blanks, page, "unseen") if is_typed else None
    strip_text(blanks, page, "all").apply(page)
    if unseen is not None and not _looks_same(before, page_bytes(page)):
        unseen.apply(page)
    _add_text(blanks.pdf, page, lines, font, codes)


def is_good_type(page: pikepdf.Page, record: PageRecord) -> bool:
    """Whether the page is type that is really drawn, and every line of it was taken as it stands there."""
    read = [region for region in record.regions if region.lines]
    return bool(read) and all(region.decision == "keep" for region in read) and has_seen_text(page)


def _add_text(
    pdf: pikepdf.Pdf, page: pikepdf.Page, lines: Sequence[SetLine], font: pikepdf.Object, codes: Codes
) -> None:
    if not lines:
        return
    resources = pikepdf.Dictionary(dict(inherited(page).items()))
    fonts = dict(resources.get("/Font", pikepdf.Dictionary()).items())
    resources.Font = pikepdf.Dictionary({**fonts, "/RcvF": font})
    page.obj.Resources = resources
    text = "\n".join(operators(line, codes) for line in lines)
    page.contents_add(pdf.make_stream(b"q"), prepend=True)
    page.contents_add(pdf.make_stream(f"Q q BT 3 Tr\n{text}\nET Q".encode("ascii")))


def user_space(page: pikepdf.Page, record: PageRecord) -> Transform:
    """The map from the page as it is shown (points, origin top left) to the PDF's own coordinates."""
    x0, y0, x1, y1 = _shown_box(page)
    turned = int(page.obj.get("/Rotate", _inherited_rotation(page))) % 360
    sideways = turned in {90, 270}
    across = (y1 - y0 if sideways else x1 - x0) / record.width
    down = (x1 - x0 if sideways else y1 - y0) / record.height
    return {
        0: Transform(across, 0, x0, 0, -down, y1),
        90: Transform(0, down, x0, across, 0, y0),
        180: Transform(-across, 0, x1, 0, down, y0),
        270: Transform(0, -down, x1, -across, 0, y1),
    }[turned]


def _inherited_rotation(page: pikepdf.Page) -> int:
    node = page.obj.get("/Parent")
    while node is not None:
        if "/Rotate" in node:
            return int(node["/Rotate"])
        node = node.get("/Parent")
    return 0


def _shown_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The crop box as far as it lies on the paper."""
    crop, media = (sorted_box([float(value) for value in box]) for box in (page.cropbox, page.mediabox))
    inside = max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])
    return inside if inside[0] < inside[2] and inside[1] < inside[3] else media


def sorted_box(values: list[float]) -> tuple[float, float, float, float]:
    """Any two opposite corners as left, bottom, right, top."""
    return min(values[0::2]), min(values[1::2]), max(values[0::2]), max(values[1::2])


def _looks_same(before: bytes, after: bytes) -> bool:
    first, second = _drawn(before), _drawn(after)
    return first.shape == second.shape and not np.any(first != second)


def _drawn(content: bytes) -> npt.NDArray[np.uint8]:
    document = pdfium.PdfDocument(content)
    try:
        bitmap = document[0].render(scale=1, grayscale=True)
        return np.array(bitmap.to_numpy(), copy=True)
    finally:
        document.close()
