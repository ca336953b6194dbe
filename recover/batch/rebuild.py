"""What killed runs leave is put right: damaged ledgers rebuilt, remains swept, locks of the dead taken."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock
import msgspec

from recover.batch.events import Trouble, View
from recover.batch.ledger import Ledger
from recover.batch.walk import HOME, Place
from recover.drafts import sum_of, sweep
from recover.errors import MALFORMED, UnwritableOutput
from recover.pipeline.storage import is_url

# The ledger's sum, written when it is closed and removed when it is opened: a killed run leaves none.
SUM = "ledger.sum"
ASIDE = "ledger.damaged.sqlite"
# Errors of the moment, which are no damage.
PASSING = ("locked", "busy", "readonly", "unable to open", "disk is full", "disk I/O")
IMPOSSIBLE_FILES = """SELECT count(*) FROM files
WHERE state NOT IN ('new', 'looked', 'done', 'incomplete', 'failed')
OR typeof(seen) != 'integer' OR typeof(pages) != 'integer' OR pages < 0 OR typeof(attempts) != 'integer'
OR name = '' OR target = '' OR name LIKE '/%' OR target LIKE '/%' OR '/' || target || '/' LIKE '%/../%'"""
IMPOSSIBLE_PAGES = """SELECT count(*) FROM pages
WHERE state NOT IN ('read', 'again', 'failed')
OR typeof(page) != 'integer' OR page < 0 OR typeof(attempts) != 'integer'
OR (error IS NOT NULL AND NOT json_valid(CAST(error AS TEXT)))"""
CHECKS = (IMPOSSIBLE_FILES, IMPOSSIBLE_PAGES)


class _Source(msgspec.Struct):
    name: str = ""


class _Document(msgspec.Struct):
    """Of a document only this is asked."""

    source: _Source


@contextmanager
def open_ledger(place: Place, view: View) -> Iterator[Ledger]:
    """The ledger, for whoever holds the output's lock; a damaged one is set aside, and that is told."""
    damage = find_damage(place.home)
    if damage:
        _set_aside(place.home)
        message = f"the ledger was damaged ({damage}); it is rebuilt from the folders, and kept as {ASIDE}"
        view.tell(Trouble(message=message))
    (place.home / SUM).unlink(missing_ok=True)
    with Ledger(place.home) as ledger:
        if damage and not is_url(place.out):
            ledger.adopt(_targets(Path(place.out)))
        yield ledger
    _seal(place.home)


def find_damage(home: Path) -> str:
    """What is wrong with the ledger; empty for a sound one, or none."""
    path = home / "ledger.sqlite"
    if not path.is_file():
        return ""
    with suppress(OSError):
        if (home / SUM).is_file() and (home / SUM).read_text(encoding="utf-8", errors="replace") != sum_of(path):
            return "its bytes have changed"
    try:
        database = sqlite3.connect(path, timeout=30)
        try:
            return _damage(database)
        finally:
            database.close()
    except sqlite3.DatabaseError as error:
        return "" if any(word in str(error) for word in PASSING) else str(error)


def _damage(database: sqlite3.Connection) -> str:
    (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        return str(found)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return ""
    if not {"meta", "files", "pages"} <= tables:
        return "a table is missing"
    return "" if all(database.execute(check).fetchone() == (0,) for check in CHECKS) else "it holds impossible values"


def _set_aside(home: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path = home / f"ledger.sqlite{ending}"
        if path.exists():
            path.replace(home / f"{ASIDE}{ending}")


def _targets(out: Path) -> Iterator[tuple[str, str]]:
    """The name of each document's input and its folder, both below the folders: they stand at the same depth."""
    for path in sorted(out.rglob("document.json")):
        target = path.parent.relative_to(out)
        if HOME in target.parts or any(part.startswith(".") for part in target.parts) or target == Path():
            continue
        with suppress(OSError, *MALFORMED):
            name = msgspec.json.decode(path.read_bytes(), type=_Document).source.name
            if name and "/" not in name:
                yield (target.parent / name).as_posix(), target.as_posix()


def _seal(home: Path) -> None:
    """Leave the sum of a ledger that nobody has open any more."""
    path = home / "ledger.sqlite"
    with suppress(OSError):
        if not (home / "ledger.sqlite-wal").exists():
            (home / SUM).write_text(sum_of(path), encoding="utf-8")


# What killed processes leave beside documents and parcels, and its removal.

# The middle is what mkstemp makes up.
DRAFT = re.compile(r"\.\d+\.page-[a-z0-9_]{8}\.part")


def sweep_output(out: Path, names: Iterable[str]) -> None:
    """Settle what killed workers left beside the documents ``names`` below ``out``."""
    for folder in {(out / name).parent for name in names}:
        sweep(folder)


def sweep_parcels(folder: Path) -> None:
    """Drop half-written parcels from a folder of theirs, to which nobody writes yet."""
    for name in _names(folder):
        if DRAFT.fullmatch(name):
            with suppress(OSError):
                (folder / name).unlink()


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # there is none yet, or it may not be read: whoever writes there will say so
        return []


# One batch an output: the lock that says so, and to whom it belongs.

# A killed batch's workers end within moments of it.
PATIENCE_SECONDS = 3.0


@contextmanager
def only_batch(home: Path) -> Iterator[None]:
    """Hold the output alone; raises UnwritableOutput that names the other. A dead process holds nothing."""
    owner = home / "owner.txt"
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(home / "lock", timeout=PATIENCE_SECONDS)
        with lock:
            owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
            yield
    except filelock.Timeout as error:
        cause = f"another batch is writing here ({_owner(owner)})"
        raise UnwritableOutput(str(home.parent), cause, "wait for it, end it, or choose another -o") from error
    except OSError as error:
        cause = error.strerror or str(error)
        remedy = "choose another folder with -o, or free space and permissions, then run it again"
        raise UnwritableOutput(str(home.parent), cause, remedy) from error


def _owner(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
