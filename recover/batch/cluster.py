"""A Dask cluster as a pool: the same tasks, done by workers that come and go on other machines."""

from __future__ import annotations

import queue
import threading
import time
from typing import Protocol, cast

import msgspec

from recover.errors import EngineFailed, MissingComponent, RecoverError, UsageError
from recover.fence.tasks import Failed, Fault, Idle, Lost, Outcome, Returned, Task, decode_outcome, decode_task, encode
from recover.fence.worker_pool import WorkerPool, fitting
from recover.settings import Limits, cores
from recover.version import __version__

CONNECT_SECONDS = 20
# Tasks a thread of the cluster has at hand: one under work, one on its way.
DEPTH = 2
COUNT_SECONDS = 2.0
# Machines may be lost under a task this often (Dask itself starts it anew three times each).
MAX_LOSSES = 5


class _Future(Protocol):
    key: str
    status: str

    def result(self) -> list[bytes]: ...
    def exception(self) -> BaseException | None: ...
    def add_done_callback(self, function: object) -> None: ...
    def release(self) -> None: ...


class _Client(Protocol):
    status: str

    def submit(self, function: object, *values: object, pure: bool) -> _Future: ...
    def nthreads(self) -> dict[str, int]: ...
    def close(self, timeout: float) -> None: ...


class Cluster:
    """Every task goes to the scheduler; what a lost machine had in hand, the scheduler gives to another."""

    # A machine opens a file once for so many pages of it.
    span = 8

    def __init__(self, address: str, limits: Limits) -> None:
        self._address, self._limits = address, limits
        self._client = _connect(address)
        self._tasks: dict[str, tuple[Task, _Future]] = {}
        self._losses: dict[int, int] = {}
        self._done: queue.SimpleQueue[_Future] = queue.SimpleQueue()
        self._threads, self._counted = 0, 0.0

    def room(self) -> int:
        if time.monotonic() - self._counted > COUNT_SECONDS:
            self._threads, self._counted = sum(self._client.nthreads().values()), time.monotonic()
        return DEPTH * max(1, self._threads) - len(self._tasks)

    def submit(self, task: Task) -> None:
        limits = self._limits
        future = self._client.submit(run_on_node, encode(task), __version__, msgspec.json.encode(limits), pure=False)
        self._tasks[future.key] = task, future
        future.add_done_callback(self._done.put)

    def wait(self, seconds: float) -> list[Outcome]:
        found: list[Outcome] = []
        while True:
            try:
                future = self._done.get(timeout=0 if found else seconds)
            except queue.Empty:
                break
            found.extend(self._outcomes(future))
        if self._client.status not in {"running", "connecting"}:
            raise self._lost("the connection is gone")
        return found

    def close(self) -> None:
        for _, future in self._tasks.values():
            future.release()
        self._client.close(timeout=2)

    def _outcomes(self, future: _Future) -> list[Outcome]:
        task, _ = self._tasks.pop(future.key)
        if future.status == "finished":
            return [decode_outcome(message) for message in future.result()]
        losses = self._losses[task.key] = self._losses.get(task.key, 0) + 1
        if losses > MAX_LOSSES:
            raise self._lost(f"its workers are lost again and again ({future.exception()})")
        return [Returned(key=task.key, task=task)]

    def _lost(self, cause: str) -> EngineFailed:
        return EngineFailed(self._address, cause, "see to the cluster, then run the same command again to go on")


def _connect(address: str) -> _Client:
    try:
        from distributed import Client  # noqa: PLC0415 an optional package
    except ImportError as error:
        raise MissingComponent("--scheduler", "Dask is not installed", "pip install 'recover-ocr[cluster]'") from error
    try:
        return cast("_Client", Client(address, timeout=CONNECT_SECONDS, set_as_default=False))
    except (OSError, ValueError) as error:
        remedy = "start one with 'dask scheduler', and name it as tcp://host:8786"
        raise EngineFailed(address, f"no scheduler answers ({error})", remedy) from error


# A task on a machine of a cluster: done by a supervised worker process there, as it would be at home.

_local = threading.local()
WAIT_SECONDS = 5.0


def run_on_node(message: bytes, version: str, limits: bytes) -> list[bytes]:
    """The outcomes of an encoded task, encoded. The cluster's own process never loads an engine, nor dies of one."""
    task = decode_task(message)
    try:
        if version != __version__:
            raise UsageError("a worker", f"has recover {__version__}, not {version}", "install the same everywhere")
        pool = _pool(fitting(msgspec.json.decode(limits, type=Limits), cores()))
        pool.submit(task)
        found: list[Outcome] = []
        while not found or not isinstance(found[-1], Idle | Lost):
            found.extend(pool.wait(WAIT_SECONDS))
    except RecoverError as error:
        found = [Failed(key=task.key, fault=Fault.of(error)), Idle(key=task.key)]
    return [encode(outcome) for outcome in found]


def _pool(limits: Limits) -> WorkerPool:
    """A pool of one for each thread that the cluster gives us, kept warm."""
    if getattr(_local, "limits", None) != limits:
        _local.pool, _local.limits = WorkerPool(1, limits, network=True), limits
    pool: WorkerPool = _local.pool
    return pool
