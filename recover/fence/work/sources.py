"""The file a worker reads from, kept open from one page to the next."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from recover.batch.storage import is_url, storage_for
from recover.errors import UnreadableInput
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
