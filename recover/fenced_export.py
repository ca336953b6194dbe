"""More formats of a recovered folder: its document and the original it came from are opened inside the fence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.drafts import NAME, sweep
from recover.fence.worker_pool import call
from recover.settings import Limits


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The arguments of ``export_again``, with paths as texts."""

    folder: str
    formats: tuple[str, ...]
    target: str | None
    source: str | None
    password: str | None
    style: str
    abstracts: str


def export_fenced(
    folder: Path,
    formats: tuple[str, ...],
    limits: Limits,
    *,
    target: Path | None,
    source: Path | None,
    password: str | None,
    style: str,
    abstracts: str,
) -> tuple[Path, ...]:
    """Write ``formats`` in a process of its own; the files that were written. Raises RecoverError."""
    task = Export(
        folder=str(folder),
        formats=formats,
        target=str(target) if target else None,
        source=str(source) if source else None,
        password=password,
        style=style,
        abstracts=abstracts,
    )
    try:
        written = call("recover.fenced_export:export_inside", task, subject=str(folder), limits=limits)
        return tuple(Path(name.decode()) for name in written)
    finally:
        sweep(target or folder, NAME)


def export_inside(arguments: bytes) -> Iterator[bytes]:
    """The same inside the fence; yields the names of the files. Raises RecoverError."""
    from recover.pipeline.output import export_again  # noqa: PLC0415 the side outside needs none of this
    from recover.review.replay import is_reviewed, reviewed_document  # noqa: PLC0415

    task = msgspec.msgpack.decode(arguments, type=Export)
    folder = Path(task.folder)
    written = export_again(
        folder,
        task.formats,
        target=Path(task.target) if task.target else None,
        source=Path(task.source) if task.source else None,
        password=task.password,
        style=task.style,
        abstracts=task.abstracts,
        reviewed=reviewed_document(folder) if folder.is_dir() and is_reviewed(folder) else None,
    )
    yield from (str(path).encode() for path in written)
