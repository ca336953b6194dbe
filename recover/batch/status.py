"""Questions to an output: how far it is, how it was run last, and its reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from recover.batch.ledger import Ledger
from recover.batch.report import report_rows, write_reports
from recover.batch.run import Batch
from recover.batch.walk import home_of, place_of
from recover.errors import MALFORMED, UnwritableOutput, UsageError


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
