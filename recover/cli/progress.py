"""Progress of long work: a bar on a terminal, plain lines elsewhere, both on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recover.cli.failure import tell
from recover.cli.options import Told


@contextmanager
def page_progress(name: str, told: Told) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call after every page of ``name`` with the pages done and all pages; None where little is told."""
    if told is Told.LITTLE:
        yield None
        return
    if not sys.stderr.isatty():
        yield lambda done, total: _tell(name, done, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(name: str, done: int, total: int) -> None:
    """A line a page; a single page has no progress to tell."""
    if total > 1:
        tell(f"{name}: page {done} of {total}")
