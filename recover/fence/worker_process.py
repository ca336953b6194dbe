"""One worker as its supervisor sees it: a process with tasks in hand, watched from outside."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from typing import IO

import msgspec

from recover.drafts import close_scratch, open_scratch
from recover.errors import MALFORMED
from recover.fence.confine import NO_MEMORY, own_peak_mb, resident_mb, silence_seconds
from recover.fence.tasks import (
    Call,
    Fault,
    Idle,
    Loss,
    Lost,
    Outcome,
    PageFailed,
    PageRead,
    Read,
    Returned,
    Task,
    decode_outcome,
    encode,
    read_frame,
    write_frame,
)
from recover.settings import Limits

# One under work, one waiting, so that a worker never waits for the ledger.
DEPTH = 2
# One thread a worker where there are several: the cores are shared out by processes.
ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# A process that crashed after it held this share of what it may hold crashed for want of memory.
STARVED_SHARE = 0.75
RAISE = "raise the limit with --limits {} where you trust the file"

News = tuple["WorkerProcess", Outcome | None]


class WorkerProcess:
    """A worker process. Its outcomes come to ``news``, None last of all when it has gone.

    ``since`` is when it last said something or was given something after a rest (time.monotonic).
    """

    def __init__(
        self,
        limits: Limits,
        news: queue.SimpleQueue[News],
        *,
        network: bool = False,
        threads: int = 1,
    ) -> None:
        self._limits = limits
        self._scratch, self._lock = open_scratch("worker")
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 closed with the process
        self._parent_mb = own_peak_mb()
        allowed = (str(limits.memory_mb), str(limits.output_mb), "network" if network else "fenced")
        try:
            self.process = subprocess.Popen(  # noqa: S603 this program itself
                [sys.executable, "-P", "-m", "recover.worker", *allowed],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=_environment(str(self._scratch), threads),
                start_new_session=True,  # the terminal's Ctrl-C is the parent's business: pages in hand are finished
            )
        except BaseException:
            close_scratch(self._scratch, self._lock)
            raise
        self._peak_mb = 0
        self.tasks: deque[Task] = deque()
        self.has_answered = False
        self._done: set[int] = set()
        self.since = time.monotonic()
        self._ended: Loss | None = None
        threading.Thread(target=self._listen, args=(news,), daemon=True).start()

    def give(self, task: Task) -> None:
        """WorkerProcess over a task; a worker that has gone meanwhile is noticed by its last news."""
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(task)
        try:
            write_frame(self.process.stdin, encode(task))  # type: ignore[arg-type]
        except OSError:
            return

    def note(self, outcome: Outcome) -> None:
        """Keep account of what is still in hand, after an outcome came."""
        self.has_answered = True
        self.since = time.monotonic()
        if isinstance(outcome, PageRead | PageFailed):
            self._done.add(outcome.page)
        elif isinstance(outcome, Idle) and outcome.key >= 0:  # the first one only says that the worker lives
            self.tasks.popleft()
            self._done = set()

    def watch(self) -> None:
        """End the process when it takes too long over a page, or too much memory."""
        if self.tasks and time.monotonic() - self.since > silence_seconds(self._limits, self.tasks[0]):
            self._end("hang")
        elif resident_mb(self.process.pid) > self._limits.memory_mb:
            self._end("memory")

    def stop(self) -> None:
        """End the process at once."""
        self.process.kill()
        self._wait()
        self._errors.close()
        close_scratch(self._scratch, self._lock)

    @property
    def is_stillborn(self) -> bool:
        """Whether the process has ended before it said a word, and nobody killed it."""
        return not self.has_answered and self._wait() != -signal.SIGKILL

    def lost(self) -> list[Outcome]:
        """After the last news: what broke over which page, and the tasks that others can take."""
        if not self.tasks:
            return []
        current, *waiting = self.tasks
        return [self._lost(current), *(Returned(key=task.key, task=task) for task in waiting)]

    def _lost(self, task: Task) -> Outcome:
        how, cause, remedy = self._cause()
        fault = Fault("EngineFailed" if how == "killed" else "UnreadableInput", _subject(task), cause, remedy)
        if not isinstance(task, Read):
            return Lost(key=task.key, how=how, fault=fault)
        page, left = unfinished(task, self._done)
        return Idle(key=task.key) if page is None else Lost(key=task.key, how=how, fault=fault, page=page, left=left)

    def complaint(self) -> str:
        """The last line the process wrote to its standard error."""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2000))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def _end(self, how: Loss) -> None:
        if self._ended is None:
            self._ended = how
            self.process.kill()

    def _cause(self) -> tuple[Loss, str, str]:
        code, limits = self._wait(), self._limits
        if self._ended == "hang":
            seconds = silence_seconds(limits, self.tasks[0])
            return "hang", f"it took longer than {seconds:g} s", RAISE.format("seconds=600")
        # Libraries in C end the process where they get no memory.
        # The system counts for it what this process had ever held when it started the other: that says nothing.
        most = max(STARVED_SHARE * limits.memory_mb, 1.1 * self._parent_mb)
        starved = code not in (-signal.SIGKILL, -signal.SIGTERM) and self._peak_mb > most
        if self._ended == "memory" or code == NO_MEMORY or starved:
            return "memory", f"it took more than {limits.memory_mb} MB of memory", RAISE.format("memory=8G")
        if code in (-signal.SIGKILL, -signal.SIGTERM):
            return "killed", f"the reader was killed from outside ({_name(code)})", "run it again"
        return (
            "crash",
            f"the reader crashed ({_name(code)})",
            "the file is damaged or made to do harm: get another copy",
        )

    def _wait(self) -> int:
        """The exit code, once the process has ended; how much memory it ever held is then known too."""
        if self.process.returncode is None:
            self.process.returncode = self._reap()
        return self.process.returncode

    def _reap(self) -> int:
        if not hasattr(os, "wait4"):
            return self.process.wait()
        try:
            _, status, usage = os.wait4(self.process.pid, 0)
        except ChildProcessError:
            return self.process.wait()
        self._peak_mb = usage.ru_maxrss // (1024 if sys.platform == "linux" else 2**20)
        return os.waitstatus_to_exitcode(status)

    def _listen(self, news: queue.SimpleQueue[News]) -> None:
        pipe = self.process.stdout
        try:
            while pipe is not None and (message := read_frame(pipe)) is not None:  # type: ignore[arg-type]
                news.put((self, decode_outcome(message)))
        except MALFORMED:  # it was taken over by what it read
            self.process.kill()
        news.put((self, None))


def _subject(task: Task) -> str:
    return task.subject if isinstance(task, Call) else task.path


def unfinished(task: Read, done: set[int]) -> tuple[int | None, Read | None]:
    """The page that was under work when ``done`` were through, and a task of those after it."""
    left = [(page, parcel) for page, parcel in zip(task.pages, task.parcels, strict=True) if page not in done]
    if not left:
        return None, None
    (page, _), *rest = left
    return page, part(task, rest) if rest else None


def part(task: Read, pages: list[tuple[int, str]]) -> Read:
    """The same task for these pages and parcels only."""
    return msgspec.structs.replace(task, pages=tuple(p for p, _ in pages), parcels=tuple(name for _, name in pages))


def _environment(scratch: str, threads: int) -> dict[str, str]:
    """The parent's, with its import path and a place of its own for what a killed worker leaves behind."""
    return {
        **os.environ,
        **(dict.fromkeys(ONE_THREAD, "1") if threads == 1 else {}),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUTF8": "1",
        "TMPDIR": scratch,
    }


def _name(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
