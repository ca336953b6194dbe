"""One worker as its supervisor sees it: a process with tasks in hand, watched from outside."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from typing import IO

import msgspec

from recover.batch.frames import read_frame, write_frame
from recover.batch.limits import NO_MEMORY, Limits, resident_mb
from recover.batch.tasks import (
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
)

# One under work, one waiting, so that a worker never waits for the ledger.
DEPTH = 2
# One thread a worker: the cores are shared out by processes, and Tesseract crawls with more.
ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

News = tuple["Hand", Outcome | None]


class Hand:
    """A worker process. Its outcomes come to ``news``, None last of all when it has gone."""

    def __init__(self, limits: Limits, news: queue.SimpleQueue[News]) -> None:
        self._limits = limits
        self._scratch = tempfile.mkdtemp(prefix="recover-worker-")
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 closed with the process
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "recover.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(self._scratch),
            start_new_session=True,  # the terminal's Ctrl-C is the parent's business: pages in hand are finished
        )
        self.tasks: deque[Task] = deque()
        self.has_answered = False
        self._done: set[int] = set()
        self._since = time.monotonic()
        self._ended: Loss | None = None
        threading.Thread(target=self._listen, args=(news,), daemon=True).start()

    def give(self, task: Task) -> None:
        """Hand over a task; a worker that has gone meanwhile is noticed by its last news."""
        if not self.tasks:
            self._since = time.monotonic()
        self.tasks.append(task)
        try:
            write_frame(self.process.stdin, encode(task))  # type: ignore[arg-type]
        except OSError:
            return

    def note(self, outcome: Outcome) -> None:
        """Keep account of what is still in hand, after an outcome came."""
        self.has_answered = True
        self._since = time.monotonic()
        if isinstance(outcome, PageRead | PageFailed):
            self._done.add(outcome.page)
        elif isinstance(outcome, Idle) and outcome.key >= 0:  # the first one only says that the worker lives
            self.tasks.popleft()
            self._done = set()

    def watch(self) -> None:
        """End the process when it takes too long over a page, or too much memory."""
        if self.tasks and time.monotonic() - self._since > self._limits.seconds(self.tasks[0]):
            self._end("hang")
        elif resident_mb(self.process.pid) > self._limits.memory_mb:
            self._end("memory")

    def stop(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        self._errors.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    @property
    def is_stillborn(self) -> bool:
        """Whether the process has ended before it said a word, and nobody killed it."""
        return not self.has_answered and self.process.wait() != -signal.SIGKILL

    def lost(self) -> list[Outcome]:
        """After the last news: what broke over which page, and the tasks that others can take."""
        if not self.tasks:
            return []
        current, *waiting = self.tasks
        return [self._lost(current), *(Returned(key=task.key, task=task) for task in waiting)]

    def _lost(self, task: Task) -> Outcome:
        how, cause = self._cause()
        fault = Fault("EngineFailed", "the worker", cause, "look at the page, or run it again with more time or memory")
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

    def _cause(self) -> tuple[Loss, str]:
        code = self.process.wait()
        if self._ended == "hang":
            return "hang", f"it took longer than {self._limits.seconds(self.tasks[0]):g} s"
        if self._ended == "memory" or code == NO_MEMORY:
            return "memory", f"it took more than {self._limits.memory_mb} MB of memory"
        if code in (-signal.SIGKILL, -signal.SIGTERM):
            return "killed", f"the reader was killed from outside ({_name(code)})"
        return "crash", f"the reader crashed ({_name(code)})"

    def _listen(self, news: queue.SimpleQueue[News]) -> None:
        pipe = self.process.stdout
        while pipe is not None and (message := read_frame(pipe)) is not None:  # type: ignore[arg-type]
            news.put((self, decode_outcome(message)))
        news.put((self, None))


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


def _environment(scratch: str) -> dict[str, str]:
    """The parent's, with its import path and a place of its own for what a killed worker leaves behind."""
    threads = dict.fromkeys(ONE_THREAD, "1")
    return {
        **os.environ,
        **threads,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUTF8": "1",
        "TMPDIR": scratch,
    }


def _name(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
