"""Reading pages into parcels."""

from __future__ import annotations

import errno
import hashlib
import importlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import msgspec

from recover.errors import EngineFailed, RecoverError, UnreadableInput, UnwritableOutput, unforeseen
from recover.export.formats import choose_formats
from recover.fence.tasks import Fault, Look, Looked, Outcome, PageFailed, PageRead, Read
from recover.glossary.load import load_stack
from recover.model.page import PageReading
from recover.pipeline.page_cache import DamagedPage, PageStore, load, pack
from recover.pipeline.storage import is_url, storage_for
from recover.settings import Settings
from recover.stages.acquire.source import PageSource, open_source

STARVED = ("OutOfMemoryError", "Insufficient memory", "bad_alloc", "Unable to allocate")
CANNOT_WRITE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
WRITE_REMEDY = "free space and permissions, then run the same command again: it goes on where it stopped"

PageReader = Callable[[PageSource, int, PageStore], PageReading]


def open_reader(settings: Settings) -> PageReader:
    """The page reader of the program, its networks compiled once a process."""
    import cv2  # noqa: PLC0415 a worker that looks at files only needs no engine

    from recover.engines.readers import open_readers  # noqa: PLC0415
    from recover.pipeline.page import read_page  # noqa: PLC0415

    cv2.setNumThreads(settings.threads or -1)
    readers = open_readers(settings)
    return lambda source, index, store: read_page(source, index, readers, settings, store)


class PageDesk:
    """Reads the pages it is asked for; keeps the reader of the last settings and the last file open."""

    def __init__(self) -> None:
        self._sources = OpenSource()
        self._opened: tuple[str, Settings] | None = None
        self._reader: PageReader | None = None

    def read(self, task: Read) -> Iterator[Outcome]:
        """One outcome a page, in order; raises RecoverError where no page at all can be read."""
        self._sources.get(task.path, task.settings, task.stamp)
        for page, parcel in zip(task.pages, task.parcels, strict=True):
            began = time.monotonic()
            try:
                reading = self._recall(parcel) or self._read(task, page, parcel)
            except (UnreadableInput, EngineFailed) as error:
                yield _failed(task.key, page, error, time.monotonic() - began)
            except (RecoverError, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001 a mistake of ours over one page must not cost the others
                _refuse_full_disk(error, parcel)
                _refuse_starvation(error)
                yield _failed(task.key, page, unforeseen(f"page {page + 1}", error), time.monotonic() - began)
            else:
                yield _done(task.key, reading, time.monotonic() - began)

    def close(self) -> None:
        self._sources.close()

    def _recall(self, parcel: str) -> PageReading | None:
        """What an earlier run has read and could not enter into its ledger any more."""
        try:
            return load(storage_for(parcel), parcel).reading
        except DamagedPage:
            return None

    def _read(self, task: Read, page: int, parcel: str) -> PageReading:
        source = self._sources.get(task.path, task.settings, task.stamp)
        reader = self._reader_for(task)
        with tempfile.TemporaryDirectory(prefix="recover-page-") as folder:
            reading = reader(source, page, PageStore(Path(folder)))
            content = pack(reading, Path(folder))
        _store(parcel, content)
        return reading

    def _reader_for(self, task: Read) -> PageReader:
        wanted = (task.reader, msgspec.structs.replace(task.settings, password=None, pages=None))
        if self._reader is None or self._opened != wanted:
            self._reader, self._opened = _opener(task.reader)(wanted[1]), wanted
        return self._reader


def _opener(name: str) -> Callable[[Settings], PageReader]:
    module, _, function = name.partition(":")
    return cast("Callable[[Settings], PageReader]", getattr(importlib.import_module(module), function))


def _done(key: int, reading: PageReading, seconds: float) -> PageRead:
    confidence = page_confidence(reading)
    return PageRead(key=key, page=reading.index, confidence=confidence, kind=reading.kind, seconds=seconds)


def _store(parcel: str, content: bytes) -> None:
    try:
        storage_for(parcel).write(parcel, content)
    except OSError as error:
        raise UnwritableOutput(parcel, error.strerror or str(error), WRITE_REMEDY) from error


def _refuse_full_disk(error: Exception, parcel: str) -> None:
    """A page that finds no room for its pictures is no bad page; raises UnwritableOutput."""
    if isinstance(error, OSError) and error.errno in CANNOT_WRITE:
        raise UnwritableOutput(parcel, error.strerror or str(error), WRITE_REMEDY) from error


def _refuse_starvation(error: Exception) -> None:
    """Libraries have errors of their own for memory that they don't get; raises MemoryError."""
    if any(word in str(error) for word in STARVED):
        raise MemoryError from error


def _failed(key: int, page: int, error: RecoverError, seconds: float) -> PageFailed:
    return PageFailed(key=key, page=page, fault=Fault.of(error), seconds=seconds)


def page_confidence(reading: PageReading) -> float | None:
    """The mean over the characters that somebody measured, rounded; None when nobody did."""
    values = [value for region in reading.regions for line in region.lines for value in line.confidences if value >= 0]
    return round(sum(values) / len(values), 4) if values else None


# The file a worker reads from: looked at first, then kept open from one page to the next.


class OpenSource:
    """One open file; asking for another closes it. A remote file is fetched whole, into a temporary folder."""

    def __init__(self) -> None:
        self._named: tuple[str, str | None, str] | None = None
        self._source: PageSource | None = None
        self._fetched: tempfile.TemporaryDirectory[str] | None = None
        self.place = Path()

    def get(self, path: str, settings: Settings, stamp: str = "") -> PageSource:
        """The open file, ``place`` being where it stands on this machine; raises UnreadableInput."""
        if self._source is None or self._named != (path, settings.password, stamp):
            self.close()
            self._refuse_changed(path, stamp)
            self.place = self._fetch(path) if is_url(path) else Path(path)
            self._source = open_source(self.place, settings.password, settings.limits)
            self._named = (path, settings.password, stamp)
        return self._source

    def close(self) -> None:
        if self._source is not None:
            # A damaged file may fail even to be closed; that must not be the next one's fault.
            with suppress(Exception):
                self._source.close()
        if self._fetched is not None:
            self._fetched.cleanup()
        self._source, self._named, self._fetched = None, None, None

    def _refuse_changed(self, path: str, stamp: str) -> None:
        if stamp and stamp_of(path) != stamp:
            raise UnreadableInput(path, "has changed while it was being read", "run it again when it is complete")

    def _fetch(self, path: str) -> Path:
        self._fetched = tempfile.TemporaryDirectory(prefix="recover-")
        place = Path(self._fetched.name) / path.rsplit("/", 1)[-1]
        try:
            place.write_bytes(storage_for(path).read(path))
        except OSError as error:
            raise UnreadableInput(path, error.strerror or str(error), "check the address and its access") from error
        return place


def stamp_of(path: str) -> str:
    """What changes when the file changes; raises UnreadableInput where there is none."""
    try:
        return storage_for(path).stamp(path)
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableInput(path, cause, "check the path and its permissions") from error


# Looking at a file before its pages are read.


def look(task: Look) -> Looked:
    """A file's hash and number of pages; raises RecoverError, for settings that can't be kept too."""
    began = time.monotonic()
    choose_formats(task.settings.formats)
    load_stack(task.settings.glossaries)
    stamp = stamp_of(task.path)
    source = OpenSource()
    try:
        pages = source.get(task.path, task.settings, stamp).page_count
        with source.place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInput(task.path, error.strerror or str(error), "check the file and run it again") from error
    finally:
        source.close()
    return Looked(key=task.key, stamp=stamp, sha256=sha256, pages=pages, seconds=time.monotonic() - began)
