"""What stays the same through a run, and the tasks that follow from it."""

from __future__ import annotations

import msgspec

from recover.batch.job import Job
from recover.batch.ledger import File
from recover.batch.place import Place
from recover.fence.tasks import Look, Make, Read
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
