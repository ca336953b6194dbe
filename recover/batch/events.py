"""What a batch tells while it runs: plain data for the live view, the log and other programs."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", omit_defaults=True):
    """Something that happened."""


class Started(Event, frozen=True, kw_only=True, tag="started"):
    """The folder has been walked: files in all, those to do now, and files that have gone."""

    files: int
    todo: int
    gone: int = 0


class FileOpened(Event, frozen=True, kw_only=True, tag="file-opened"):
    """A file's pages are known; ``cached`` of them were read before."""

    file: str
    pages: int
    cached: int = 0


class PageDone(Event, frozen=True, kw_only=True, tag="page"):
    """A page is read, or has failed for good; pages count from 1 here, as people count."""

    file: str
    page: int
    confidence: float | None = None
    seconds: float = 0.0
    error: str = ""


class PageRetried(Event, frozen=True, kw_only=True, tag="page-retried"):
    """A page broke its worker and is tried again alone."""

    file: str
    page: int
    error: str


class FileDone(Event, frozen=True, kw_only=True, tag="file"):
    """A file is through; ``state`` is done, incomplete or failed."""

    file: str
    state: str
    target: str = ""
    confidence: float | None = None
    problems: int = 0
    missing: int = 0
    error: str = ""


class Waiting(Event, frozen=True, kw_only=True, tag="waiting"):
    """Nothing to do: the folder is watched."""

    folder: str


class Trouble(Event, frozen=True, kw_only=True, tag="trouble"):
    """Something is wrong that may pass; the batch goes on."""

    message: str


class Finished(Event, frozen=True, kw_only=True, tag="finished"):
    """The run is over: files by state, pages read in this run, seconds it took."""

    files: dict[str, int]
    pages: int
    seconds: float
    interrupted: bool = False


class View(Protocol):
    """Whoever is told."""

    def tell(self, event: Event) -> None:
        """Show, print or record an event."""
