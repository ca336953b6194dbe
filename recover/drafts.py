"""Work in progress and what came of it: locked folders for drafts, and the list of files that this program wrote."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Literal

import msgspec

from recover.errors import MALFORMED

try:
    import fcntl
except ImportError:  # Windows: a draft is then removed by its own process only
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".recover-", ".part"
LOCK, NEW, OLD = "lock", "new", "old"
# A lock before it is held.
UNBORN = "lock.new"
# A folder that vanishes before its lock is in it was taken for a dead one's.
ATTEMPTS = 5


@contextmanager
def draft_for(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` for what will stand there, removed in the end; raises OSError.

    It holds a folder ``new`` for the new content; ``old`` is the name for what stood in the place before.
    """
    sweep(target.parent, target.name)
    made: list[tuple[Path, IO[str]]] = []
    try:
        with undisturbed():
            made.append(_locked_folder(target.parent, PREFIX, SUFFIX, target.name))
        draft = made[0][0]
        (draft / NEW).mkdir()
        yield draft
    finally:
        for draft, lock in made:
            settle(draft, target)
            lock.close()


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """A temporary folder, removed in the end; those of killed processes are removed first."""
    made: list[tuple[Path, IO[str]]] = []
    try:
        with undisturbed():
            made.append(open_scratch(purpose))
        yield made[0][0]
    finally:
        for folder, lock in made:
            to_the_end(functools.partial(close_scratch, folder, lock))


def to_the_end(clear: Callable[[], object]) -> None:
    """Call what clears up again until no interrupt cuts it short; an interrupt is raised after it."""
    interrupt: KeyboardInterrupt | None = None
    while True:
        try:
            clear()
            break
        except KeyboardInterrupt as error:
            interrupt = error
    if interrupt is not None:
        raise interrupt


def open_scratch(purpose: str) -> tuple[Path, IO[str]]:
    """A temporary folder and the lock that keeps it, for ``close_scratch``; those of killed processes are removed."""
    prefix, place = f"recover.{purpose}-", Path(tempfile.gettempdir())
    for folder in _matching(place, prefix, ""):
        _drop_unborn(folder)
        if is_abandoned(folder):
            _remove(folder)
    return _locked_folder(place, prefix, "", purpose)


def close_scratch(folder: Path, lock: IO[str]) -> None:
    """Remove a temporary folder and let go of its lock."""
    _remove(folder)
    lock.close()


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: what a kill leaves of it is known as a dead one's."""
    for entry in _matching(folder, "", ""):
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with suppress(OSError):
                entry.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path, name: str | None = None) -> None:
    """Settle what killed processes left in ``folder`` of the target ``name``, or of all targets."""
    for draft in _matching(folder, PREFIX, SUFFIX):
        _drop_unborn(draft)
        owner = _target_name(draft)
        if owner is not None and name in (None, owner) and is_abandoned(draft):
            settle(draft, folder / owner)


def settle(draft: Path, target: Path) -> None:
    """End a draft: what stood in a place that is empty now goes back, files that are not ours go to the target."""
    with suppress(OSError):
        return_old(draft / OLD, target)
    shutil.rmtree(draft / NEW, ignore_errors=True)
    if not (draft / OLD).exists():
        with suppress(OSError):
            (draft / LOCK).unlink()
            draft.rmdir()


def return_old(old: Path, target: Path) -> None:
    """Clear a folder that was replaced: back into an empty place, else what is not ours into the new folder.

    Raises OSError. What can't go anywhere stays where it is.
    """
    if not old.is_dir():
        return
    if not os.path.lexists(target):
        old.rename(target)
        return
    manifest = read_manifest(old) or NONE
    for name in list(list_files(old)):
        if manifest.owns(old, name) or is_same(old / name, target / name):
            (old / name).unlink()
        elif not os.path.lexists(target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(target / name)
    if not any(list_files(old)):
        shutil.rmtree(old)


def is_same(one: Path, other: Path) -> bool:
    """Whether both are one file, or equal ones."""
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return other.is_file() and (one.samefile(other) or sum_of(one) == sum_of(other))


def is_abandoned(draft: Path, lock: str = LOCK) -> bool:
    """Whether no running process holds the draft's lock; False where that can't be told."""
    if fcntl is None:
        return False
    try:
        with (draft / lock).open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _locked_folder(place: Path, prefix: str, suffix: str, content: str) -> tuple[Path, IO[str]]:
    for attempt in range(ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=place))
        try:
            return folder, _lock(folder, content)
        except FileNotFoundError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def _lock(folder: Path, content: str) -> IO[str]:
    """The lock of a new folder. It gets its name when it is held, so that nobody finds it free."""
    early = folder / UNBORN
    file = early.open("w", encoding="utf-8", errors="surrogateescape")
    if fcntl is not None:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    file.write(content)
    file.flush()
    early.rename(folder / LOCK)
    return file


def _drop_unborn(folder: Path) -> None:
    """Remove a folder whose process was killed before its lock was in place; one that is alive makes another."""
    try:
        names = os.listdir(folder)  # noqa: PTH208
        if names == [UNBORN] and is_abandoned(folder, UNBORN):
            (folder / UNBORN).unlink()
            names = []
        if not names:
            folder.rmdir()
    except OSError:
        return


def _matching(folder: Path, prefix: str, suffix: str) -> list[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 names that are no UTF-8 too
    except OSError:  # there is none yet, or it may not be read: whoever writes there will say so
        return []
    return [folder / name for name in names if name.startswith(prefix) and name.endswith(suffix)]


def _target_name(draft: Path) -> str | None:
    """Whose draft it is; None for a folder that is no draft of this program."""
    try:
        names = set(os.listdir(draft))  # noqa: PTH208
        if LOCK not in names or not names <= {LOCK, NEW, OLD}:
            return None
        name = (draft / LOCK).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return name if name and "/" not in name and "\0" not in name and name not in (".", "..") else None


# The list of files that this program wrote into a folder: it may replace or remove these, unchanged, and no others.

NAME = "recover-manifest.json"
SCHEMA: Literal["recover/manifest/1"] = "recover/manifest/1"


class Manifest(msgspec.Struct, frozen=True):
    """SHA-256 sums by file name below the folder. A file may have two while it is being replaced."""

    schema: Literal["recover/manifest/1"]
    files: dict[str, tuple[str, ...]]

    def owns(self, folder: Path, name: str) -> bool:
        """Whether the file ``name`` is one of ours, unchanged."""
        path = folder / name
        return name in self.files and path.is_file() and not path.is_symlink() and sum_of(path) in self.files[name]


NONE = Manifest(SCHEMA, {})


def has_damaged(folder: Path) -> bool:
    """Whether something stands where the list belongs that is none."""
    return os.path.lexists(folder / NAME) and read_manifest(folder) is None


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's list; None where there is none, or one that nobody can trust."""
    place = folder / NAME
    try:
        if place.is_symlink() or not place.is_file():
            return None
        return msgspec.json.decode(place.read_bytes(), type=Manifest)
    except (OSError, *MALFORMED):
        return None


def write_manifest(folder: Path, files: Mapping[str, tuple[str, ...]]) -> None:
    """Put the list into the folder, whole or not at all; raises OSError."""
    entries = [f"{_json(name)}: {_json(files[name])}" for name in sorted(files)]
    content = f'{{"schema": {_json(SCHEMA)}, "files": {{\n' + ",\n".join(entries) + "\n}}\n"
    draft = folder / f"{NAME}.part"
    draft.write_text(content, encoding="utf-8")
    draft.replace(folder / NAME)


def list_files(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, with slashes; links are files. The list of files itself is left out."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in (*files, *links):
            path = Path(root, name).relative_to(folder).as_posix()
            if path not in (NAME, f"{NAME}.part"):
                yield path


def sums_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """The entries of all files below a folder."""
    return {name: (sum_of(folder / name),) for name in list_files(folder)}


def sum_of(path: Path) -> str:
    """The SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


# Signals that ask a command to end: whatever asks, what is half done is cleared away first.

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")

_held = 0
_asked = False


def end_like_interrupts() -> None:
    """Have SIGTERM and SIGHUP end the command as Ctrl-C does, unless whoever started it has them ignored."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (getattr(signal, name) for name in ENDING if hasattr(signal, name)):
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have an interrupt wait until what is done here is done: a folder made, say, and known to whoever removes it.

    Holds back the signals that ``end_like_interrupts`` has taken over, and raises KeyboardInterrupt in the end.
    """
    global _held  # noqa: PLW0603 a process has one set of signals
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if _asked and not _held:
            _raise()


def _interrupt(number: int, frame: object) -> None:
    global _asked  # noqa: PLW0603
    del frame
    if number != signal.SIGINT:  # Ctrl-C a second time ends at once what takes its time to clear up
        signal.signal(number, signal.SIG_IGN)
    _asked = True
    if not _held:
        _raise()


def _raise() -> None:
    global _asked  # noqa: PLW0603
    _asked = False
    raise KeyboardInterrupt
