"""A task on a machine of a cluster: done by a supervised worker process there, as it would be at home."""

from __future__ import annotations

import threading

import msgspec

from recover.errors import RecoverError, UsageError
from recover.fence.call import fitting
from recover.fence.tasks import Failed, Fault, Idle, Lost, Outcome, decode_task, encode
from recover.fence.worker_pool import WorkerPool
from recover.limits import Limits, cores
from recover.version import __version__

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
