"""Loose references and glossary files of other programs, handed to a fenced process a piece at a time."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from recover.errors import RecoverError, UnreadableInput
from recover.fence.worker_pool import WorkerPool, call
from recover.glossary.exchange.spreadsheets import Imported
from recover.settings import Limits, over

# A character takes at most so many bytes in the encodings that are read.
BYTES_A_CHARACTER = 4


def read_bytes(path: Path, limits: Limits) -> bytes:
    """A file's content; raises UnreadableInput for what is no file, can't be read, or is too long."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput(str(path), "is a folder", "name a file")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput(str(path), "is a pipe or a device, not a file", "save its content as a file first")
        if status.st_size > BYTES_A_CHARACTER * limits.characters:
            found = f"it has {status.st_size} bytes"
            raise UnreadableInput(str(path), *over("characters", found, f"{limits.characters} characters"))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "check the path and its permissions") from error


# Loose references, parsed and rendered in a fenced process, a piece at a time.


class References(msgspec.Struct, frozen=True, kw_only=True):
    """The file with the references, its kind by its suffix, and what to make of it."""

    path: str
    suffix: str
    form: str
    style: str
    limits: Limits


class Output(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A piece of the output, and what was doubtful on the way to it."""

    content: bytes
    doubts: tuple[str, ...] = ()


def render_list(
    path: Path, form: str, style: str, limits: Limits, pool: WorkerPool | None = None, suffix: str = ""
) -> Iterator[Output]:
    """Pieces of the output for the references in a file; raises RecoverError."""
    task = References(path=str(path), suffix=suffix.lower(), form=str(form), style=style, limits=limits)
    entry = "recover.worker.texts:render"
    for piece in call(entry, task, subject=str(path), limits=limits, pool=pool):
        yield msgspec.msgpack.decode(piece, type=Output)


# A foreign glossary file, read inside the fence.


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """The file, its format where the name doesn't tell it, and which head is which column."""

    path: str
    form: str
    named: dict[str, str]
    limits: Limits


def read_foreign(
    path: Path, form: str, named: Mapping[str, str], limits: Limits, pool: WorkerPool | None = None
) -> Imported:
    """The concepts in a file, read in a process of its own; raises RecoverError."""
    task = Import(path=str(path), form=form, named=dict(named), limits=limits)
    (content,) = call("recover.fence.texts:read_inside", task, subject=str(path), limits=limits, pool=pool)
    return msgspec.msgpack.decode(content, type=Imported)


def read_inside(arguments: bytes) -> Iterator[bytes]:
    """The same inside the fence; raises RecoverError."""
    from recover.glossary.exchange.formats import format_of  # noqa: PLC0415 the side outside needs none of this

    task = msgspec.msgpack.decode(arguments, type=Import)
    form = format_of(task.path, task.form)
    content = read_bytes(Path(task.path), task.limits)
    try:
        found = form.read(content, task.named, task.path)
    except (RecoverError, MemoryError):
        raise
    except Exception as error:  # each format's library has its own
        cause = f"is damaged ({type(error).__name__})"
        raise UnreadableInput(task.path, cause, "export it again from its program") from error
    yield msgspec.msgpack.encode(found)
