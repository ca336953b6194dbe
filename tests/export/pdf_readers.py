"""What independent readers find in a PDF: the characters with their boxes, the text, the look."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium
import pytest
from lxml import etree

from recover.model.geometry import Box, enclose
from tests.export.conftest import squash

poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler's pdftotext")
Found = tuple[str, int, Box]


def pdfium_characters(content: bytes) -> list[Found]:
    found = []
    document = pdfium.PdfDocument(content)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        height = page.get_height()
        for index in range(text.count_chars()):
            char = chr(pdfium.raw.FPDFText_GetUnicode(text.raw, index))
            x0, y0, x1, y1 = text.get_charbox(index)
            found.append((char, number, Box(x0, height - y1, x1, height - y0)))
    return found


def pdfium_text(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content))


def run_pdftotext(content: bytes, *options: str) -> bytes:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True).stdout


def poppler_characters(content: bytes) -> list[Found]:
    """The characters of poppler's words, in the order it guesses; boxes are shared out by how wide characters are."""
    root = etree.fromstring(run_pdftotext(content, "-bbox"))
    found: list[Found] = []
    for number, page in enumerate(root.iterfind(".//{*}page")):
        for word in page.iterfind(".//{*}word"):
            found.extend((char, number, box) for char, box in _shared(word.text or "", word))
    return found


def _shared(text: str, word: etree._Element) -> Iterator[tuple[str, Box]]:
    x0, y0, x1, y1 = (float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))
    widths = [_usual_width(char) for char in text]
    for index, char in enumerate(text):
        left, right = (x0 + (x1 - x0) * sum(widths[:end]) / sum(widths) for end in (index, index + 1))
        yield char, Box(left, y0, right, y1)


def pixels(content: bytes) -> list[np.ndarray]:
    return [page.render(scale=1.5).to_numpy() for page in pdfium.PdfDocument(content)]


def looks_same(first: bytes, second: bytes) -> bool:
    pairs = zip(pixels(first), pixels(second), strict=True)
    return all(np.array_equal(one, other) for one, other in pairs)


def best_overlap(chars: Sequence[Found], phrase: str, page: int, boxes: Sequence[Box], *, of_both: bool) -> float:
    """How well the phrase's best match covers its boxes; -1 when it isn't found at all."""
    visible = [char for char in chars if not char[0].isspace()]
    text, wanted = "".join(char for char, _, _ in visible), squash(phrase)
    best, at = -1.0, text.find(wanted)
    while at >= 0:
        hits = [box for _, number, box in visible[at : at + len(wanted)] if number == page]
        best = max(best, overlap_share(boxes, hits, of_both=of_both))
        at = text.find(wanted, at + 1)
    return best


def overlap_share(boxes: Sequence[Box], hits: Sequence[Box], *, of_both: bool) -> float:
    """The area both share over the union's area, or over the boxes' own; over all lines of a phrase."""
    shared = whole = 0.0
    for box in boxes:
        inside = [hit for hit in hits if hit.intersection(box) > 0.3 * hit.area]
        found = enclose(inside) if inside else Box(box.x0, box.y0, box.x0, box.y0)
        shared += found.intersection(box)
        whole += box.area + (found.area - found.intersection(box)) * of_both
    return shared / whole


def _usual_width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 2.0
    return 0.6 if char in "fijlrt()[]|,.;:'!-" else 1.6 if char in "mwMW" else 1.0
