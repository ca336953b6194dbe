"""Workers under supervision: the lost are replaced, and the pages of one file are read by several at once."""

from __future__ import annotations

import itertools
import queue
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self, TypeVar

import msgspec

from recover.drafts import to_the_end, undisturbed
from recover.errors import EngineFailed
from recover.fence.confine import RECYCLE_SHARE, fair_memory_mb, resident_mb
from recover.fence.tasks import (
    Answer,
    Call,
    Failed,
    Fault,
    Idle,
    Lost,
    Outcome,
    PageFailed,
    PageRead,
    Read,
    Returned,
    Task,
)
from recover.fence.worker_process import DEPTH, News, WorkerProcess
from recover.settings import Limits

# How often the clock and the memory of workers are looked at.
WATCH_SECONDS = 0.25
# So many workers in a row that die before they say a word: it is not the pages' fault.
MAX_STILLBORN = 3


class Pool(Protocol):
    """Whoever does tasks: this machine's workers, or a cluster's. ``span`` is how many pages a task should have."""

    span: int

    def room(self) -> int:
        """How many more tasks would be taken up soon."""

    def submit(self, task: Task) -> None:
        """Have a task done, sometime."""

    def wait(self, seconds: float) -> Sequence[Outcome]:
        """What has come about since; at most ``seconds`` are waited for it."""

    def close(self) -> None:
        """Drop what is not done."""


class WorkerPool:
    """Worker processes on this machine."""

    span = 1

    def __init__(
        self,
        workers: int,
        limits: Limits,
        *,
        network: bool = False,
        threads: int = 1,
    ) -> None:
        self.limits, self.threads = limits, threads
        self._network = network
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._workers: list[WorkerProcess] = []
        self._stillborn = 0
        self._watched = time.monotonic()
        try:
            self.grow(workers)
        except BaseException:
            self.close()
            raise

    def grow(self, workers: int) -> None:
        """Have at least so many workers."""
        while len(self._workers) < workers:
            with undisturbed():
                self._workers.append(self._start())

    def _start(self) -> WorkerProcess:
        return WorkerProcess(self.limits, self._news, network=self._network, threads=self.threads)

    def room(self) -> int:
        return sum(DEPTH - len(worker.tasks) for worker in self._workers)

    def idle(self) -> int:
        """How many workers have nothing to do."""
        return sum(not worker.tasks for worker in self._workers)

    def submit(self, task: Task) -> None:
        """To the worker with the least in hand; of those with nothing, who has waited longest is best prepared."""
        min(self._workers, key=lambda worker: (len(worker.tasks), worker.since)).give(task)

    def wait(self, seconds: float) -> list[Outcome]:
        found: deque[Outcome] = deque()
        timeout = min(seconds, WATCH_SECONDS)
        while True:
            try:
                worker, outcome = self._news.get(timeout=0 if found else timeout)
            except queue.Empty:
                break
            found.extend(self._replace(worker) if outcome is None else self._noted(worker, outcome))
        self._watch()
        return list(found)

    def close(self) -> None:
        to_the_end(self._stop_all)

    def _stop_all(self) -> None:
        while self._workers:
            self._workers[-1].stop()
            self._workers.pop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _noted(self, worker: WorkerProcess, outcome: Outcome) -> list[Outcome]:
        if worker not in self._workers:
            return []
        worker.note(outcome)
        self._stillborn = 0
        if not worker.tasks and resident_mb(worker.process.pid) > RECYCLE_SHARE * self.limits.memory_mb:
            self._renew(worker)
        return [outcome] if outcome.key >= 0 else []

    def _replace(self, worker: WorkerProcess) -> list[Outcome]:
        """A fresh worker for one that has gone; what it left undone goes back to whoever gave it."""
        if worker not in self._workers:
            return []
        self._stillborn += worker.is_stillborn
        if self._stillborn >= MAX_STILLBORN:
            raise EngineFailed("the worker", f"cannot be started ({worker.complaint()})", "run 'recover doctor'")
        left = worker.lost()
        self._renew(worker)
        return left

    def _renew(self, worker: WorkerProcess) -> None:
        worker.stop()
        with undisturbed():
            self._workers[self._workers.index(worker)] = self._start()

    def _watch(self) -> None:
        now = time.monotonic()
        if now - self._watched >= WATCH_SECONDS:
            self._watched = now
            for worker in self._workers:
                worker.watch()


# The pages of one file, read by the workers of a pool at once.

# What a page may cost before it is given up: the second time it has a fresh worker to itself.
MAX_ATTEMPTS = 2
WAIT_SECONDS = 1.0


def read_pages(
    pool: WorkerPool, tasks: Sequence[Read], progress: Callable[[int, int], None] | None = None
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


def _arrivals(tasks: Sequence[Read], pool: WorkerPool) -> Iterator[tuple[int, Fault | None]]:
    """Pages as they are through, in any order, with what was wrong with them."""
    waiting: list[Task] = list(reversed(tasks))
    by_page = {task.pages[0]: task for task in tasks}
    attempts: Counter[int] = Counter()
    while True:
        # No page waits for a busy worker: in the end another one would sit idle beside it.
        for _ in range(min(pool.idle(), len(waiting))):
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


# One task in a fenced process, from this side: its outcomes, and its failures as errors.

KEYS = itertools.count(1)
Kind = TypeVar("Kind")


def open_pool(limits: Limits) -> WorkerPool:
    """One worker that may use all cores, without a network."""
    return WorkerPool(1, fitting(limits, 1), threads=0)


def fitting(limits: Limits, workers: int) -> Limits:
    """The limits, with no more memory a worker than its share of this machine's."""
    return msgspec.structs.replace(limits, memory_mb=fair_memory_mb(limits, workers))


def call(
    function: str, arguments: object, *, subject: str, limits: Limits, pool: Pool | None = None
) -> Iterator[bytes]:
    """What ``function`` (as module:function) yields, called with the encoded ``arguments``; raises RecoverError."""
    task = Call(key=next(KEYS), function=function, arguments=msgspec.msgpack.encode(arguments), subject=subject)
    with ExitStack() as stack:
        for outcome in outcomes(pool or stack.enter_context(open_pool(limits)), task):
            if isinstance(outcome, Answer):
                yield outcome.content


def outcomes(pool: Pool, task: Task) -> Iterator[Outcome]:
    """The outcomes of a task as they come; raises RecoverError where it failed, or was lost."""
    pool.submit(task)
    failure: Failed | None = None
    while True:
        # A pool that is kept may still tell of what it did for others.
        for outcome in (found for found in pool.wait(WAIT_SECONDS) if found.key == task.key):
            match outcome:
                case Failed():
                    failure = outcome
                case Lost():
                    raise outcome.fault.error()
                case Returned():
                    pool.submit(task)
                case Idle():
                    if failure:
                        raise failure.fault.error()
                    return
                case _:
                    yield outcome


def outcome(pool: Pool, task: Task, kind: type[Kind]) -> Kind:
    """The one outcome of this kind; raises RecoverError."""
    return next(found for found in list(outcomes(pool, task)) if isinstance(found, kind))
