"""The work of a batch: which task comes next, and what every outcome means for the ledger."""

from __future__ import annotations

import threading
from collections import deque
from functools import singledispatchmethod
from pathlib import Path

import msgspec

from recover.batch.events import FileDone, FileOpened, PageDone, PageRetried, View
from recover.batch.ledger import File, Ledger
from recover.batch.plan import Job, Plan, look_task, make_task, read_task
from recover.batch.rebuild import sweep_parcels
from recover.drafts import sweep
from recover.fence.tasks import (
    Failed,
    Fault,
    Idle,
    Looked,
    Loss,
    Lost,
    Made,
    Outcome,
    PageFailed,
    PageRead,
    ParcelsLost,
    Returned,
    Task,
)
from recover.fence.worker_pool import Pool
from recover.pipeline.storage import is_url

# A page that breaks its worker may do so once more, alone. A worker that somebody killed was seldom the page's
# fault, but memory that runs out looks the same from here.
MAX_ATTEMPTS: dict[Loss, int] = {"crash": 2, "hang": 2, "memory": 2, "killed": 5}
# Parcels that vanish as often as this are removed by somebody, or the disk is at its end.
MAX_REBUILDS = 3
# Faults of the place, not of a file: the next file would meet them too.
FATAL = {"UnwritableOutput", "MissingComponent", "UsageError"}
WAIT_SECONDS = 0.25


class Scheduler:
    """Keeps a pool at work until the ledger has nothing pending; a set ``stop`` lets it finish what is in hand."""

    def __init__(self, plan: Plan, ledger: Ledger, pool: Pool, view: View, stop: threading.Event) -> None:
        self._plan, self._ledger, self._pool, self._view = plan, ledger, pool, view
        self._ready: deque[Task] = deque()
        self._files: dict[int, File] = {}
        self._jobs: dict[int, Job] = {}
        self._by_content: dict[str, Job] = {}
        self._out = 0
        self._last = 0
        self._stop = stop
        self._pages_read = 0

    def take_count(self) -> int:
        """How many pages were read since this was last asked."""
        count, self._pages_read = self._pages_read, 0
        return count

    def run(self) -> None:
        """Do all that is pending; raises RecoverError where going on makes no sense."""
        self._last = 0
        while True:
            self._give_out()
            if self._out == 0:
                return
            for outcome in self._pool.wait(WAIT_SECONDS):
                self._out -= isinstance(outcome, Idle | Lost | Returned)
                if outcome.key in self._files:  # else its file failed meanwhile
                    self._note(outcome)

    def _give_out(self) -> None:
        room = 0 if self._stop.is_set() else self._pool.room()
        while room > 0 and (task := self._next_task()) is not None:
            self._pool.submit(task)
            self._out += 1
            room -= 1

    def _next_task(self) -> Task | None:
        """Documents first, then pages of open files, then another file: so few files are open at a time."""
        while True:
            if self._ready:
                return self._ready.popleft()
            for job in self._jobs.values():
                if job.todo:
                    return read_task(self._plan, job, self._pool.span)
            file = self._ledger.pending(self._last)
            if file is None:
                return None
            self._last = file.id
            self._files[file.id] = file
            if file.state == "new":
                return look_task(self._plan, file)
            self._open(file)

    def _open(self, file: File) -> None:
        """Begin with a file whose content is known; a copy of one under way waits for it."""
        if file.sha256 in self._by_content:
            self._by_content[file.sha256].followers.append(file)
            return
        parcel = self._plan.place.parcel(file.sha256, self._plan.read_key, 0)
        if not is_url(parcel):
            sweep_parcels(Path(parcel).parent)
        job = Job(file, self._ledger.pages(file.sha256, self._plan.read_key))
        self._jobs[file.id] = self._by_content[file.sha256] = job
        self._view.tell(FileOpened(file=file.name, pages=file.pages, cached=len(job.read) + len(job.failed)))
        self._make_if_complete(job)

    def _make_if_complete(self, job: Job) -> None:
        if job.is_complete:
            self._ready.append(make_task(self._plan, job))

    @singledispatchmethod
    def _note(self, outcome: Outcome) -> None:
        raise TypeError(f"no outcome: {outcome!r}")

    @_note.register
    def _(self, outcome: Idle) -> None:
        """Nothing but the end of a task."""

    @_note.register
    def _(self, outcome: Returned) -> None:
        self._ready.append(outcome.task)

    @_note.register
    def _(self, outcome: Looked) -> None:
        file = self._files[outcome.key]
        self._ledger.looked(file.id, outcome)
        self._files[file.id] = file = msgspec.structs.replace(
            file, state="looked", stamp=outcome.stamp, sha256=outcome.sha256, pages=outcome.pages
        )
        self._open(file)

    @_note.register
    def _(self, outcome: PageRead) -> None:
        job = self._jobs[outcome.key]
        self._ledger.page_read(job.file.sha256, self._plan.read_key, outcome)
        self._pages_read += 1
        job.settle(outcome.page, None)
        self._view.tell(
            PageDone(
                file=job.file.name,
                page=outcome.page + 1,
                confidence=outcome.confidence,
                seconds=round(outcome.seconds, 3),
            )
        )
        self._make_if_complete(job)

    @_note.register
    def _(self, outcome: PageFailed) -> None:
        self._fail_page(self._jobs[outcome.key], outcome.page, 1, outcome.fault)

    @_note.register
    def _(self, outcome: Lost) -> None:
        if outcome.left:
            self._ready.append(outcome.left)
        if outcome.page is None:
            self._lost_file(outcome)
            return
        job = self._jobs[outcome.key]
        attempts = job.attempts[outcome.page] = job.attempts.get(outcome.page, 0) + 1
        if attempts >= MAX_ATTEMPTS[outcome.how]:
            self._fail_page(job, outcome.page, attempts, outcome.fault)
            return
        self._ledger.page_again(job.file.sha256, self._plan.read_key, outcome.page, attempts, outcome.fault)
        job.put_back(outcome.page)
        self._view.tell(PageRetried(file=job.file.name, page=outcome.page + 1, error=outcome.fault.cause))

    def _fail_page(self, job: Job, page: int, attempts: int, fault: Fault) -> None:
        self._ledger.page_failed(job.file.sha256, self._plan.read_key, page, attempts, fault)
        job.settle(page, fault)
        self._view.tell(PageDone(file=job.file.name, page=page + 1, error=fault.cause))
        self._make_if_complete(job)

    def _lost_file(self, outcome: Lost) -> None:
        """A worker broke down while it opened a file, or put its document together."""
        attempts = self._ledger.attempted(outcome.key)
        target = self._plan.place.target(self._files[outcome.key].target)
        if not is_url(target):
            sweep(Path(target).parent, Path(target).name)
        if attempts >= MAX_ATTEMPTS[outcome.how]:
            self._fail_file(self._files[outcome.key], outcome.fault)
        elif outcome.key in self._jobs:
            self._make_if_complete(self._jobs[outcome.key])
        else:
            self._ready.append(look_task(self._plan, self._files[outcome.key]))

    @_note.register
    def _(self, outcome: ParcelsLost) -> None:
        job = self._jobs[outcome.key]
        job.rebuilt += 1
        if job.rebuilt >= MAX_REBUILDS:
            cause = "its pages' results are damaged as soon as they are stored"
            self._fail_file(job.file, Fault("UnwritableOutput", job.file.name, cause, "check the disk"))
            return
        for page in outcome.pages:
            self._ledger.page_again(job.file.sha256, self._plan.read_key, page, 0, None)
            job.put_back(page)

    @_note.register
    def _(self, outcome: Made) -> None:
        job = self._jobs[outcome.key]
        self._ledger.made(job.file, self._plan.made_key, len(job.failed), outcome)
        self._view.tell(
            FileDone(
                file=job.file.name,
                state="incomplete" if job.failed else "done",
                target=job.file.target,
                confidence=outcome.confidence,
                problems=outcome.problems,
                missing=len(job.failed),
                error=outcome.first_problem if job.failed else "",
            )
        )
        self._close(job)

    @_note.register
    def _(self, outcome: Failed) -> None:
        if outcome.fault.kind in FATAL:
            raise outcome.fault.error()
        self._fail_file(self._files[outcome.key], outcome.fault)

    def _fail_file(self, file: File, fault: Fault) -> None:
        self._ledger.failed(file.id, str(fault))
        self._view.tell(FileDone(file=file.name, state="failed", error=str(fault)))
        job = self._jobs.get(file.id)
        if job:
            self._close(job)
        else:
            del self._files[file.id]

    def _close(self, job: Job) -> None:
        del self._jobs[job.file.id], self._by_content[job.file.sha256], self._files[job.file.id]
        for file in job.followers:
            self._open(file)
