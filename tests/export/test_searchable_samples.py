"""The samples as searchable PDFs: every phrase at its place, in order, nothing seen changed, nothing wrong left."""

import gzip
import io
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec
import pikepdf
import pypdfium2 as pdfium
import pytest

from recover.export.characters import slice_quad
from recover.export.formats import Original
from recover.export.searchable_pdf import render
from recover.model.document import Document, Paragraph
from recover.model.geometry import Box
from recover.model.records import PageLine, PageRecord, PageRegion
from tests.export.conftest import DATA, SAMPLES, squash
from tests.export.pdf_readers import (
    best_overlap,
    looks_same,
    pdfium_characters,
    pdfium_text,
    poppler,
    poppler_characters,
    run_pdftotext,
)

PHRASES = 50
HAN = re.compile(r"[\u4e00-\u9fff]+$")
LATIN = re.compile(r"[A-Za-z][A-Za-z ]*[A-Za-z]$")
# A phrase that ends inside a word could not be placed: poppler tells no more than the word's box.
WORD = re.compile(r"[A-Za-z]{2}")
Place = tuple[str, int, Box]  # its region, page and box


class Sample(NamedTuple):
    """A sample's recovery as the program wrote it, the original and the searchable PDF."""

    document: Document
    original: bytes
    made: bytes


class Phrase(NamedTuple):
    """A phrase of the text with its kind, its page and, line by line, its boxes."""

    text: str
    kind: str
    page: int
    boxes: tuple[Box, ...]


@pytest.fixture(scope="module", params=["als_kai", "sci_song", "msc_hei"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    written = gzip.decompress((DATA / f"{request.param}.json.gz").read_bytes())
    document = msgspec.json.decode(written, type=Document)
    path = SAMPLES / f"{request.param}.pdf"
    return Sample(document, path.read_bytes(), render(document, tmp_path_factory.mktemp("pdf"), Original(path=path)))


def read_again(document: Document) -> list[tuple[PageRecord, PageRegion, PageLine]]:
    """The lines that were read from the picture: what was kept of a garbled layer is no text to look for."""
    return [
        (page, part, line)
        for page in document.pages
        for part in page.regions
        for line in part.lines
        if line.origin == "ppocr"
    ]


def phrases(document: Document) -> list[Phrase]:
    """Fifty phrases of 4 to 12 characters: as many Han, Latin, mixed and over a line's end as there are."""
    lines = {line.id: (part.id, line) for _, part, line in read_again(document)}
    draw = random.Random(5)
    kinds: dict[str, list[Phrase]] = {"han": [], "latin": [], "mixed": [], "line end": []}
    for section in document.sections:
        for paragraph in section.paragraphs:
            for phrase in _phrases(paragraph, lines, draw):
                kinds[phrase.kind].append(phrase)
    for found in kinds.values():
        draw.shuffle(found)
    turns = [phrase for turn in zip(*(found * PHRASES for found in kinds.values()), strict=False) for phrase in turn]
    return list(dict.fromkeys(turns))[:PHRASES]


def _phrases(paragraph: Paragraph, lines: dict[str, tuple[str, PageLine]], draw: random.Random) -> Iterator[Phrase]:
    for start, end in _ends(paragraph.text, draw):
        text, places = paragraph.text[start:end], list(_places(paragraph, start, end, lines))
        is_whole = not (WORD.match(paragraph.text, max(0, start - 1)) or WORD.match(paragraph.text, end - 1))
        if is_whole and text == text.strip() and places and len({part for part, _, _ in places}) == 1:
            kind = "line end" if len(places) > 1 else _kind(text)
            yield Phrase(text, kind, places[0][1], tuple(box for _, _, box in places))


def _ends(text: str, draw: random.Random) -> Iterator[tuple[int, int]]:
    yield from ((start, start + draw.randint(4, 12)) for start in range(0, len(text) - 12, 3))
    yield from (match.span() for match in re.finditer(r"[A-Za-z]{4,12}", text))


def _kind(text: str) -> str:
    return "han" if HAN.match(text) else "latin" if LATIN.match(text) else "mixed"


def _places(paragraph: Paragraph, start: int, end: int, lines: dict[str, tuple[str, PageLine]]) -> Iterator[Place]:
    for span in paragraph.spans:
        first, last = max(start, span.start), min(end, span.end)
        if first < last and span.line in lines:
            part, line = lines[span.line]
            left, right = span.at + first - span.start, span.at + last - span.start
            xs, ys = zip(*slice_quad(line, line.edges[2 * left], line.edges[2 * right - 1]), strict=True)
            yield part, span.page, Box(min(xs), min(ys), max(xs), max(ys))


def test_there_are_phrases_of_every_kind(sample: Sample) -> None:
    found = phrases(sample.document)
    assert len(found) == PHRASES
    counts = {kind: sum(phrase.kind == kind for phrase in found) for kind in ("han", "latin", "mixed", "line end")}
    assert min(counts.values()) >= 3, counts


def test_fifty_phrases_are_found_at_their_place_by_pdfium(sample: Sample) -> None:
    chars = pdfium_characters(sample.made)
    overlaps = {
        item: best_overlap(chars, item.text, item.page, item.boxes, of_both=True) for item in phrases(sample.document)
    }
    assert [(item, overlap) for item, overlap in overlaps.items() if overlap < 0.7] == []


@poppler
def test_fifty_phrases_are_found_at_their_place_by_poppler(sample: Sample) -> None:
    chars = poppler_characters(sample.made)
    overlaps = {
        item: best_overlap(chars, item.text, item.page, item.boxes, of_both=False) for item in phrases(sample.document)
    }
    assert [(item, overlap) for item, overlap in overlaps.items() if overlap < 0.7] == []


def test_a_copied_paragraph_is_the_recovered_text(sample: Sample) -> None:
    """A reader ends each line with a break; inside the lines every space is one that was read."""
    copied = " ".join(pdfium_text(sample.made).split())
    body = [line for _, part, line in read_again(sample.document) if part.kind == "text"]
    assert len(body) > 20
    assert [line.text for line in body if " ".join(line.text.split()) not in copied] == []


@poppler
def test_poppler_copies_the_lines_of_a_paragraph_one_after_the_other(sample: Sample) -> None:
    """By its own guess of the order, with a skewed page's two columns side by side."""
    copied = [" ".join(line.split()) for line in run_pdftotext(sample.made).decode().splitlines() if line.strip()]
    places = {text: number for number, text in enumerate(copied)}
    kept = {line.id for _, part, line in read_again(sample.document) if part.kind == "text"}
    parts = [part.lines for page in sample.document.pages for part in page.regions]
    pairs = [pair for lines in parts for pair in pairwise(lines) if {line.id for line in pair} <= kept]
    texts = [(" ".join(first.text.split()), " ".join(second.text.split())) for first, second in pairs]
    torn = [pair for pair in texts if places.get(pair[1]) != places.get(pair[0], -9) + 1]
    assert len(torn) <= 0.03 * len(texts) + 1, torn


def test_nothing_seen_changes_and_little_is_added(sample: Sample) -> None:
    assert looks_same(sample.original, sample.made)
    assert len(sample.made) <= 1.1 * len(sample.original)


def test_the_garbled_layer_is_gone(sample: Sample) -> None:
    lines = [line for page in sample.document.pages for part in page.regions for line in part.lines]
    kept = squash("".join(line.text for line in lines))
    before = pdfium_text(sample.original).split()
    garbled = {word for word in before if len(word) > 6 and word.isascii() and word not in kept}
    assert len(garbled) > 50 or not before
    assert garbled & set(pdfium_text(sample.made).split()) == set()


def test_the_file_tells_its_title_language_and_headings(sample: Sample) -> None:
    with pikepdf.open(io.BytesIO(sample.made)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == sample.document.title.zh
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        assert all(str(font.BaseFont) == "/RecoveredText" for font in fonts)
    titles = [item.get_title() for item in pdfium.PdfDocument(sample.made).get_toc()]
    headed = [section.title for section in sample.document.sections if section.title and section.paragraphs]
    assert [title for title in headed if not any(title in bookmark for bookmark in titles)] == []
    assert titles
