"""A ledger that is damaged is rebuilt from what stands in the output's folders: pages that were read stay read."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from recover.batch.events import Trouble, View
from recover.batch.ledger import Ledger
from recover.batch.place import HOME, Place
from recover.batch.storage import is_url
from recover.errors import MALFORMED

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
        if (home / SUM).is_file() and (home / SUM).read_text(encoding="utf-8", errors="replace") != _sum(path):
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
            (home / SUM).write_text(_sum(path), encoding="utf-8")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
