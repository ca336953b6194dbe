"""What a worker may use: seconds a page, and memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from recover.batch.tasks import Make, Read, Task

# A page takes one to ten seconds; the slowest seen, a map full of small print on a busy machine, took under 60.
PAGE_SECONDS = 180.0
# Opening a file or making a short document takes a second or two; the first of a process loads dictionaries.
FILE_SECONDS = 120.0
# A page's share of making a document is 0.05 s.
DOCUMENT_SECONDS = 2.0
# The networks, the libraries and a page at 300 dpi take 1.5 GB; a poster's page takes one more.
WORKER_MB = 2048
LEAST_MEMORY_MB = 3072
# Shares of the machine's memory that all workers may have together, the rest being the system's.
WORKERS_SHARE = 0.8
# A worker over this share of its limit between two pages is replaced by a fresh one.
RECYCLE_SHARE = 0.7

# What a worker ends with when Python itself gets no memory: sysexits' "operating system error".
NO_MEMORY = 71


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of one worker."""

    page_seconds: float = PAGE_SECONDS
    memory_mb: int = LEAST_MEMORY_MB

    def seconds(self, task: Task) -> float:
        """How long a worker may be silent over a task."""
        if isinstance(task, Read):
            return self.page_seconds
        pages = len(task.pages) if isinstance(task, Make) else 0
        return max(self.page_seconds, FILE_SECONDS) + DOCUMENT_SECONDS * pages


def cores() -> int:
    """The cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers_for(asked: int) -> int:
    """The workers asked for; for 0 one a core, but no more than memory allows."""
    total = _total_memory_mb()
    room = int(total * WORKERS_SHARE / WORKER_MB) if total else cores()
    return asked or max(1, min(cores(), room))


def fair_memory_mb(workers: int) -> int:
    """A worker's share of the machine's memory."""
    total = _total_memory_mb()
    return max(LEAST_MEMORY_MB, int(total * WORKERS_SHARE / max(1, workers))) if total else 2 * LEAST_MEMORY_MB


def _total_memory_mb() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (AttributeError, ValueError, OSError):
        return 0


def resident_mb(pid: int) -> int:
    """The memory a process holds now; 0 where the system doesn't tell."""
    if sys.platform != "linux":
        return 0
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
