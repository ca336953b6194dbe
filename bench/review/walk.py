"""Whether a person gets through: all doubts of recovered folders settled in headless Chromium, one key each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from playwright.sync_api import Page, sync_playwright

from recover.pipeline.output import find_folders
from tests.review.browser import FLAGS, Address, find_chromium


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """One document: doubts counted at first, places that Tab showed, and keys until none was left.

    ``stuck`` names the places at which a key changed no count, or more than one.
    """

    name: str
    doubts: int
    places: int
    keys: int
    stuck: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every doubt was shown once and settled by one key."""
        return self.doubts == self.places == self.keys and not self.stuck and not self.errors


def walk_folders(roots: Sequence[Path]) -> Iterator[Walk]:
    """Walk every recovered document below ``roots``; the folders themselves stay as they are."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for root in roots:
            for folder in find_folders(root):
                with tempfile.TemporaryDirectory() as place:
                    copy = Path(place) / folder.name
                    shutil.copytree(folder, copy)
                    (copy / "review.jsonl").unlink(missing_ok=True)
                    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
                    yield _walk(page, copy)
                    page.close()
        browser.close()


def _walk(page: Page, folder: Path) -> Walk:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    server = Address(folder)
    try:
        page.goto(server.address)
        page.wait_for_selector("body[data-ready]", timeout=60_000)
        doubts = _left(page)
        places = [_here(page) for _ in range(doubts) if _press(page, "Tab")]
        keys, stuck = 0, []
        while (left := _left(page)) and keys < doubts + 5:
            here = _here(page)
            _press(page, "Enter")
            keys += 1
            if _left(page) != left - 1:
                stuck.append(f"{here}: {left} to {_left(page)}")
    finally:
        server.stop()
    return Walk(
        name=folder.name, doubts=doubts, places=len(set(places)), keys=keys, stuck=tuple(stuck), errors=tuple(errors)
    )


def _press(page: Page, key: str) -> bool:
    page.evaluate("delete document.body.dataset.next")
    page.keyboard.press(key)
    page.wait_for_selector("body[data-next]", state="attached")
    return True


def _left(page: Page) -> int:
    return int(page.evaluate("document.body.dataset.left"))


def _here(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.place"))
