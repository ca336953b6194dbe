"""Workers under supervision: the lost are replaced, and nothing that was given to them is forgotten."""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from recover.drafts import to_the_end
from recover.errors import EngineFailed
from recover.fence.limits import RECYCLE_SHARE, resident_mb
from recover.fence.tasks import Outcome, Task
from recover.fence.worker_process import DEPTH, News, WorkerProcess
from recover.interrupts import undisturbed
from recover.limits import Limits

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

    def submit(self, task: Task) -> None:
        min(self._workers, key=lambda worker: len(worker.tasks)).give(task)

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
