"""What became of every file and page, in SQLite: the memory of a batch over crashes, days and changed settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

import msgspec

from recover.batch.walk import CSV_REPORT, HTML_REPORT, Found
from recover.errors import UnwritableOutput
from recover.fence.tasks import Fault, Looked, Made, PageRead


class Targets:
    """Gives every input a folder of its own; names that differ in case only are one on many disks."""

    def __init__(self, taken: Iterable[str], folders: Iterable[str]) -> None:
        """``taken`` are targets given before, ``folders`` those that hold inputs, and so will hold documents."""
        self._taken = {name.casefold() for name in (*taken, CSV_REPORT, HTML_REPORT)}
        self._taken.update(folder.casefold() for folder in folders)

    def choose(self, name: str) -> str:
        """The target of a new input: ``a/b`` for ``a/b.pdf``, ``a/b.pdf`` where that is taken."""
        path = PurePosixPath(name)
        whole = path.with_name(path.name.rstrip(". ") or "_")
        plain = whole.with_name(whole.stem.rstrip(". ") or whole.name)
        number = 1
        choice = str(plain)
        while choice.casefold() in self._taken:
            choice = str(whole) if number == 1 else f"{whole}-{number}"
            number += 1
        self._taken.add(choice.casefold())
        return choice


def folders_above(names: Iterable[str]) -> set[str]:
    """Every folder that the inputs ``names`` stand in."""
    return {str(folder) for name in names for folder in PurePosixPath(name).parents if str(folder) != "."}


# The ledger's tables.

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,           -- below the input folder, with slashes
  target TEXT NOT NULL UNIQUE,         -- below the output folder
  seen INTEGER NOT NULL,               -- the walk that met it last; older than the last walk: it has gone
  stamp TEXT NOT NULL,                 -- changes with the file
  state TEXT NOT NULL DEFAULT 'new',   -- new, looked, done, incomplete, failed
  sha256 TEXT NOT NULL DEFAULT '',
  pages INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0,  -- pages that could not be read
  made_key TEXT NOT NULL DEFAULT '',   -- hash of the settings its document was made with
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  confidence REAL,
  problems INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT ''       -- why it failed, or the first of its problems
);
CREATE INDEX IF NOT EXISTS files_state ON files (state);
CREATE TABLE IF NOT EXISTS pages (
  sha256 TEXT NOT NULL,
  read_key TEXT NOT NULL,              -- hash of the settings it was read with
  page INTEGER NOT NULL,
  state TEXT NOT NULL,                 -- read, again, failed
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  confidence REAL,
  error BLOB,
  PRIMARY KEY (sha256, read_key, page)
) WITHOUT ROWID;
"""


REMEDY = "free space and permissions, then run the same command again: it goes on where it stopped"


class File(msgspec.Struct, frozen=True):
    """A file's row, as far as the work on it needs it."""

    id: int
    name: str
    target: str
    stamp: str
    state: str
    sha256: str
    pages: int


class PageState(msgspec.Struct, frozen=True):
    """A page's row: ``state`` is read, again or failed."""

    page: int
    state: str
    attempts: int
    fault: Fault | None


class Ledger:
    """The open ledger; every method commits what it changes. Raises UnwritableOutput when the disk won't have it."""

    def __init__(self, home: Path) -> None:
        self._path = home / "ledger.sqlite"
        with self._mapped():
            home.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=30, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            # A killed process loses nothing so; a power cut may lose the last moments, which are then done again.
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def meta(self, name: str) -> str:
        """A remembered setting; empty when there is none."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def enter(self, found: Sequence[Found]) -> int:
        """Enter what a walk met, after ``begin``; returns how many files have gone since they were entered."""
        walk = int(self.meta("walk") or 0) + 1
        known: dict[str, str] = dict(self._db.execute("SELECT name, stamp FROM files"))
        targets = Targets(
            (row[0] for row in self._db.execute("SELECT target FROM files")),
            folders_above([*known, *(file.name for file in found)]),
        )
        with self._transaction():
            for file in sorted(found, key=lambda item: item.name):
                if file.name not in known:
                    row = (file.name, targets.choose(file.name), walk, file.stamp)
                    self._db.execute("INSERT INTO files (name, target, seen, stamp) VALUES (?, ?, ?, ?)", row)
                elif known[file.name] != file.stamp:
                    self._db.execute(
                        "UPDATE files SET seen = ?, stamp = ?, state = 'new', made_key = '' WHERE name = ?",
                        (walk, file.stamp, file.name),
                    )
                else:
                    self._db.execute("UPDATE files SET seen = ? WHERE name = ?", (walk, file.name))
                if file.fault:
                    self._db.execute(
                        "UPDATE files SET state = 'failed', error = ? WHERE name = ?", (file.fault, file.name)
                    )
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('walk', ?)", (str(walk),))
        return int(self._db.execute("SELECT count(*) FROM files WHERE seen < ?", (walk,)).fetchone()[0])

    def adopt(self, documents: Iterable[tuple[str, str]]) -> None:
        """Enter files by their name and target, as documents found in the output tell them; all are looked at anew."""
        with self._transaction():
            for name, target in documents:
                row = (name, target)
                self._db.execute("INSERT OR IGNORE INTO files (name, target, seen, stamp) VALUES (?, ?, 0, '')", row)

    def finished(self) -> Iterator[tuple[int, str]]:
        """The id and target of every file whose document should stand."""
        yield from self._db.execute("SELECT id, target FROM files WHERE state IN ('done', 'incomplete')").fetchall()

    def begin(self, made_key: str, *, retry_failed: bool) -> None:
        """Make pending what this run has to do: what failed as a whole, and what other settings made."""
        with self._transaction():
            self._db.execute("UPDATE files SET state = 'new', attempts = 0 WHERE state = 'failed'")
            self._db.execute(
                "UPDATE files SET state = 'looked' WHERE state IN ('done', 'incomplete') AND made_key != ?", (made_key,)
            )
            if retry_failed:
                self._db.execute("UPDATE files SET state = 'looked' WHERE state = 'incomplete'")
                self._db.execute("DELETE FROM pages WHERE state = 'failed'")

    def make_again(self, ids: Iterable[int]) -> None:
        """Have these documents made again, as when somebody removed them."""
        with self._transaction():
            self._db.executemany("UPDATE files SET state = 'looked' WHERE id = ?", ((number,) for number in ids))

    def pending(self, after: int) -> File | None:
        """The next file to do, by its id."""
        row = self._db.execute(
            "SELECT id, name, target, stamp, state, sha256, pages FROM files "
            "WHERE id > ? AND state IN ('new', 'looked') "
            "AND seen = (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'walk') ORDER BY id LIMIT 1",
            (after,),
        ).fetchone()
        return File(*row) if row else None

    def looked(self, file: int, result: Looked) -> None:
        self._run(
            "UPDATE files SET state = 'looked', sha256 = ?, pages = ?, stamp = ?, seconds = ? WHERE id = ?",
            (result.sha256, result.pages, result.stamp, result.seconds, file),
        )

    def pages(self, sha256: str, read_key: str) -> Iterator[PageState]:
        """What is known of a file's pages."""
        for page, state, attempts, error in self._db.execute(
            "SELECT page, state, attempts, error FROM pages WHERE sha256 = ? AND read_key = ?", (sha256, read_key)
        ).fetchall():
            yield PageState(page, state, attempts, msgspec.json.decode(error, type=Fault) if error else None)

    def page_read(self, sha256: str, read_key: str, result: PageRead) -> None:
        self._page(sha256, read_key, result.page, "read", 0, result.seconds, result.confidence, None)

    def page_failed(self, sha256: str, read_key: str, page: int, attempts: int, fault: Fault) -> None:
        self._page(sha256, read_key, page, "failed", attempts, 0.0, None, msgspec.json.encode(fault))

    def page_again(self, sha256: str, read_key: str, page: int, attempts: int, fault: Fault | None) -> None:
        error = msgspec.json.encode(fault) if fault else None
        self._page(sha256, read_key, page, "again", attempts, 0.0, None, error)

    def made(self, file: File, made_key: str, missing: int, result: Made) -> None:
        self._run(
            "UPDATE files SET state = ?, made_key = ?, missing = ?, confidence = ?, problems = ?, title = ?, "
            "error = ?, attempts = 0, seconds = ? + "
            "(SELECT coalesce(sum(seconds), 0) FROM pages WHERE sha256 = files.sha256) WHERE id = ?",
            (
                "incomplete" if missing else "done",
                made_key,
                missing,
                result.confidence,
                result.problems,
                result.title,
                result.first_problem,
                result.seconds,
                file.id,
            ),
        )

    def attempted(self, file: int) -> int:
        """Count an attempt that broke a worker; returns how many there were."""
        self._run("UPDATE files SET attempts = attempts + 1 WHERE id = ?", (file,))
        return int(self._db.execute("SELECT attempts FROM files WHERE id = ?", (file,)).fetchone()[0])

    def failed(self, file: int, error: str) -> None:
        self._run("UPDATE files SET state = 'failed', made_key = '', error = ? WHERE id = ?", (error, file))

    def tally(self) -> dict[str, int]:
        """How many present files are in each state, and ``gone`` for those that are not."""
        rows = self._db.execute(
            "SELECT CASE WHEN seen < (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'walk') THEN 'gone' "
            "ELSE state END AS now, count(*) FROM files GROUP BY now"
        ).fetchall()
        return {str(state): int(count) for state, count in rows}

    def page_tally(self) -> dict[str, int]:
        """How many pages are in each state."""
        return {
            str(state): int(count)
            for state, count in self._db.execute("SELECT state, count(*) FROM pages GROUP BY state")
        }

    def rows(self, columns: str, rest: str) -> Iterator[tuple[object, ...]]:
        """Rows of files for a report; the columns and clauses are the program's own."""
        yield from self._db.execute(f"SELECT {columns} FROM files {rest}")  # noqa: S608 no user's text

    def _page(self, *row: str | float | bytes | None) -> None:
        self._run("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _run(self, statement: str, values: tuple[object, ...]) -> None:
        with self._mapped():
            self._db.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._mapped():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
            raise UnwritableOutput(str(self._path), str(error), REMEDY) from error
