"""The ledger's tables."""

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
