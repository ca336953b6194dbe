"""One page: its old text out where that changes nothing seen, the recovered text in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium

from recover.export.searchable_pdf.fonts import FONT_NAME, Blanks, Codes
from recover.export.searchable_pdf.picture import page_bytes
from recover.export.searchable_pdf.place import SetLine, even_sizes, operators, set_line
from recover.model.geometry import Transform
from recover.model.records import PageRecord

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


# Take a page's old text out and leave everything that is seen: images, lines, and type that is really drawn.

_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
# What only text that is shown would need; fonts it names may be gone.
_SETTING = frozenset({"BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Tr", "Ts"})
# Render modes that mark nothing: invisible, and clipping only.
_UNSEEN = frozenset({3, 7})
# Forms may hold forms; a file may tie a knot.


# What pikepdf and pdfium raise on objects that aren't what the specification says they are.
DAMAGED = (pikepdf.PdfError, pdfium.PdfiumError, AttributeError, KeyError, TypeError, ValueError)

Which = Literal["all", "unseen"]
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


class Stripped(msgspec.Struct, frozen=True):
    """New content for a page; nothing of the page itself is changed."""

    contents: pikepdf.Object
    resources: pikepdf.Object

    def apply(self, page: pikepdf.Page) -> None:
        """Put the content in the page's place of its own."""
        page.obj.Contents = self.contents
        page.obj.Resources = self.resources


def strip_text(blanks: Blanks, page: pikepdf.Page, which: Which) -> Stripped:
    """The page's content without the text that is shown, or without the unseen part of it.

    Type that stays is given a Unicode map that says nothing, so that only the recovered text is found.
    """
    contents = blanks.pdf.make_stream(_without(page, which))
    return Stripped(contents, _resources(blanks, inherited(page), which, 0))


def inherited(page: pikepdf.Page) -> pikepdf.Object:
    """The page's resources, its own or those of the node of the page tree above it."""
    node: pikepdf.Object | None = page.obj
    while node is not None:
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return pikepdf.Dictionary()


def has_seen_text(page: pikepdf.Page) -> bool:
    """Whether the page or a form on it draws text that isn't invisible by its render mode; yes for a damaged page."""
    try:
        streams: tuple[pikepdf.Page | pikepdf.Object, ...] = (page, *_forms(inherited(page), 0))
        return any(
            str(instruction.operator) in _SHOWING and mode not in _UNSEEN
            for item in streams
            for instruction, mode in _modes(item)
        )
    except DAMAGED:
        return True


def _forms(resources: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _MAX_DEPTH:
        return
    for item in resources.get("/XObject", pikepdf.Dictionary()).values():
        if item.get("/Subtype") == "/Form":
            yield item
            yield from _forms(item.get("/Resources", pikepdf.Dictionary()), depth + 1)


def _resources(blanks: Blanks, old: pikepdf.Object, which: Which, depth: int) -> pikepdf.Object:
    """The resources with forms stripped too; old fonts leave with the last text they set."""
    new = pikepdf.Dictionary({key: value for key, value in old.items() if key not in {"/Font", "/XObject"}})
    if which == "unseen" and "/Font" in old:
        new.Font = pikepdf.Dictionary({name: blanks.font(font) for name, font in old.Font.items()})
    if "/XObject" in old and depth <= _MAX_DEPTH:
        form: Callable[[pikepdf.Object], pikepdf.Object] = lambda item: _form(blanks, item, which, depth)  # noqa: E731
        new.XObject = pikepdf.Dictionary({name: form(item) for name, item in old.XObject.items()})
    return new


def _form(blanks: Blanks, item: pikepdf.Object, which: Which, depth: int) -> pikepdf.Object:
    if item.get("/Subtype") != "/Form":
        return item
    form = blanks.pdf.make_stream(_without(item, which))
    for key, value in item.items():
        if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources"}:
            form[key] = value
    if "/Resources" in item:
        form.Resources = _resources(blanks, item.Resources, which, depth + 1)
    return form


def _without(stream: pikepdf.Page | pikepdf.Object, which: Which) -> bytes:
    kept: list[Instruction] = []
    for instruction, mode in _modes(stream):
        operator = str(instruction.operator)
        if operator in _SHOWING and which == "unseen" and mode in _UNSEEN:
            kept.extend(_moves(instruction))
        elif which == "unseen" or operator not in _SHOWING | _SETTING:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)


def _moves(instruction: Instruction) -> Sequence[Instruction]:
    """What showing text does beside it: two of the operators go to the next line."""
    moving = str(instruction.operator) in {"'", '"'}
    return [pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))] if moving else []


def _modes(stream: pikepdf.Page | pikepdf.Object) -> Iterator[tuple[Instruction, int]]:
    """Every instruction with the text render mode it meets."""
    mode, saved = 0, []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(mode)
        elif operator == "Q" and saved:
            mode = saved.pop()
        elif operator == "Tr" and instruction.operands:
            mode = int(instruction.operands[0])
        yield instruction, mode


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
