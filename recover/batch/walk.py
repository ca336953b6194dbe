"""The files that a batch takes up: what stands in a folder, and what a scanner drops there."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec
from platformdirs import user_data_path

from recover.batch.events import Trouble, View, Waiting
from recover.errors import RecoverError, UnreadableInput
from recover.pipeline.storage import is_url, remote_files, remote_stamp

HOME = ".recover"
CSV_REPORT, HTML_REPORT = "batch-report.csv", "batch-report.html"


class Place(msgspec.Struct, frozen=True):
    """The folder of inputs and the folder of documents, each a path or an URL, without a slash at the end."""

    folder: str
    out: str

    @property
    def home(self) -> Path:
        """The folder of the ledger and its lock: in the output, or on this machine where that is remote."""
        return home_of(self.out)

    def input(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def target(self, name: str) -> str:
        return f"{self.out}/{name}"

    def parcel(self, sha256: str, read_key: str, page: int) -> str:
        """A page's parcel: found by what the page is and how it was read, wherever the file was."""
        return f"{self.out}/{HOME}/pages/{sha256[:2]}/{sha256[:32]}-{read_key}/{page + 1:05d}.page"


def home_of(out: str) -> Path:
    """The folder of an output's ledger."""
    if not is_url(out):
        return Path(out) / HOME
    return user_data_path("recover", appauthor=False) / "batches" / hashlib.sha256(out.encode()).hexdigest()[:16]


def place_of(folder: str, out: str) -> Place:
    """The places a user named, made absolute."""
    return Place(_absolute(folder), _absolute(out))


def _absolute(name: str) -> str:
    return name.rstrip("/") if is_url(name) else str(Path(name).expanduser().resolve())


# The files of a folder that a batch takes up: PDFs and page images, however deep.

SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".gif", ".webp"}
# What scanners, browsers and copying programs call a file that isn't whole yet.
UNFINISHED = {".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".!ut"}
MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
HEAD_BYTES = 1024


class Found(msgspec.Struct, frozen=True):
    """A file's name below the folder, with slashes, and its stamp; ``fault`` says why it can't be taken up."""

    name: str
    stamp: str
    fault: str = ""


def walk(folder: str, leave_out: str) -> Iterator[Found]:
    """All files to take up, in no order; raises UnreadableInput where the folder can't be read."""
    if is_url(folder):
        yield from _walk_remote(folder, leave_out)
        return
    if not Path(folder).is_dir():
        raise UnreadableInput(folder, "no such folder", "name a folder of PDFs or page images")
    for root, folders, files in os.walk(folder, onerror=_complain):
        folders[:] = [name for name in folders if not name.startswith(".") and os.path.join(root, name) != leave_out]  # noqa: PTH118
        for name in files:
            yield from _take(folder, os.path.join(root, name))  # noqa: PTH118 millions of names: text is ten times faster


def _complain(error: OSError) -> None:
    """A folder inside that may not be read stops the walk: its files would look as if they had gone."""
    cause = error.strerror or str(error)
    raise UnreadableInput(str(error.filename), cause, "give access to it, or move it out of the folder")


def _take(folder: str, path: str) -> Iterator[Found]:
    name = os.path.relpath(path, folder).replace(os.sep, "/")
    is_named_so = os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122
    if is_unfinished(name):
        return
    try:
        status = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):  # to open a pipe would take for ever
            if is_named_so:
                yield Found(name, "", "it is a pipe or a device, not a file")
            return
        if not is_named_so and not _looks_like_one(path):
            return
        stamp = f"{status.st_size}-{status.st_mtime_ns}"
    except OSError as error:
        if not os.path.islink(path):  # noqa: PTH114
            return  # gone since the folder was listed
        yield Found(name, "", error.strerror or str(error))
        return
    try:
        name.encode()
    except UnicodeEncodeError:
        readable = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        yield Found(readable, stamp, "its name is not UTF-8; rename it")
        return
    yield Found(name, stamp)


def is_unfinished(name: str) -> bool:
    """Whether a name tells that the file is hidden, or still being written."""
    last = name.rsplit("/", 1)[-1]
    return last.startswith((".", "~$")) or PurePosixPath(last).suffix.lower() in UNFINISHED


def _looks_like_one(path: str) -> bool:
    """A PDF or picture whose name doesn't say so."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(HEAD_BYTES)
    except OSError:
        return False
    return b"%PDF-" in head or head.startswith(MARKS)


def _walk_remote(folder: str, leave_out: str) -> Iterator[Found]:
    for name, info in remote_files(folder):
        hidden = any(part.startswith(".") for part in name.split("/"))
        inside = f"{folder}/{name}".startswith(leave_out + "/")
        if not hidden and not inside and not is_unfinished(name) and PurePosixPath(name).suffix.lower() in SUFFIXES:
            yield Found(name, remote_stamp(info))


# A scanner's drop folder: files are taken up when they have stopped growing, for days on end.

# Scanners write a page at a time: a file that has not changed for so long is taken for complete.
SETTLE_SECONDS = 3.0
# A network folder may tell nothing of what others write there, so it is also looked through so often.
LOOK_SECONDS = 30.0
# After trouble (a full disk, a folder that is not mounted) one tries again, ever more seldom.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0


class Settling:
    """Files that have kept their stamp for a while; ``is_waiting`` while others have not, at the last look."""

    def __init__(self, seconds: float = SETTLE_SECONDS) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[str, float]] = {}
        self.is_waiting = False

    def settled(self, found: Sequence[Found], now: float) -> list[Found]:
        """Those of ``found`` that have not changed for the time set, ``now`` being a clock's seconds."""
        seen: dict[str, tuple[str, float]] = {}
        for file in found:
            stamp, since = self._seen.get(file.name, ("", now))
            seen[file.name] = (stamp, since) if stamp == file.stamp else (file.stamp, now)
        self._seen = seen
        settled = [file for file in found if now - seen[file.name][1] >= self._seconds]
        self.is_waiting = len(settled) < len(found)
        return settled


class Watcher:
    """Calls for work when there is some; trouble is told, and tried again."""

    def __init__(self, place: Place, stop: threading.Event, view: View) -> None:
        self._place, self._stop, self._view = place, stop, view
        self._settling = Settling()
        self._pause = FIRST_PAUSE

    def run(self, work: Callable[[list[Found]], None]) -> None:
        """Until stopped: wait for files to be whole, and hand them all to ``work``."""
        known: set[Found] = set()
        self._view.tell(Waiting(folder=self._place.folder))
        while not self._stop.is_set():
            try:
                settled = self._settling.settled(list(walk(self._place.folder, self._place.out)), time.monotonic())
                if set(settled) != known:
                    work(settled)
                    known = set(settled)
                    self._view.tell(Waiting(folder=self._place.folder))
                self._pause = FIRST_PAUSE
                self._wait()
            except RecoverError as error:
                self._recover(error)

    def _wait(self) -> None:
        """Until something happens in the folder, a while has passed, or files may have settled."""
        if self._settling.is_waiting or is_url(self._place.folder):
            self._stop.wait(1.0 if self._settling.is_waiting else LOOK_SECONDS)
            return
        import watchfiles  # noqa: PLC0415 only a watched folder needs it

        try:
            changes = watchfiles.watch(
                self._place.folder,
                stop_event=self._stop,
                rust_timeout=int(LOOK_SECONDS * 1000),
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            next(iter(changes), None)
        except OSError:  # the folder went away, or the system has no watches left: the walk will say
            self._stop.wait(LOOK_SECONDS)

    def _recover(self, error: RecoverError) -> None:
        self._view.tell(Trouble(message=f"{error} (trying again in {self._pause:g} s)"))
        self._stop.wait(self._pause)
        self._pause = min(LONGEST_PAUSE, self._pause * 2)
