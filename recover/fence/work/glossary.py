"""A foreign glossary file, read inside the fence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from recover.errors import RecoverError, UnreadableInput
from recover.fence.call import call
from recover.fence.work.files import read_bytes
from recover.fence.worker_pool import WorkerPool
from recover.glossary.exchange.columns import Imported
from recover.limits import Limits


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
    (content,) = call("recover.fence.work.glossary:read_inside", task, subject=str(path), limits=limits, pool=pool)
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
