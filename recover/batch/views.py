"""How a batch is shown: a live view on a terminal, a line a file elsewhere, JSON lines for programs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from recover.batch.events import (
    Event,
    FileDone,
    FileOpened,
    Finished,
    PageDone,
    PageRetried,
    Started,
    Trouble,
    View,
    Waiting,
)
from recover.text.messages import counted, translated

# A line about pages at most so often, where lines scroll by.
PAGES_LINE_SECONDS = 30.0


class JsonView:
    """An event a line, as JSON."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        self._stream.write(msgspec.json.encode(event).decode() + "\n")
        self._stream.flush()


class LineView:
    """A line for each file and each trouble, and one now and then for the pages."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pace = BatchProgress()
        self._told = time.monotonic()

    def tell(self, event: Event) -> None:
        self._pace.note(event)
        line = translated(describe(event))
        if line:
            print(line, file=self._stream, flush=True)
        elif isinstance(event, PageDone) and time.monotonic() - self._told > PAGES_LINE_SECONDS:
            self._told = time.monotonic()
            print(self._pace.line(), file=self._stream, flush=True)


class PagesView(LineView):
    """A line for each page, too."""

    def tell(self, event: Event) -> None:
        if isinstance(event, PageDone):
            sure = "" if event.confidence is None else f", confidence {event.confidence:.3f}"
            state = f"failed: {event.error}" if event.error else f"read{sure}, {event.seconds:.1f} s"
            print(f"{event.file}: page {event.page} {state}", file=self._stream, flush=True)
        super().tell(event)


class TroubleView:
    """A line for what needs attention, and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        if isinstance(event, PageRetried | Trouble) or (isinstance(event, FileDone) and event.state != "done"):
            print(translated(describe(event)), file=self._stream, flush=True)


class LiveView:
    """Files, pages, rate, time left, failures and doubt in place; what needs attention scrolls above."""

    def __init__(self, console: Console) -> None:
        self._pace = BatchProgress()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=console,
            refresh_per_second=4,
        )
        self._files = self._progress.add_task("files", total=None, note="")
        self._pages = self._progress.add_task("pages", total=None, note="")

    def close(self) -> None:
        """Give the terminal back."""
        self._progress.stop()

    def tell(self, event: Event) -> None:
        self._pace.note(event)
        self._progress.start()
        if isinstance(event, Finished):
            self.close()
        needs_attention = not isinstance(event, FileDone) or event.state != "done"
        line = translated(describe(event))
        if line and needs_attention:
            self._progress.console.print(line, markup=False, highlight=False)
        pace = self._pace
        self._progress.update(
            self._files, completed=pace.files_done, total=pace.files_todo or None, note=pace.troubles()
        )
        self._progress.update(self._pages, completed=pace.pages_done, total=pace.pages_total(), note=pace.speed())


def describe(event: Event) -> str:
    """A line for an event; empty for those that are too many to print."""
    line = ""
    match event:
        case Started(files=files, todo=todo, gone=gone):
            line = f"{counted(files, 'file')}, {todo} to do" + (f", {gone} have gone from the folder" if gone else "")
        case PageRetried(file=file, page=page, error=error):
            line = f"{file}: page {page} is tried again: {error}"
        case FileDone():
            line = _file_line(event)
        case Waiting(folder=folder):
            line = f"watching {folder}"
        case Trouble(message=message):
            line = message
        case Finished(files=files, pages=pages, seconds=seconds):
            told = ", ".join(f"{count} {state}" for state, count in sorted(files.items()))
            line = f"{told or 'no files'}; {counted(pages, 'page')} read in {seconds:.0f} s"
    return line


def _file_line(event: FileDone) -> str:
    sure = f", confidence {event.confidence:.3f}" if event.confidence is not None else ""
    if event.state == "failed":
        return f"{event.file}: failed: {event.error}"
    missing = f", {counted(event.missing, 'page')} missing ({event.error})" if event.missing else ""
    return f"{event.file}: {event.state}{sure}, {counted(event.problems, 'problem')}{missing}"


@contextmanager
def choose_view(*, as_json: bool, quiet: bool = False, verbose: bool = False) -> Iterator[View]:
    """The view for where the output goes; a live one leaves the terminal as it was, whatever happens."""
    console = Console(stderr=True)
    if as_json:
        yield JsonView(sys.stdout)
    elif quiet:
        yield TroubleView(sys.stderr)
    elif verbose:
        yield PagesView(sys.stderr)
    elif console.is_terminal:
        live = LiveView(console)
        try:
            yield live
        finally:
            live.close()
    else:
        yield LineView(sys.stderr)


# How fast a batch goes, and how long it will still take.


class BatchProgress:
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
