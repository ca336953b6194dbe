"""The file a worker reads from: looked at first, then kept open from one page to the next."""

from __future__ import annotations

import hashlib
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from recover.errors import UnreadableInput
from recover.export.formats import choose_formats
from recover.fence.tasks import Look, Looked
from recover.glossary.load import load_stack
from recover.pipeline.storage import is_url, storage_for
from recover.settings import Settings
from recover.stages.acquire.open import open_source
from recover.stages.acquire.source import PageSource


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
