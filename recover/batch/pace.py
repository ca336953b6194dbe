"""How fast a batch goes, and how long it will still take."""

from __future__ import annotations

import time

from recover.batch.events import Event, FileDone, FileOpened, PageDone, Started
from recover.text.counted import counted


class Pace:
    """Counts of what was told."""

    def __init__(self) -> None:
        self.files_todo = self.files_done = self.pages_done = self.failures = 0
        self._pages_known = self._pages_cached = self._opened = 0
        self._doubt_sum = 0.0
        self._doubt_pages = 0
        self._began = time.monotonic()

    def note(self, event: Event) -> None:
        """Count an event."""
        match event:
            case Started(todo=todo):
                self.files_todo, self.files_done = todo, 0
                self._began = time.monotonic()
                self.pages_done = self._pages_known = self._pages_cached = self._opened = 0
            case FileOpened(pages=pages, cached=cached):
                self._opened += 1
                self._pages_known += pages
                self._pages_cached += cached
            case PageDone(confidence=confidence, error=error):
                self.pages_done += 1
                self.failures += bool(error)
                self._doubt(confidence)
            case FileDone(state=state):
                self.files_done += 1
                self.failures += state == "failed"

    def _doubt(self, confidence: float | None) -> None:
        if confidence is not None:
            self._doubt_sum += 1 - confidence
            self._doubt_pages += 1

    def pages_total(self) -> int | None:
        """All pages to read, files not opened yet taken for as long as the others; None before the first."""
        if not self._opened:
            return None
        unopened = max(0, self.files_todo - max(self._opened, self.files_done))
        known = self._pages_known - self._pages_cached
        return known + round(unopened * known / self._opened)

    def rate(self) -> float:
        """Pages a second."""
        return self.pages_done / max(0.001, time.monotonic() - self._began)

    def speed(self) -> str:
        """The rate, and the time left."""
        total = self.pages_total()
        if not total or not self.pages_done:
            return ""
        left = (total - self.pages_done) / self.rate()
        return f"{self.rate() * 60:.0f} pages a minute, {_span(left)} left"

    def troubles(self) -> str:
        """Failures, and the mean doubt over pages."""
        doubt = f"doubt {100 * self._doubt_sum / self._doubt_pages:.1f} %" if self._doubt_pages else ""
        return ", ".join(part for part in (counted(self.failures, "failure") if self.failures else "", doubt) if part)

    def line(self) -> str:
        """All of it in a line."""
        parts = (
            f"{self.files_done} of {counted(self.files_todo, 'file')}",
            counted(self.pages_done, "page"),
            self.speed(),
            self.troubles(),
        )
        return ", ".join(part for part in parts if part)


def _span(seconds: float) -> str:
    minutes = max(0, round(seconds / 60))
    if minutes < 1:
        return "less than a minute"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
