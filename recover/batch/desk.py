"""Questions to an output: how far it is, how it was run last, and its reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from recover.batch.ledger import Ledger
from recover.batch.place import home_of, place_of
from recover.batch.report import report_rows, write_reports
from recover.batch.run import Batch
from recover.errors import UsageError


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch is: files by state, pages by state, and the folder it recovers."""

    folder: str
    files: dict[str, int]
    pages: dict[str, int]


@contextmanager
def _ledger(out: str) -> Iterator[Ledger]:
    home = home_of(place_of(".", out).out)
    if not (home / "ledger.sqlite").is_file():
        raise UsageError(out, "is no output of a batch", "name the folder that was given to 'recover batch … -o'")
    with Ledger(home) as ledger:
        yield ledger


def status(out: str) -> Status:
    """How far a batch is; may be asked while it runs. Raises UsageError where there is none."""
    with _ledger(out) as ledger:
        return Status(folder=ledger.meta("folder"), files=ledger.tally(), pages=ledger.page_tally())


def last_batch(out: str) -> Batch:
    """The batch as it was run last, to be run again with its failures."""
    with _ledger(out) as ledger:
        known = msgspec.json.decode(ledger.meta("batch"), type=Batch)
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
