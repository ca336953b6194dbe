"""The work of a batch before it starts: its files and their folders, their pages, the tasks that follow."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import msgspec

from recover.batch.ledger import File, PageState
from recover.batch.walk import Place
from recover.fence.tasks import Fault, Look, Make, Read
from recover.model.document import Source
from recover.settings import Settings


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What stays the same through a run."""

    place: Place
    settings: Settings
    reader: str
    read_key: str
    made_key: str

    def parcels(self, file: File, pages: tuple[int, ...]) -> tuple[str, ...]:
        """Where the pages' parcels are."""
        return tuple(self.place.parcel(file.sha256, self.read_key, page) for page in pages)


def look_task(plan: Plan, file: File) -> Look:
    """Look at a new or changed file."""
    return Look(key=file.id, path=plan.place.input(file.name), settings=plan.settings)


def read_task(plan: Plan, job: Job, span: int) -> Read:
    """Read the next pages of an open file."""
    file, pages = job.file, job.hand_out(span)
    return Read(
        key=file.id,
        path=plan.place.input(file.name),
        stamp=file.stamp,
        pages=pages,
        parcels=plan.parcels(file, pages),
        settings=msgspec.structs.replace(plan.settings, pages=None, threads=1),
        reader=plan.reader,
    )


def make_task(plan: Plan, job: Job) -> Make:
    """Put a file's document together of the pages that could be read."""
    file, pages = job.file, tuple(sorted(job.read))
    name = file.name.rsplit("/", 1)[-1]
    return Make(
        key=file.id,
        path=plan.place.input(file.name),
        stamp=file.stamp,
        source=Source(name=name, sha256=file.sha256, pages=file.pages, kind="scan"),
        pages=pages,
        parcels=plan.parcels(file, pages),
        missing=tuple(sorted(job.failed.items())),
        settings=plan.settings,
        reader=plan.reader,
        made_key=plan.made_key,
        target=plan.place.target(file.target),
    )


# One file under way: which of its pages are read, which are out, and which still have to go.


class Job:
    """The account of an open file; every page is in exactly one of ``todo``, ``out``, ``read`` and ``failed``."""

    def __init__(self, file: File, states: Iterable[PageState]) -> None:
        self.file = file
        known = {state.page: state for state in states}
        self.attempts = {state.page: state.attempts for state in known.values()}
        self.read = {page for page, state in known.items() if state.state == "read" and page < file.pages}
        self.failed: dict[int, Fault] = {
            page: state.fault for page, state in known.items() if state.state == "failed" and state.fault
        }
        self.todo = deque(page for page in range(file.pages) if page not in self.read and page not in self.failed)
        self.out: set[int] = set()
        self.followers: list[File] = []
        self.rebuilt = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be read."""
        return not self.todo and not self.out

    def hand_out(self, span: int) -> tuple[int, ...]:
        """The next pages to read, at most ``span``; a page that broke a worker goes alone."""
        pages: list[int] = []
        while self.todo and len(pages) < span:
            is_suspect = self.attempts.get(self.todo[0], 0) > 0
            if is_suspect and pages:
                break
            pages.append(self.todo.popleft())
            if is_suspect:
                break
        self.out.update(pages)
        return tuple(pages)

    def settle(self, page: int, fault: Fault | None) -> None:
        """A page is through: read, or failed for good."""
        self.out.discard(page)
        if fault is None:
            self.read.add(page)
        else:
            self.failed[page] = fault

    def put_back(self, page: int) -> None:
        """A page has to be read again, after all others."""
        self.out.discard(page)
        self.read.discard(page)
        self.todo.append(page)
