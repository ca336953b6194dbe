"""The index file: SQLite with its full-text search, one file beside the documents.

Every document goes in or out in one transaction, so a killed process leaves the index as it was before that document.
A full-text row can't be taken out without its old tokens, so rows of documents that changed stay behind as dead ones,
hidden by the join with ``passages``, until there are enough of them to write the table anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput, UnwritableOutput
from recover.search.query import folded

NAME = "search.sqlite"
# Changes whenever the tables or the tokens do: an older index is made anew.
VERSION = "1"
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL, title TEXT NOT NULL, authors TEXT NOT NULL,
  journal TEXT NOT NULL, year INTEGER, csl TEXT NOT NULL, content BLOB NOT NULL, first INTEGER NOT NULL);
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind INTEGER NOT NULL, section_kind INTEGER NOT NULL,
  lang INTEGER NOT NULL, confidence INTEGER);
CREATE VIRTUAL TABLE tokens USING fts5 (said, maybe, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE words USING fts5 (
  word, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0");
"""
_TOKENS = "INSERT INTO tokens (rowid, said, maybe) VALUES (?, ?, ?)"
_WORDS = "INSERT INTO words (rowid, word) VALUES (?, ?)"
TABLES = ("meta", "documents", "names", "passages", "tokens", "words")
REMEDY = "free space and permissions, then run 'recover index' again"
DAMAGED = "delete the file and run 'recover index' again"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is entered.

    ``passages`` hold the kind, section kind, language and confidence of each; ``tokens`` what each says, what else it
    may say, and its words.
    """

    path: str
    stamp: str
    title: str
    authors: str
    journal: str
    year: int | None
    csl: str
    content: bytes
    passages: tuple[tuple[str, str, str, float | None], ...]
    tokens: tuple[tuple[str, str, str], ...]


class Store:
    """An open index; raises UnwritableOutput where the disk won't have it, UnreadableInput where it is damaged."""

    def __init__(self, folder: Path, *, writes: bool) -> None:
        self.path = folder / NAME
        self._codes: dict[str, int] = {}
        self._writes = writes
        if writes:
            with self._guarded():
                self.db = sqlite3.connect(self.path, isolation_level=None, timeout=30, check_same_thread=False)
                self._prepare()
            return
        if not self.path.is_file():
            raise UnreadableInput(str(folder), "has no search index", f"run 'recover index {folder}' first")
        with self._guarded():
            self.db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self.db.create_function("folded", 1, folded, deterministic=True)
            if self._version() != VERSION:
                raise UnreadableInput(str(self.path), "was written by another version", f"run 'recover index {folder}'")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def _prepare(self) -> None:
        if self._version() == VERSION:
            return
        self.db.execute("BEGIN IMMEDIATE")
        for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name in TABLES:
                self.db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            self.db.execute(statement)
        self.db.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
        self.db.execute("COMMIT")

    def _version(self) -> str:
        known = self.db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
        row = self.db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone() if known else None
        return str(row[0]) if row else ""

    def stamps(self) -> dict[str, str]:
        """The stamp of every document that is in, by its path."""
        with self._guarded():
            return dict(self.db.execute("SELECT path, stamp FROM documents"))

    def enter(self, row: Row) -> None:
        """Put a document in, in place of what stood under its path."""
        with self._guarded(), self._transaction():
            self._remove(row.path)
            first = self._next()
            values = (row.path, row.stamp, row.title, row.authors, row.journal, row.year, row.csl, row.content, first)
            added = self.db.execute(
                "INSERT INTO documents (path, stamp, title, authors, journal, year, csl, content, first)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            for number, (passage, tokens) in enumerate(zip(row.passages, row.tokens, strict=True), first):
                self._enter_passage(number, added.lastrowid or 0, passage, tokens)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('next', ?)", (str(first + len(row.passages)),))

    def _enter_passage(
        self, number: int, document: int, passage: tuple[str, str, str, float | None], tokens: tuple[str, str, str]
    ) -> None:
        *names, confidence = passage
        codes = [self._code(str(name)) for name in names]
        share = None if confidence is None else round(1000 * confidence)
        self.db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", (number, document, *codes, share))
        self.db.execute(_TOKENS, (number, *tokens[:2]))
        self.db.execute(_WORDS, (number, tokens[2]))

    def _code(self, name: str) -> int:
        """The number that stands for a name in the table of passages."""
        if name not in self._codes:
            self.db.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
            self._codes = self.codes()
        return self._codes[name]

    def codes(self) -> dict[str, int]:
        """The numbers of all kinds, section kinds and languages that are in."""
        with self._guarded():
            return dict(self.db.execute("SELECT name, id FROM names"))

    def _next(self) -> int:
        """The number that the next passage gets; numbers are never given twice."""
        row = self.db.execute("SELECT value FROM meta WHERE name = 'next'").fetchone()
        return int(row[0]) if row else 1

    def remove(self, paths: Iterable[str]) -> None:
        """Take documents out."""
        with self._guarded(), self._transaction():
            for path in paths:
                self._remove(path)

    def _remove(self, path: str) -> None:
        row = self.db.execute("SELECT first, id FROM documents WHERE path = ?", (path,)).fetchone()
        if row:
            after = self.db.execute("SELECT min(first) FROM documents WHERE first > ?", row[:1]).fetchone()[0]
            self.db.execute("DELETE FROM passages WHERE id >= ? AND id < ?", (row[0], after or self._next()))
            self.db.execute("DELETE FROM documents WHERE id = ?", row[1:])

    def dead_share(self) -> float:
        """The share of full-text rows whose document is gone or was entered again."""
        with self._guarded():
            total = self._next() - 1
            alive = self.db.execute("SELECT count(*) FROM passages").fetchone()[0]
            return 1 - alive / total if total else 0.0

    def tidy(self) -> None:
        """Merge what entering many documents left in pieces, and give the room back."""
        with self._guarded():
            for table in ("tokens", "words"):
                self.db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 one of two names
            self.db.execute("VACUUM")

    def clear(self) -> None:
        """Empty the index, for writing it anew."""
        with self._guarded(), self._transaction():
            self.db.execute("INSERT INTO tokens (tokens) VALUES ('delete-all')")
            self.db.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for table in ("documents", "passages"):
                self.db.execute(f"DELETE FROM {table}")  # noqa: S608 one of two names
            self.db.execute("DELETE FROM meta WHERE name = 'next'")

    def rows(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """The rows a query gives."""
        with self._guarded():
            yield from self.db.execute(query, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self._writes and isinstance(error, sqlite3.OperationalError):
                raise UnwritableOutput(str(self.path), str(error), REMEDY) from error
            raise UnreadableInput(str(self.path), f"is damaged ({error})", DAMAGED) from error
