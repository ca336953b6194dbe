"""What a worker gives up before it opens anything: memory, time, large files, core dumps, and the network."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

from recover.fence.tasks import Call, Make, Read, Task
from recover.settings import Limits, cores

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 38, 22
SECCOMP_MODE_FILTER = 2
# Number of the system call socket(), and the kernel's name for the machine.
SOCKET_CALLS = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
AF_INET, AF_INET6 = 2, 10
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


def confine(memory_mb: int, output_mb: int, *, network: bool) -> None:
    """Set the limits of this process and all it starts; they can't be lifted again."""
    _limit_resources(memory_mb, output_mb)
    if not network:
        _refuse_in_python()
        _refuse_in_kernel()


def die_with_parent() -> None:
    """Linux ends an orphan even while native code hangs; elsewhere the closed pipe does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_resources(memory_mb: int, output_mb: int) -> None:
    try:
        import resource  # noqa: PLC0415 not on Windows
    except ImportError:
        return
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that grows too large is an error, no death
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_DATA: (int(memory_mb * HARD_SHARE) + RESERVED_MB) * 2**20,
        resource.RLIMIT_FSIZE: output_mb * 2**20,
    }
    for kind, value in wanted.items():
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(kind)
            allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (allowed, allowed))


def _refuse_in_python() -> None:
    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__" and arguments[1] in (AF_INET, AF_INET6):
            raise PermissionError(errno.EACCES, "a fenced process has no network")

    sys.addaudithook(watch)


def _refuse_in_kernel() -> None:
    """A filter of system calls: sockets of the internet are refused, to libraries in C as well."""
    known = SOCKET_CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return
    call, machine = known
    program = b"".join(
        (
            _step(_LOAD, 0, 0, 4),  # the machine the call was made for
            _step(_EQUAL, 0, 5, machine),
            _step(_LOAD, 0, 0, 0),  # the call's number
            _step(_EQUAL, 0, 3, call),
            _step(_LOAD, 0, 0, 16),  # its first argument: the family of addresses
            _step(_EQUAL, 2, 0, AF_INET),
            _step(_EQUAL, 1, 0, AF_INET6),
            _step(_RETURN, 0, 0, _ALLOW),
            _step(_RETURN, 0, 0, _REFUSE),
        )
    )
    code = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0)


def _step(code: int, if_so: int, if_not: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)


# How the limits of a file become those of a process: seconds of silence, memory, and the size of files.

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


def own_peak_mb() -> int:
    """The most memory this process ever held; 0 where the system doesn't tell."""
    if sys.platform != "linux":
        return 0
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)
