"""Changes to a glossary file that lose no row: whoever else writes it at the same time.

A change is a function of the rows, not a new file. It is made under a lock against other runs of this program,
and made again on what stands there now when an editor or a spreadsheet has saved in between. The version
before is kept beside the file, with ``.bak`` after its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from recover.errors import UnreadableInput, UnwritableOutput
from recover.glossary import places, table
from recover.glossary.load import read_file
from recover.glossary.table import Sheet

ATTEMPTS = 5
WAIT_SECONDS = 20


class Change(msgspec.Struct, frozen=True):
    """What was done to a file: its rows before and after. With equal rows nothing was written."""

    path: Path
    before: Sheet
    after: Sheet


def change(layer: places.Layer, edit: Callable[[Sheet], Sheet]) -> Change:
    """Replace the rows of a file by what ``edit`` makes of them; a file that isn't there has none.

    ``edit`` may be called more than once. Raises UnreadableInput for a faulty file, which is left alone, and
    UnwritableOutput.
    """
    path = layer.path.resolve()
    with _locked(path):
        for _ in range(ATTEMPTS):
            content = _content(path)
            before = _sheet(layer, content)
            after = edit(before)
            if _says_the_same(before, after) or replace_unless_changed(path, content, table.render(after)):
                return Change(path, before, after)
    raise UnwritableOutput(str(path), "another program keeps writing it", "close the other program and try again")


def undo(layer: places.Layer) -> Path:
    """Exchange a file and its backup, so that a second time brings the change back; returns the path."""
    path = layer.path.resolve()
    with _locked(path):
        backup = backup_of(path)
        if not backup.is_file():
            raise UnreadableInput(str(path), "no earlier version is kept", "only changes made by recover can be undone")
        content = _content(path)
        if not replace_unless_changed(path, content, read_file(backup)):
            raise UnwritableOutput(str(path), "another program has just written it", "look at it and try again")
    return path


def write(path: Path, content: bytes) -> None:
    """Write a new file, or over one that is there, whole or not at all; raises UnwritableOutput."""
    try:
        with _written_beside(path, content) as fresh:
            os.replace(fresh, path)  # noqa: PTH105 - as above
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnwritableOutput(str(path), cause, "choose a file and folder that may be written") from error


def _says_the_same(before: Sheet, after: Sheet) -> bool:
    return (before.concepts, before.removed) == (after.concepts, after.removed)


def backup_of(path: Path) -> Path:
    """Where the version before the last change is kept."""
    return path.with_name(path.name + ".bak")


def _content(path: Path) -> bytes:
    return read_file(path) if path.exists() else b""


def _sheet(layer: places.Layer, content: bytes) -> Sheet:
    if not content.strip():
        return Sheet()
    sheet = table.parse(content, hides_rows=layer.hides_rows)
    table.refuse_faults(str(layer.path), sheet.faults)
    return sheet


def replace_unless_changed(path: Path, was: bytes, now: bytes) -> bool:
    """Put ``now`` where ``was`` stood, in one step and with a backup; False when something else stands there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _written_beside(path, now) as fresh, _written_beside(path, was) as old:
            # Looked at again as late as can be: an editor's save since the reading must not be lost.
            if _content(path) != was:
                return False
            if path.exists():
                os.replace(old, backup_of(path))  # noqa: PTH105 - one call for both, and Path.replace hides that it is atomic
            os.replace(fresh, path)  # noqa: PTH105
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnwritableOutput(str(path), cause, "choose a file and folder that may be written") from error
    return True


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """A file with ``content``, on the disk, in the same folder and with the same rights; gone when not renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        yield written
    finally:
        written.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    # In the cache folder, not beside the file: a glossary's folder is often under version control.
    folder = places.cache_folder() / "locks"
    name = hashlib.sha256(str(path).encode()).hexdigest()[:24]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock", timeout=WAIT_SECONDS):
            yield
    except Timeout as error:
        raise UnwritableOutput(str(path), "another run of recover is changing it", "wait for it to end") from error
