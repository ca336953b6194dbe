"""Loose references, parsed and rendered in a fenced process, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.fence.call import call
from recover.fence.worker_pool import WorkerPool
from recover.limits import Limits


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
    entry = "recover.fence.work.references_inside:render"
    for piece in call(entry, task, subject=str(path), limits=limits, pool=pool):
        yield msgspec.msgpack.decode(piece, type=Output)
