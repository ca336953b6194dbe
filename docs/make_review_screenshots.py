"""Make the pictures of docs/review.md: ``python docs/make_review_screenshots.py [FOLDER]``.

Without a folder the sample is recovered first. Needs Playwright and a Chromium.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pack import pack
from PIL import Image

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "als_kai.pdf"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    """Recover, open, and take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "als_kai"
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], folder)
        else:
            from recover import recover_pdf

            recover_pdf(SAMPLE, folder)
        (folder / "review.jsonl").unlink(missing_ok=True)
        _take(folder)


def _take(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "recover", "review", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as started:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        program = next(found for name in CHROMIUMS if (found := shutil.which(name)))
        browser = started.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1360, "height": 820}, locale="en", color_scheme="light")
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        _shoot(page, "review-tour")
        page.click("#tour-end")
        _shoot(page, "review-doubt")
        for _ in range(10):
            page.evaluate("delete document.body.dataset.next")
            page.keyboard.press("Enter")
            page.wait_for_selector("body[data-next]", state="attached")
        _shoot(page, "review-after-ten")
        page.fill("#page", "5")
        page.keyboard.press("Enter")
        page.locator('[data-kind="reference"]').first.click()
        _shoot(page, "review-reference")
        page.keyboard.press("Escape")
        page.click("#finish")
        page.click("#export")
        _shoot(page, "review-export")
        page.keyboard.press("Escape")
        page.focus("#texts")
        page.keyboard.press("?")
        _shoot(page, "review-keys")
        page.keyboard.press("Escape")
        page.click("#theme")
        page.click("#language")
        page.focus("#texts")
        page.keyboard.press("Tab")
        _shoot(page, "review-dark-zh")
        browser.close()
        server.terminate()


def _shoot(page: object, name: str) -> None:
    page.wait_for_timeout(700)  # type: ignore[attr-defined]
    taken = page.screenshot()  # type: ignore[attr-defined]
    print(pack(Image.open(io.BytesIO(taken)), name))


if __name__ == "__main__":
    main()
