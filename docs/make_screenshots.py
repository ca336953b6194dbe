"""Make the pictures of the documentation from a recovered folder.

    python docs/make_screenshots.py FOLDER

FOLDER holds ``report.html``, ``document.docx`` and ``searchable.pdf``. Needs Chromium and ``playwright`` for
the report, LibreOffice for the Word document; what is missing is left out and told.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from pack import IMAGES, pack
from PIL import Image, ImageChops, ImageDraw

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HIGHLIGHT = (150, 190, 255)


def main() -> None:
    """Make what can be made here."""
    folder = Path(sys.argv[1])
    for make in (report, word, selection):
        missing = make(folder)
        print(f"{make.__name__}: {missing or 'made'}")


def report(folder: Path) -> str:
    """The top of the report, and a page with its overlay beside the text."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return "no Chromium"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((folder / "report.html").resolve().as_uri())
        page.screenshot(path=IMAGES / "report-top.png")
        page.locator("#page-2").evaluate("element => element.scrollIntoView()")
        page.screenshot(path=IMAGES / "report-page.png")
        page.locator("#ui-zh").check()
        page.locator("#by-decision").check()
        page.locator("#page-2").evaluate("element => element.scrollIntoView()")
        page.screenshot(path=IMAGES / "report-zh.png")
        browser.close()
    for name in ("report-top", "report-page", "report-zh"):
        pack(Image.open(IMAGES / f"{name}.png"), name)
    return ""


def word(folder: Path) -> str:
    """Two pages of the Word document as LibreOffice sets them."""
    office = shutil.which("libreoffice") or shutil.which("soffice")
    if not office:
        return "no LibreOffice"
    with tempfile.TemporaryDirectory() as place:
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", place, str(folder / "document.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        document = pdfium.PdfDocument(next(Path(place).glob("*.pdf")))
        shown = [document[number].render(scale=1.0).to_pil() for number in range(min(3, len(document)))]
        document.close()
    width, height = shown[0].size
    whole = Image.new("RGB", ((width + 12) * len(shown) - 12, height), (120, 130, 145))
    for number, picture in enumerate(shown):
        whole.paste(picture, (number * (width + 12), 0))
    pack(whole, "docx")
    return ""


def selection(folder: Path) -> str:
    """A selection in the searchable PDF: the boxes pdfium gives a viewer to highlight, and the text it copies."""
    document = pdfium.PdfDocument(folder / "searchable.pdf")
    page = document[min(1, len(document) - 1)]
    text = page.get_textpage()
    start, count = 60, 160
    scale = 1.8
    picture = page.render(scale=scale).to_pil().convert("RGB")
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    boxes = [text.get_rect(index) for index in range(text.count_rects(start, count))]
    for left, bottom, right, top in boxes:
        high, low = ((page.get_height() - value) * scale for value in (top, bottom))
        draw.rectangle((left * scale, high, right * scale, low), fill=HIGHLIGHT)
    print("copied:", text.get_text_range(start, count).replace("\r\n", "⏎"))
    marked = ImageChops.multiply(picture, layer)
    foot = int(max(page.get_height() - box[1] for box in boxes) * scale) + 60
    pack(marked.crop((40, 40, picture.width // 2 + 20, foot)), "pdf-selection")
    document.close()
    return ""


if __name__ == "__main__":
    main()
