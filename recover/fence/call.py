"""One task in a fenced process, from this side: its outcomes, and its failures as errors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TypeVar

import msgspec

from recover.fence.confine import fair_memory_mb
from recover.fence.tasks import Answer, Call, Failed, Idle, Lost, Outcome, Returned, Task
from recover.fence.worker_pool import Pool, WorkerPool
from recover.limits import Limits

WAIT_SECONDS = 1.0
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
