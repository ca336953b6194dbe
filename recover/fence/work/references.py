"""Loose references, parsed and rendered in a fenced process, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.fence.call import call
from recover.fence.worker_pool import WorkerPool
from recover.limits import Limits


class References(msgspec.Struct, frozen=True, kw_only=True):
    """The file with one reference a line, and what to make of it."""

    path: str
    form: str
    style: str
    limits: Limits


def render_list(path: Path, form: str, style: str, limits: Limits, pool: WorkerPool | None = None) -> Iterator[bytes]:
    """Pieces of the output for the references in a file; raises RecoverError."""
    task = References(path=str(path), form=str(form), style=style, limits=limits)
    return call("recover.fence.work.references_inside:render", task, subject=str(path), limits=limits, pool=pool)
