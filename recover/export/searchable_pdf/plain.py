"""Whether a page holds nothing but pictures, simple drawing and the recovered text: lists of what is let through.

All else may be in order too, but cannot be vouched for without a validator.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from recover.export.searchable_pdf.font import FONT_NAME

_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/Contents",
    "/Resources", "/StructParents", "/Tabs", "/UserUnit", "/LastModified", "/Thumb",
}  # fmt: skip
_FORM = {
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Length", "/Filter", "/DecodeParms", "/Name",
}  # fmt: skip
_IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/ImageMask",
    "/Interpolate", "/Length", "/Filter", "/DecodeParms", "/Name",
}  # fmt: skip
# The colour spaces and patterns among a page's resources cannot be drawn with by the operators below.
_RESOURCES = {"/ProcSet", "/XObject", "/Font", "/ColorSpace", "/Pattern", "/Shading"}
_OPERATORS = {
    "q", "Q", "cm", "w", "J", "j", "M", "d", "i", "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B",
    "B*", "b", "b*", "n", "W", "W*", "g", "G", "rg", "RG", "Do", "BMC", "EMC", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*",
    "Tc", "Tw", "Tz", "TL", "Tr", "Ts", "Tj", "TJ", "'", '"',
}  # fmt: skip
_FILTERS = {
    "/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode", "/ASCII85Decode",
    "/ASCIIHexDecode",
}  # fmt: skip
_SPACES = ("/DeviceGray", "/DeviceRGB")
# Points; the limits that PDF/A-2 takes from the specification of PDF 1.7.
_SMALLEST, _LARGEST = 3, 14400
_MAX_DEPTH = 8


def is_plain_page(page: pikepdf.Page) -> bool:
    """Whether all of the page is on the lists; raises what damaged objects raise."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return (
        set(page.obj.keys()) <= _PAGE
        and _has_plain_size(page)
        and all(map(_is_plain_stream, _contents(page)))
        and _is_plain_drawing(page, resources, 0)
    )


def _has_plain_size(page: pikepdf.Page) -> bool:
    x0, y0, x1, y1 = (float(value) for value in page.mediabox)
    return all(_SMALLEST <= abs(side) <= _LARGEST for side in (x1 - x0, y1 - y0))


def _contents(page: pikepdf.Page) -> Sequence[pikepdf.Object]:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]


def _is_plain_drawing(drawing: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, depth: int) -> bool:
    fonts = resources.get("/Font", pikepdf.Dictionary()).values()
    drawn = resources.get("/XObject", pikepdf.Dictionary()).values()
    return (
        depth <= _MAX_DEPTH
        and set(resources.keys()) <= _RESOURCES
        and all(font.get("/BaseFont") == FONT_NAME for font in fonts)
        and all(str(step.operator) in _OPERATORS for step in pikepdf.parse_content_stream(drawing))
        and all(_is_plain_object(item, depth + 1) for item in drawn)
    )


def _is_plain_object(item: pikepdf.Object, depth: int) -> bool:
    if item.get("/Subtype") == "/Form":
        is_known = set(item.keys()) <= _FORM and _is_plain_stream(item)
        return is_known and _is_plain_drawing(item, item.get("/Resources", pikepdf.Dictionary()), depth)
    return item.get("/Subtype") == "/Image" and _is_plain_image(item)


def _is_plain_image(image: pikepdf.Object) -> bool:
    is_mask = bool(image.get("/ImageMask", False))
    is_known = set(image.keys()) <= _IMAGE and _is_plain_stream(image) and not image.get("/Interpolate", False)
    return is_known and (is_mask or _is_plain_space(image.get("/ColorSpace")))


def _is_plain_space(space: pikepdf.Object | None) -> bool:
    """Gray, RGB, or a palette of one of them."""
    if isinstance(space, pikepdf.Array) and len(space) == 4 and space[0] == "/Indexed":
        return space[1] in _SPACES
    return space in _SPACES


def _is_plain_stream(stream: pikepdf.Object) -> bool:
    filters = stream.get("/Filter", pikepdf.Array())
    names = filters.as_list() if isinstance(filters, pikepdf.Array) else [filters]
    return "/F" not in stream and all(str(name) in _FILTERS for name in names)
