"""Pages with faults, read by the program itself: their text is that of the sound page, and every character is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from recover.engines.readers import open_readers
from recover.model.document import Document, Source
from recover.model.raster import Pixels
from recover.pipeline.document import assemble
from recover.pipeline.page import read_page
from recover.pipeline.page_cache import PageStore
from recover.settings import Settings
from recover.stages.account import IN_NO_TEXT
from recover.stages.acquire.source import open_source
from samples.conservation import losses, squeezed

pytestmark = pytest.mark.engine

PAGE, DPI = 2, 200
# The share of the sound page's characters that a fault may cost.
COST = 0.01


def stamped(page: Pixels) -> Pixels:
    mark = np.full_like(page, 255)
    middle = (round(0.3 * page.shape[1]), round(0.62 * page.shape[0]))
    cv2.circle(mark, middle, 150, (190, 40, 40), 10)
    cv2.putText(mark, "SEAL", (middle[0] - 80, middle[1] + 20), cv2.FONT_HERSHEY_SIMPLEX, 2, (190, 40, 40), 8)
    return np.minimum(page, mark)


def tiled(page: Pixels) -> Pixels:
    mark = np.full_like(page, 255)
    for y in range(200, page.shape[0], 500):
        for x in range(60, page.shape[1], 600):
            cv2.putText(mark, "COPY", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 5, (205, 205, 205), 24)
    return np.minimum(page, mark)


def shaded(page: Pixels) -> Pixels:
    light = np.linspace(1.0, 0.6, page.shape[1])[None, :, None]
    return np.asarray(page * light, np.uint8)


@pytest.fixture(scope="module")
def sound(samples: Path) -> Pixels:
    source = open_source(samples / "als_kai.pdf", None)
    try:
        grey = source.raster(PAGE).pixels
    finally:
        source.close()
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def recovered(page: Pixels, folder: Path) -> Document:
    path = folder / "page.png"
    Image.fromarray(page).save(path, dpi=(DPI, DPI))
    return read(path, folder)


def read(path: Path, folder: Path) -> Document:
    settings, source = Settings(), open_source(path, None)
    try:
        reading = read_page(source, 0, open_readers(settings), settings, PageStore(folder))
    finally:
        source.close()
    return assemble(Source(name=path.name, sha256="0" * 64, pages=1, kind="scan"), [reading], settings)


def text_of(document: Document) -> str:
    return squeezed("".join(part.text for section in document.sections for part in section.paragraphs))


@pytest.fixture(scope="module")
def as_printed(sound: Pixels, tmp_path_factory: pytest.TempPathFactory) -> str:
    return text_of(recovered(sound, tmp_path_factory.mktemp("sound")))


@pytest.mark.parametrize("fault", [stamped, tiled, shaded])
def test_a_fault_costs_no_text_and_is_told(
    fault: Callable[[Pixels], Pixels], sound: Pixels, as_printed: str, tmp_path: Path
) -> None:
    document = recovered(fault(sound), tmp_path)
    assert not losses(document)
    places = [place for page in document.account.pages for place in page.open]
    assert not [place for place in places if place.why == IN_NO_TEXT]
    assert len(as_printed) > 500
    assert Levenshtein.distance(text_of(document), as_printed) < COST * len(as_printed)
    if fault is not shaded:
        assert [place.what for place in places].count("rejected") >= 1


def test_bold_type_that_is_printed_over_itself_is_text_once_and_no_fault(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    rows = ["Seeds of the northern lake", *("The lake was visited in every month of the year." for _ in range(12))]
    drawn = [
        f"BT /F1 {11 + 3 * (not row)} Tf {72 + 0.3 * copy:.1f} {760 - 24 * row} Td ({text}) Tj ET"
        for row, text in enumerate(rows)
        for copy in range(1 if row else 3)
    ]
    page.Contents = pdf.make_stream("\n".join(drawn).encode())
    pdf.save(tmp_path / "bold.pdf")
    document = read(tmp_path / "bold.pdf", tmp_path)
    assert not losses(document)
    lines = [line.text for page in document.pages for region in page.regions for line in region.lines]
    assert lines.count(rows[0]) == 1
    assert not document.problems
    assert not [place for page in document.account.pages for place in page.open]
