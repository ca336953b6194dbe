"""The text layer's characters as PDFium gives them: by origin, advance and outline, without hidden layers."""

from __future__ import annotations

import ctypes
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recover.model.geometry import Box, Transform, enclose
from recover.model.page import LayerChar

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
        device_place(page, x, y, int(width * 100), int(height * 100)) for x, y in ((box.x0, box.y0), (box.x1, box.y1))
    ]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return Box(x0 / 100, y0 / 100, x1 / 100, y1 / 100)


def device_place(page: pdfium.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    """Where a place in the page's own units falls on a picture of it, in pixels across and down."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value


INVISIBLE = 3
# Greys above this, of 255, are pale; a pale word that stands so often on a page is a watermark. The characters of a
# word are no farther apart, in type sizes.
PALE, REPEATED, NEXT = 140.0, 3, 1.6
# A cell reaches this far over its baseline and below it, in type sizes: Chinese type hangs 0.12 below.
ABOVE, BELOW = 0.87, 0.13
# A line that leans less than this, in degrees, is level (or upright, or upside down).
LEVEL = 2.0
# Outlines flatter or thinner than this, in type sizes, are none: rules and dashes are 0.03 thick at least.
NO_OUTLINE = 0.005
REPLACEMENT = "\ufffd"
# PDFium writes so for the hyphen at a line's end.
END_HYPHEN = 2
# The halves of characters above U+FFFF.
HIGH_HALVES, LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
# Joiners, marks of direction, the byte order mark: nothing is printed for them.
NO_WIDTH = frozenset({*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF})
# Simplified characters among the radicals (U+2E80 to U+2EF3) to which Unicode gives no compatibility form: fonts map
# their glyphs there, and no search finds 长 written as U+2ED3.
RADICALS = str.maketrans(
    "⺠⺟⺻⻁⻄⻅⻋⻓⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳",
    "民母聿虎西见车长青韦页风飞食马鬼鱼鸟麦黄黾齐齿龙龟",
)


class _Piece(msgspec.Struct, frozen=True):
    """What the characters of one text object share."""

    font: str
    is_embedded: bool
    is_painted: bool
    is_pale: bool
    size: float
    slant: float


def read_layer(page: pdfium.PdfPage) -> tuple[LayerChar, ...]:
    """The characters of a page in the file's order, those outside of it left out; raises PdfiumError."""
    to_shown = _to_shown(page)
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        found = [char for char in _characters(textpage, to_shown) if _is_on(char.box, width, height)]
        return tuple(_only_repeated(found) if any(char.is_mark for char in found) else found)
    finally:
        textpage.close()


def _is_on(box: Box, width: float, height: float) -> bool:
    x, y = box.center
    return 0 <= x <= width and 0 <= y <= height


def _to_shown(page: pdfium.PdfPage) -> Transform:
    """The map from the file's space to points on the page as shown, as PDFium itself crops and turns it."""
    width, height = page.get_size()
    (x0, y0), (x1, y1), (x2, y2) = (_in_file(page, *corner) for corner in ((0, 0), (1000, 0), (0, 1000)))
    back = Transform(a=(x1 - x0) / width, b=(x2 - x0) / height, c=x0, d=(y1 - y0) / width, e=(y2 - y0) / height, f=y0)
    return back.inverse()


def _in_file(page: pdfium.PdfPage, x: int, y: int) -> tuple[float, float]:
    """Where a thousandth part of the page's shown width and height lies in the file's space."""
    found = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDF_DeviceToPage(page.raw, 0, 0, 1000, 1000, 0, x, y, *(ctypes.byref(value) for value in found))
    return found[0].value, found[1].value


def _characters(textpage: pdfium.PdfTextPage, to_shown: Transform) -> Iterator[LayerChar]:
    pieces: dict[tuple[int, float, float], _Piece] = {}
    names: dict[int, str] = {}
    for index in range(pdfium_c.FPDFText_CountChars(textpage.raw)):
        if pdfium_c.FPDFText_IsGenerated(textpage.raw, index) or _is_second_half(textpage, index):
            continue
        item = pdfium_c.FPDFText_GetTextObject(textpage.raw, index)
        matrix = pdfium_c.FS_MATRIX()
        if not item or not pdfium_c.FPDFText_GetMatrix(textpage.raw, index, matrix):
            continue
        key = ctypes.addressof(item.contents), matrix.b, matrix.d
        if key not in pieces:
            pieces[key] = _piece(item, matrix, pdfium_c.FPDFText_GetFontSize(textpage.raw, index), names)
        yield _char(textpage, index, pieces[key], to_shown)


def _is_second_half(textpage: pdfium.PdfTextPage, index: int) -> bool:
    codes = [pdfium_c.FPDFText_GetUnicode(textpage.raw, at) for at in (index - 1, index)] if index else [0, 0]
    return codes[0] in HIGH_HALVES and codes[1] in LOW_HALVES


def _piece(item: pdfium_c.FPDF_PAGEOBJECT, matrix: pdfium_c.FS_MATRIX, size: float, names: dict[int, str]) -> _Piece:
    font = pdfium_c.FPDFTextObj_GetFont(item)
    address = ctypes.addressof(font.contents) if font else 0
    if address not in names:
        names[address] = _name_layer(font, names) if font else ""
    return _Piece(
        font=names[address],
        is_embedded=bool(font) and pdfium_c.FPDFFont_GetIsEmbedded(font) == 1,
        is_painted=pdfium_c.FPDFTextObj_GetTextRenderMode(item) != INVISIBLE,
        is_pale=_is_pale(item),
        size=size * math.hypot(matrix.c, matrix.d) or 1.0,
        slant=math.degrees(math.atan2(matrix.b, matrix.a)),
    )


def _is_pale(item: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether type is painted in a pale colour, or so that the page shows through it."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    grey = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return 255 - (255 - grey) * alpha.value / 255 > PALE


def _only_repeated(chars: Sequence[LayerChar]) -> Iterator[LayerChar]:
    """The characters; of those in pale type only the words that stand on the page again and again are marks."""
    runs = [list(run) for _, run in itertools.groupby(_words(chars), key=lambda item: item[0])]
    words = ["".join(char.text for _, char in run if not char.text.isspace()) for run in runs]
    counts = Counter(words)
    # A pale label that other type follows in its row is text.
    labels = {word for at, word in enumerate(words) if _is_in_row(runs, at)}
    for word, run in zip(words, runs, strict=True):
        is_mark = run[0][1].is_mark and len(word) > 1 and counts[word] >= REPEATED and word not in labels
        yield from (msgspec.structs.replace(char, is_mark=is_mark) for _, char in run)


def _is_in_row(runs: Sequence[list[tuple[int, LayerChar]]], at: int) -> bool:
    """Whether type that is not pale goes on right behind a run, on its line."""
    last = runs[at][-1][1]
    rest = (char for run in runs[at + 1 : at + 3] for _, char in run if not char.text.isspace() and not char.is_mark)
    char = next(rest, last)
    level = abs(char.box.center[1] - last.box.center[1]) < 0.3 * last.size
    return char is not last and level and 0 <= char.box.x0 - last.box.x1 < 2 * NEXT * last.size


def _words(chars: Sequence[LayerChar]) -> Iterator[tuple[int, LayerChar]]:
    """The characters, each with the number of the word or line that it belongs to."""
    number = 0
    for at, char in enumerate(chars):
        before = chars[at - 1] if at else char
        (x, y), (left, up) = char.box.center, before.box.center
        is_same = (before.is_mark, before.font, before.slant) == (char.is_mark, char.font, char.slant)
        number += not is_same or math.hypot(x - left, y - up) > NEXT * char.size
        yield number, char


def _name_layer(font: pdfium_c.FPDF_FONT, names: dict[int, str]) -> str:
    """The font's name in the file, told apart from other fonts of the same name."""
    buffer = ctypes.create_string_buffer(256)
    pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace")
    return name if name not in names.values() else f"{name}#{len(names)}"


def _char(textpage: pdfium.PdfTextPage, index: int, piece: _Piece, to_shown: Transform) -> LayerChar:
    ink = _ink(textpage, index, piece.size)
    is_drawn = ink is not None and piece.is_painted and piece.is_embedded
    return LayerChar(
        text=_text_layer(textpage, index, is_drawn=is_drawn),
        box=to_shown.box(_cell(textpage, index, piece, ink)),
        font=piece.font,
        size=piece.size,
        ink=to_shown.box(ink) if ink is not None else None,
        slant=_slant(piece.slant, to_shown),
        is_embedded=piece.is_embedded,
        is_painted=piece.is_painted,
        is_mark=piece.is_pale and piece.is_painted,
    )


def _text_layer(textpage: pdfium.PdfTextPage, index: int, *, is_drawn: bool) -> str:
    """What the file says a glyph means; the replacement character where it says nothing, or what has no outline."""
    code = _code(textpage, index)
    if code == END_HYPHEN and pdfium_c.FPDFText_IsHyphen(textpage.raw, index):
        return "-"
    if pdfium_c.FPDFText_HasUnicodeMapError(textpage.raw, index) or not _is_scalar(code):
        return REPLACEMENT
    char = chr(code)
    if unicodedata.category(char) in ("Zs", "Cc") or code in NO_WIDTH:
        return REPLACEMENT if is_drawn else " "
    return unicodedata.normalize("NFKC", char) if _is_compatible_han(code) else char.translate(RADICALS)


def _code(textpage: pdfium.PdfTextPage, index: int) -> int:
    """The code of a character; PDFium gives those above U+FFFF in two halves, one after the other."""
    code = int(pdfium_c.FPDFText_GetUnicode(textpage.raw, index))
    if code not in HIGH_HALVES:
        return code
    low = int(pdfium_c.FPDFText_GetUnicode(textpage.raw, index + 1))
    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if low in LOW_HALVES else code


def _is_scalar(code: int) -> bool:
    return 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF


def _is_compatible_han(code: int) -> bool:
    """Whether a code is another one's radical or compatibility form, which prints the same."""
    return 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAD9


def _ink(textpage: pdfium.PdfTextPage, index: int, size: float) -> Box | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top)
    box = Box(left.value, bottom.value, right.value, top.value)
    return box if min(box.width, box.height) > NO_OUTLINE * size else None


def _cell(textpage: pdfium.PdfTextPage, index: int, piece: _Piece, ink: Box | None) -> Box:
    """The character's cell in the file's space: by its origin along a level line, by its outline elsewhere."""
    loose = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, index, loose)
    advance = Box(loose.left, loose.bottom, loose.right, loose.top)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
    cell = _along_baseline(advance, x.value, y.value, piece)
    if cell is None:
        return ink or advance
    if ink is not None and not _holds(cell, ink.center):
        return _centred(cell, ink)
    return cell


def _along_baseline(advance: Box, x: float, y: float, piece: _Piece) -> Box | None:
    """The cell of a character on a line that runs along an axis; None on others."""
    turns = piece.slant / 90
    if abs(turns - round(turns)) * 90 > LEVEL:
        return None
    over, under = ABOVE * piece.size, BELOW * piece.size
    match round(turns) % 4:
        case 0:
            return Box(advance.x0, y - under, advance.x1, y + over)
        case 1:
            return Box(x - over, advance.y0, x + under, advance.y1)
        case 2:
            return Box(advance.x0, y - over, advance.x1, y + under)
        case _:
            return Box(x - under, advance.y0, x + over, advance.y1)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1


def _centred(cell: Box, ink: Box) -> Box:
    """A cell as large, about the outline: outlines that stand elsewhere than the origin says are what one sees."""
    (x, y), half = ink.center, (cell.width / 2, cell.height / 2)
    return enclose([ink, Box(x - half[0], y - half[1], x + half[0], y + half[1])])


def _slant(slant: float, to_shown: Transform) -> float:
    """The line's rise on the page as shown, from -180 to 180 degrees."""
    x, y = math.cos(math.radians(slant)), math.sin(math.radians(slant))
    return round(-math.degrees(math.atan2(to_shown.d * x + to_shown.e * y, to_shown.a * x + to_shown.b * y)), 1)
