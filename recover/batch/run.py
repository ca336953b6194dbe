"""A batch from its folder to its reports."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from recover.batch.events import Finished, Started, View
from recover.batch.ledger import Ledger
from recover.batch.plan import Plan
from recover.batch.rebuild import only_batch, open_ledger, sweep_output
from recover.batch.report import refuse_foreign_reports, report_rows, write_reports
from recover.batch.scheduler import Scheduler
from recover.batch.walk import Found, Place, Watcher, home_of, place_of, walk
from recover.errors import MALFORMED, RecoverError, UnwritableOutput, UsageError
from recover.export.formats import choose_formats
from recover.fence.confine import workers_for
from recover.fence.tasks import reader_name
from recover.fence.worker_pool import Pool, WorkerPool, fitting
from recover.glossary.load import load_stack
from recover.pipeline.page_cache import made_key, read_key
from recover.pipeline.storage import exists, is_url
from recover.settings import Limits, Settings


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What a user asks for; ``workers`` 0 means as many as this machine has, the last two 0 what the settings say."""

    folder: str
    out: str
    settings: Settings = Settings()
    workers: int = 0
    scheduler: str = ""
    watch: bool = False
    retry_failed: bool = False
    page_seconds: float = 0.0
    memory_mb: int = 0


def run_batch(batch: Batch, view: View, stop: threading.Event | None = None) -> Finished:
    """Recover everything in a folder that its ledger doesn't call done; raises RecoverError.

    Ctrl-C, SIGTERM or a set ``stop`` end it after the pages in hand.
    """
    began = time.monotonic()
    stop = stop or threading.Event()
    plan = _plan(batch)
    with only_batch(plan.place.home), open_ledger(plan.place, view) as ledger, ExitStack() as stack:
        _own(ledger, plan.place)
        _sweep(ledger, plan.place)
        ledger.set_meta("batch", _remembered(batch, plan.place))
        ledger.begin(plan.made_key, retry_failed=batch.retry_failed)
        run = _Run(batch, ledger, view, stack, stop)
        with _stopping(stop.set):
            if batch.watch:
                run.forever()
            else:
                run.once(list(walk(plan.place.folder, plan.place.out)))
        write_reports(ledger, plan.place.out)
        result = Finished(
            files=ledger.tally(),
            pages=run.pages_read,
            seconds=round(time.monotonic() - began, 2),
            interrupted=stop.is_set(),
        )
    view.tell(result)
    return result


def _plan(batch: Batch) -> Plan:
    choose_formats(batch.settings.formats)
    load_stack(batch.settings.glossaries)
    place = place_of(batch.folder, batch.out)
    if place.folder == place.out or place.folder.startswith(place.out + "/"):
        raise UsageError(batch.out, "the inputs stand in the output folder", "choose another folder with -o")
    reader = reader_name()
    return Plan(
        place=place,
        settings=batch.settings,
        reader=reader,
        read_key=read_key(batch.settings, reader),
        made_key=made_key(batch.settings, reader),
    )


def _own(ledger: Ledger, place: Place) -> None:
    """An output belongs to one folder; that folder may have moved, but there can't be two of them."""
    known = ledger.meta("folder")
    is_taken = bool(ledger.tally()) if is_url(known) else Path(known).exists()
    if known and known != place.folder and is_taken:
        raise UsageError(place.out, f"holds the documents of {known}", "choose another folder with -o")
    ledger.set_meta("folder", place.folder)


def _sweep(ledger: Ledger, place: Place) -> None:
    """What processes that were killed have left; a store that isn't mounted has no drafts."""
    if not is_url(place.out):
        sweep_output(Path(place.out), (str(target) for (target,) in ledger.rows("target", "")))
        refuse_foreign_reports(Path(place.out))


def _remembered(batch: Batch, place: Place) -> str:
    """The batch as ``retry`` runs it again; a password is not written down."""
    settings = msgspec.structs.replace(batch.settings, password=None)
    kept = msgspec.structs.replace(batch, folder=place.folder, out=place.out, settings=settings)
    return msgspec.json.encode(kept).decode()


class _Run:
    """One run, whose workers start when there is something to do."""

    def __init__(self, batch: Batch, ledger: Ledger, view: View, stack: ExitStack, stop: threading.Event) -> None:
        self._batch, self._ledger, self._view, self._stack, self._stop = batch, ledger, view, stack, stop
        self._plan = _plan(batch)
        self._foreman: Scheduler | None = None
        self.pages_read = 0

    def once(self, found: list[Found]) -> None:
        """Do all that the walk and the ledger give to do."""
        self._renew_plan()
        gone = self._ledger.enter(found)
        place = self._plan.place
        self._ledger.make_again(
            number for number, target in self._ledger.finished() if not exists(place.target(target))
        )
        tally = self._ledger.tally()
        todo = tally.get("new", 0) + tally.get("looked", 0)
        self._view.tell(Started(files=len(found), todo=todo, gone=gone))
        if todo and not self._stop.is_set():
            self._work()

    def _renew_plan(self) -> None:
        """A glossary may have been edited while the folder was watched."""
        plan = _plan(self._batch)
        if plan != self._plan:
            self._plan = plan
            self._ledger.begin(plan.made_key, retry_failed=False)
            self._drop_foreman()

    def _work(self) -> None:
        try:
            self._open_foreman().run()
        except RecoverError:
            self._drop_foreman()  # what it had in hand is done anew when the trouble is over
            raise
        finally:
            self.pages_read += self._foreman.take_count() if self._foreman else 0

    def forever(self) -> None:
        """Do what comes into the folder, until stopped."""
        Watcher(self._plan.place, self._stop, self._view).run(self.once)

    def _open_foreman(self) -> Scheduler:
        if self._foreman is None:
            pool = _pool(self._batch)
            self._stack.callback(pool.close)
            self._foreman = Scheduler(self._plan, self._ledger, pool, self._view, self._stop)
        return self._foreman

    def _drop_foreman(self) -> None:
        self._foreman = None
        self._stack.close()


def _pool(batch: Batch) -> Pool:
    limits = _limits(batch)
    if batch.scheduler:
        from recover.batch.cluster import Cluster  # noqa: PLC0415 an optional package

        return Cluster(batch.scheduler, limits)
    workers = workers_for(batch.workers)
    allowed = limits if batch.memory_mb else fitting(limits, workers)
    return WorkerPool(workers, allowed, network=is_url(batch.folder) or is_url(batch.out))


def _limits(batch: Batch) -> Limits:
    """The limits of the settings, or those that were asked for by themselves."""
    known = batch.settings.limits
    seconds, memory = batch.page_seconds or known.page_seconds, batch.memory_mb or known.memory_mb
    return msgspec.structs.replace(known, page_seconds=seconds, memory_mb=memory)


# Windows has no hang-up.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def _stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C, SIGTERM and SIGHUP ask to stop; a second one of them ends the run at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(number: int, frame: object) -> None:
        del number, frame
        for name in before:
            signal.signal(name, signal.default_int_handler)
        stop()

    before = {name: signal.getsignal(name) for name in ENDING}
    for name in before:
        signal.signal(name, on_signal)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


# Questions to an output: how far it is, how it was run last, and its reports.


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch is: files by state, pages by state, and the folder it recovers."""

    folder: str
    files: dict[str, int]
    pages: dict[str, int]


@contextmanager
def _ledger(out: str) -> Iterator[Ledger]:
    home = home_of(place_of(".", out).out)
    if not (home / "ledger.sqlite").is_file():
        raise UsageError(out, "is not a batch output folder", "name the folder that was given to 'recover batch … -o'")
    try:
        with Ledger(home) as ledger:
            yield ledger
    except sqlite3.DatabaseError as error:
        raise _damaged(out, error) from error
    except UnwritableOutput as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError):
            raise _damaged(out, error.__cause__) from error
        raise


def _damaged(out: str, error: sqlite3.DatabaseError) -> UnwritableOutput:
    return UnwritableOutput(out, f"its ledger can't be read ({error})", "run the batch again: it rebuilds the ledger")


def status(out: str) -> Status:
    """How far a batch is; may be asked while it runs. Raises UsageError where there is none."""
    with _ledger(out) as ledger:
        return Status(folder=ledger.meta("folder"), files=ledger.tally(), pages=ledger.page_tally())


def last_batch(out: str) -> Batch:
    """The batch as it was run last, to be run again with its failures."""
    with _ledger(out) as ledger:
        try:
            known = msgspec.json.decode(ledger.meta("batch"), type=Batch)
        except MALFORMED as error:
            cause = "how it was run is not known any more"
            raise UsageError(out, cause, f"run 'recover batch FOLDER -o {out} --retry-failed'") from error
    return msgspec.structs.replace(known, retry_failed=True, watch=False)


def report_again(out: str) -> tuple[str, str]:
    """Write the reports of an output as it is now."""
    with _ledger(out) as ledger:
        return write_reports(ledger, place_of(".", out).out)


def rows_as_json(out: str) -> Iterator[str]:
    """The report's rows, one JSON object a line."""
    with _ledger(out) as ledger:
        for row in report_rows(ledger):
            yield msgspec.json.encode(msgspec.structs.asdict(row)).decode()
