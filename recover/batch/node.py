"""A task on a machine of a cluster: done by a supervised worker process there, as it would be at home."""

from __future__ import annotations

import threading

from recover import __version__
from recover.batch.crew import Crew
from recover.batch.limits import Limits, cores, fair_memory_mb
from recover.batch.tasks import Failed, Fault, Idle, Lost, Outcome, decode_task, encode
from recover.errors import RecoverError, UsageError

_local = threading.local()
WAIT_SECONDS = 5.0


def run_on_node(message: bytes, version: str, page_seconds: float, memory_mb: int) -> list[bytes]:
    """The outcomes of an encoded task, encoded. The cluster's own process never loads an engine, nor dies of one."""
    task = decode_task(message)
    try:
        if version != __version__:
            raise UsageError("a worker", f"has recover {__version__}, not {version}", "install the same everywhere")
        crew = _crew(Limits(page_seconds=page_seconds, memory_mb=memory_mb or fair_memory_mb(cores())))
        crew.submit(task)
        found: list[Outcome] = []
        while not found or not isinstance(found[-1], Idle | Lost):
            found.extend(crew.wait(WAIT_SECONDS))
    except RecoverError as error:
        found = [Failed(key=task.key, fault=Fault.of(error)), Idle(key=task.key)]
    return [encode(outcome) for outcome in found]


def _crew(limits: Limits) -> Crew:
    """A crew of one for each thread that the cluster gives us, kept warm."""
    if getattr(_local, "limits", None) != limits:
        _local.crew, _local.limits = Crew(1, limits), limits
    crew: Crew = _local.crew
    return crew
