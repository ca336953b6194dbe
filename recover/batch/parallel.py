"""The pages of one file, read by several workers at once, in the order of the pages."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from recover.batch.crew import Crew
from recover.batch.limits import Limits, fair_memory_mb, workers_for
from recover.batch.parcel import DamagedParcel, unpack, write_pictures
from recover.batch.tasks import Failed, Fault, Lost, PageFailed, PageRead, Read, Returned, Task, reader_name
from recover.errors import EngineFailed, UnwritableOutput
from recover.model.document import Problem
from recover.model.page import PageReading
from recover.pipeline import page_problem
from recover.settings import Settings

# What a page may cost before it is given up: the second time it has a fresh worker to itself.
MAX_ATTEMPTS = 2
WAIT_SECONDS = 1.0


def read_pages_in_parallel(
    path: Path,
    indexes: Sequence[int],
    settings: Settings,
    store_folder: Path,
    workers: int = 0,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[PageReading | Problem]:
    """The readings of the pages ``indexes``, in that order, or what kept a page from being read.

    ``workers`` 0 means one a core, as far as memory allows. Pictures go to ``store_folder``. A page that kills or
    hangs its worker is tried once more. Raises RecoverError where no page can be read, as without its engine.
    """
    count = max(1, min(workers_for(workers), len(indexes)))
    plain = msgspec.structs.replace(settings, pages=None)
    with (
        tempfile.TemporaryDirectory(prefix="recover-") as folder,
        Crew(count, Limits(memory_mb=fair_memory_mb(count))) as crew,
    ):
        places = {page: str(Path(folder) / f"{page}.page") for page in indexes}
        tasks = [_task(path, page, place, plain) for page, place in places.items()]
        done: dict[int, Fault | None] = {}
        arrivals = _arrivals(tasks, crew)
        for page in indexes:
            while page not in done:
                arrived, fault = next(arrivals)
                done[arrived] = fault
                if progress:
                    progress(len(done), len(indexes))
            yield _taken(page, places[page], done[page], store_folder)


def _task(path: Path, page: int, place: str, settings: Settings) -> Read:
    return Read(
        key=0, path=str(path), stamp="", pages=(page,), parcels=(place,), settings=settings, reader=reader_name()
    )


def _arrivals(tasks: Sequence[Task], crew: Crew) -> Iterator[tuple[int, Fault | None]]:
    """Pages as they are through, in any order, with what was wrong with them."""
    waiting = list(reversed(tasks))
    by_page = {task.pages[0]: task for task in tasks if isinstance(task, Read)}
    attempts: Counter[int] = Counter()
    while True:
        for _ in range(min(crew.room(), len(waiting))):
            crew.submit(waiting.pop())
        for outcome in crew.wait(WAIT_SECONDS):
            if isinstance(outcome, Failed):
                raise outcome.fault.error()
            if isinstance(outcome, Returned):
                waiting.append(outcome.task)
            elif isinstance(outcome, Lost) and outcome.page is not None:
                attempts[outcome.page] += 1
                if attempts[outcome.page] < MAX_ATTEMPTS:
                    waiting.insert(0, by_page[outcome.page])
                else:
                    yield outcome.page, outcome.fault
            elif isinstance(outcome, PageRead | PageFailed):
                yield outcome.page, outcome.fault if isinstance(outcome, PageFailed) else None


def _taken(page: int, place: str, fault: Fault | None, store_folder: Path) -> PageReading | Problem:
    """The reading out of its parcel, its pictures put into the document's folder."""
    if fault is not None:
        return page_problem(page, fault.error())
    try:
        parcel = unpack(Path(place).read_bytes())
        write_pictures(parcel, store_folder)
        Path(place).unlink()
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnwritableOutput(str(store_folder), cause, "free space or choose another -o") from error
    except DamagedParcel as error:
        raise EngineFailed(place, f"a page got lost between two processes ({error})", "run it again") from error
    return parcel.reading
