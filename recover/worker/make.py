"""Putting a document together from parcels, and its folder in place."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from recover.drafts import sums_of, write_manifest
from recover.errors import RecoverError, UnreadableInput, UnwritableOutput, UsageError
from recover.export import document_json
from recover.export.formats import Beside, Original, choose_formats
from recover.fence.tasks import Made, Make, ParcelsLost
from recover.model.document import Document
from recover.model.page import PageReading
from recover.model.records import Problem
from recover.pipeline.document import assemble
from recover.pipeline.output import REMEDY, building, refuse_too_much, write_formats
from recover.pipeline.page_cache import DamagedPage, load, made_key, write_pictures
from recover.pipeline.storage import is_url, storage_for, upload
from recover.worker.pages import OpenSource


class _MustReadAgain(Exception):
    """Ends the building of a folder when parcels are gone."""

    def __init__(self, pages: Sequence[int]) -> None:
        self.pages = tuple(pages)
        super().__init__(str(self.pages))


def make(task: Make) -> Made | ParcelsLost:
    """Write the folder of one document; raises RecoverError."""
    began = time.monotonic()
    _refuse_other_glossary(task)
    if not task.pages:
        fault = task.missing[0][1]
        raise UnreadableInput(task.path, f"no page can be read ({fault.cause})", fault.remedy)
    try:
        with _original(task) as original, _building(task.target) as draft:
            readings = _unpack(task, draft)
            document = _document(task, readings)
            beside = Beside(original=original, style=task.settings.style)
            write_formats(document, draft, task.settings.formats, beside)
            refuse_too_much(draft, task.settings.limits, task.source.name)
            if task.copy:
                Path(task.copy).write_bytes(document_json.render(document, draft))
    except _MustReadAgain as missing:
        return ParcelsLost(key=task.key, pages=missing.pages)
    return _told(task, document, readings, time.monotonic() - began)


def _refuse_other_glossary(task: Make) -> None:
    """The same command must give the same bytes on every machine, and from beginning to end."""
    if made_key(task.settings, task.reader) != task.made_key:
        cause = "a worker has another glossary or version, or one was changed while the batch ran"
        raise UsageError(", ".join(task.settings.glossaries), cause, "make them the same, then run it again")


@contextmanager
def _original(task: Make) -> Iterator[Original | None]:
    """The file itself, on this machine, where a format is made of it."""
    if not any(item.needs == "original" for item in choose_formats(task.settings.formats)):
        yield None
        return
    sources = OpenSource()
    try:
        sources.get(task.path, task.settings, task.stamp)
        yield Original(path=sources.place, password=task.settings.password)
    finally:
        sources.close()


@contextmanager
def _building(target: str) -> Iterator[Path]:
    """A folder that becomes ``target``. In an object store ``document.json`` comes last and says that all is there."""
    if not is_url(target):
        with building(Path(target)) as draft:
            yield draft
        return
    with tempfile.TemporaryDirectory(prefix="recover-") as folder:
        yield Path(folder)
        try:
            write_manifest(Path(folder), sums_of(Path(folder)))
            upload(Path(folder), target, "document.json")
        except OSError as error:
            raise UnwritableOutput(target, error.strerror or str(error), REMEDY) from error


def _unpack(task: Make, draft: Path) -> list[PageReading]:
    """The pages' readings, their pictures put into ``draft``; raises _MustReadAgain."""
    readings, lost = [], []
    for page, name in zip(task.pages, task.parcels, strict=True):
        try:
            parcel = load(storage_for(name), name)
        except DamagedPage:
            lost.append(page)
            continue
        readings.append(parcel.reading)
        write_pictures(parcel, draft)
    if lost:
        raise _MustReadAgain(lost)
    return readings


def _document(task: Make, readings: Sequence[PageReading]) -> Document:
    problems = [page_problem(page, fault.error()) for page, fault in task.missing]
    source = msgspec.structs.replace(task.source, kind=source_kind(readings))
    return assemble(source, readings, task.settings, problems)


def _told(task: Make, document: Document, readings: Sequence[PageReading], seconds: float) -> Made:
    """What the ledger keeps of a document."""
    return Made(
        key=task.key,
        confidence=_confidence(readings),
        problems=len(document.problems),
        title=document.title.zh or document.title.en,
        first_problem=document.problems[0].message if document.problems else "",
        seconds=seconds,
    )


def _confidence(readings: Sequence[PageReading]) -> float | None:
    lines = [line for page in readings for region in page.regions for line in region.lines]
    values = [value for line in lines for value in line.confidences if value >= 0]
    return round(sum(values) / len(values), 4) if values else None


def page_problem(index: int, error: RecoverError) -> Problem:
    """What is recorded for a page that could not be read."""
    message = f"page {index + 1} is missing from the result: {error.cause}"
    return Problem(stage="acquire", page=index, message=message, remedy=error.remedy)


def source_kind(pages: Sequence[PageReading]) -> Literal["scan", "digital", "mixed"]:
    """What the pages are, blank ones left out of account."""
    kinds = {page.kind for page in pages} - {"blank"} or {"scan"}
    if len(kinds) > 1:
        return "mixed"
    return "scan" if "scan" in kinds else "digital"
