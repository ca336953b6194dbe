"""How long a person waits: measured in headless Chromium on a document of hundreds of pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

import msgspec
from playwright.sync_api import Page, sync_playwright

from bench.review.long_document import write_long
from tests.review.browser import FLAGS, find_chromium, serving
from tests.review.made import write_folder

TIMES = 20


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds as the browser sees them (the middle and the worst of many), and the server's memory."""

    pages: int
    first_opening_ms: float
    opening_ms: float
    next_doubt_ms: float
    next_doubt_worst_ms: float
    edit_saved_ms: float
    edit_saved_worst_ms: float
    server_mb: int


def measure_speed(pages: int, folder: Path | None) -> Speed:
    """Open a document of ``pages`` pages twice, walk its doubts and correct some."""
    with tempfile.TemporaryDirectory() as place:
        source = folder or write_folder(Path(place) / "short")
        long = Path(place) / "long"
        write_long(source, long, pages)
        with serving(long) as server, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1400, "height": 850})
            first = _open(page, server.address)
            again = _open(page, server.address)
            walked = [_press(page, "Tab", "next") for _ in range(TIMES)]
            saved = [_press(page, "Enter", "saved") for _ in range(TIMES)]
            memory = _memory_mb(server.process.pid)
            browser.close()
    return Speed(
        pages=pages,
        first_opening_ms=first,
        opening_ms=again,
        next_doubt_ms=median(walked),
        next_doubt_worst_ms=max(walked),
        edit_saved_ms=median(saved),
        edit_saved_worst_ms=max(saved),
        server_mb=memory,
    )


def _open(page: Page, address: str) -> float:
    """Until the first doubt is shown beside its picture."""
    page.goto(address)
    page.wait_for_selector("body[data-ready]", timeout=60_000)
    return float(page.evaluate("performance.now()"))


def _press(page: Page, key: str, measure: str) -> float:
    """Press a key and wait until the next doubt is shown, as a person would."""
    page.evaluate("delete document.body.dataset.saved; delete document.body.dataset.next")
    page.keyboard.press(key)
    page.wait_for_selector("body[data-next]", state="attached")
    value = float(page.evaluate(f"document.body.dataset.{measure}"))
    page.wait_for_timeout(100)
    return value


def _memory_mb(process: int) -> int:
    """The most memory the process ever had."""
    rows = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) // 1024
