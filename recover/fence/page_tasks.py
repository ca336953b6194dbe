"""The pages of one file, read by the workers of a pool at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from recover.fence.tasks import Failed, Fault, Lost, PageFailed, PageRead, Read, Returned, Task
from recover.fence.worker_pool import Pool

# What a page may cost before it is given up: the second time it has a fresh worker to itself.
MAX_ATTEMPTS = 2
WAIT_SECONDS = 1.0


def read_pages(
    pool: Pool, tasks: Sequence[Read], progress: Callable[[int, int], None] | None = None
) -> dict[int, Fault | None]:
    """What was wrong with each page, None where it is in its parcel; a task is one page.

    A page that kills or hangs its worker is tried once more. Raises RecoverError where no page can be read, as without
    its engine.
    """
    done: dict[int, Fault | None] = {}
    arrivals = _arrivals(tasks, pool)
    while len(done) < len(tasks):
        page, fault = next(arrivals)
        done[page] = fault
        if progress:
            progress(len(done), len(tasks))
    return done


def _arrivals(tasks: Sequence[Read], pool: Pool) -> Iterator[tuple[int, Fault | None]]:
    """Pages as they are through, in any order, with what was wrong with them."""
    waiting: list[Task] = list(reversed(tasks))
    by_page = {task.pages[0]: task for task in tasks}
    attempts: Counter[int] = Counter()
    while True:
        for _ in range(min(pool.room(), len(waiting))):
            pool.submit(waiting.pop())
        for outcome in (found for found in pool.wait(WAIT_SECONDS) if found.key == tasks[0].key):
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
