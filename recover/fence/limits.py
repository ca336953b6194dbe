"""How the limits of a file become those of a process: seconds of silence, memory, and the size of files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from recover.fence.tasks import Call, Make, Read, Task
from recover.limits import Limits, cores

# Opening a file or making a short document takes a second or two; the first of a process loads dictionaries.
FILE_SECONDS, LEAST_FILE_SECONDS = 120.0, 30.0
# A page's share of making a document is 0.05 s.
DOCUMENT_SECONDS = 2.0
# What one worker needs at least.
WORKER_MB = 2048
LEAST_MEMORY_MB = 3072
# Shares of the machine's memory that all workers may have together, the rest being the system's.
WORKERS_SHARE = 0.8
# A worker over this share of its limit between two pages is replaced by a fresh one.
RECYCLE_SHARE = 0.7
# The system itself refuses memory from here on: between two looks at a process it can take gigabytes.
HARD_SHARE = 1.1
# Networks and threads reserve memory that they never touch: 2.8 GB after ten pages, of which the parent sees nothing.
# A network that is refused more of it goes on with the results of the call before, and says nothing.
RESERVED_MB = 6144

# What a worker ends with when Python itself gets no memory: sysexits' "operating system error".
NO_MEMORY = 71


def silence_seconds(limits: Limits, task: Task) -> float:
    """How long a worker may be silent over a task."""
    if isinstance(task, Read | Call):
        return limits.page_seconds
    pages = len(task.pages) if isinstance(task, Make) else 0
    return min(FILE_SECONDS, max(limits.page_seconds, LEAST_FILE_SECONDS)) + DOCUMENT_SECONDS * pages


def workers_for(asked: int) -> int:
    """The workers asked for; for 0 one a core, but no more than memory allows."""
    total = _total_memory_mb()
    room = int(total * WORKERS_SHARE / WORKER_MB) if total else cores()
    return asked or max(1, min(cores(), room))


def fair_memory_mb(limits: Limits, workers: int) -> int:
    """A worker's share of the machine's memory, at most what the limits allow."""
    total = _total_memory_mb()
    share = int(total * WORKERS_SHARE / max(1, workers)) if total else limits.memory_mb
    return min(limits.memory_mb, max(LEAST_MEMORY_MB, share))


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
