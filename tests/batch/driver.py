"""Batches as these tests run them: in this process, with real worker processes."""

from pathlib import Path

import msgspec

from recover.batch.events import Event, FileDone, Finished, PageDone
from recover.batch.run import run_batch
from samples.batch.drive import batch


class Listener:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def tell(self, event: Event) -> None:
        self.events.append(event)

    @property
    def pages(self) -> list[tuple[str, int]]:
        return [(event.file, event.page) for event in self.events if isinstance(event, PageDone) and not event.error]

    @property
    def files(self) -> dict[str, str]:
        return {event.file: event.state for event in self.events if isinstance(event, FileDone)}

    def error(self, file: str) -> str:
        return next(event.error for event in self.events if isinstance(event, FileDone) and event.file == file)


def run(folder: Path, out: Path, workers: int = 1, **changes: object) -> tuple[Finished, Listener]:
    listener = Listener()
    chosen = msgspec.structs.replace(batch(str(folder), str(out), workers), **changes)
    return run_batch(chosen, listener), listener
