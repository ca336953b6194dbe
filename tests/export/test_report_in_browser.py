"""The report in Chromium: by keyboard, for assistive technology, in both languages, on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from recover.export import report
from recover.model.document import Document
from tests.export.conftest import squash
from tests.review.browser import FLAGS, find_chromium

playwright = pytest.importorskip("playwright.sync_api", reason="the tests in the browser need playwright")
CHROMIUM = find_chromium()
pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def page(paper: Document, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(report.render(paper, folder))
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        # The checker is a script, which the report's own policy doesn't let run.
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(path.as_uri())
        yield page
        browser.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [800, 1280, 1920])
def test_nothing_stands_in_the_way_of_assistive_technology(
    page: object, colours: str, language: str, width: int
) -> None:
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 900})
    page.check(f"#ui-{language}")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")
    page.check("#ui-en")
    page.goto(page.url.partition("#")[0])


def test_the_keyboard_reaches_the_problems_the_languages_and_the_regions(page: object) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#problems"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ui-en"
    assert page.locator("h2 >> text=Problems to check").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("h2 >> text=需要检查的问题").is_visible()
    assert not page.locator("h2 >> text=Problems to check").is_visible()
    page.keyboard.press("ArrowLeft")
    page.locator("#page-1 .regions a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#t-p1.r0"


def test_it_prints_upright_without_its_controls(page: object) -> None:
    printed = pdfium.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = squash("".join(sheet.get_textpage().get_text_range() for sheet in printed))
    assert "移植有效" in text
    assert "Coloursshow" not in text


def test_no_printed_page_is_left_half_empty(page: object, recorded: Document, tmp_path: Path) -> None:
    for number, record in enumerate(recorded.pages):
        (tmp_path / record.image).parent.mkdir(exist_ok=True)
        Image.new("L", (620, 877), 200 + number).save(tmp_path / record.image)
    path = tmp_path / "report.html"
    path.write_bytes(report.render(recorded, tmp_path))
    shown = page.context.new_page()
    shown.goto(path.as_uri())
    printed = pdfium.PdfDocument(io.BytesIO(shown.pdf(prefer_css_page_size=True)))
    shown.close()
    assert len(printed) > len(recorded.pages)
    lowest = [np.flatnonzero((sheet.render(scale=0.5).to_numpy() < 200).any(axis=(1, 2))).max() for sheet in printed]
    heights = [sheet.get_height() / 2 for sheet in printed]
    assert [low / height for low, height in zip(lowest[:-1], heights, strict=False) if low < height / 2] == []
