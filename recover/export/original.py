"""The file a document was recovered from, for the formats that build on its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput, UsageError
from recover.model.document import Document


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """Where the file is, and the password that opens it."""

    path: Path
    password: str | None = None


def find_original(document: Document, folder: Path, named: Path | None, password: str | None) -> Original | None:
    """The file with the document's hash: the one that was named, or one of its name near the recovered folder.

    A recovered folder names no path, which would tell where its owner keeps things. Raises UsageError for a named
    file that is another, and UnreadableInput for one that isn't there.
    """
    if named is not None:
        if file_hash(named) != document.source.sha256:
            remedy = f"give {document.source.name} as it was, or recover this file first"
            raise UsageError(f"--source {named}", "is not the file that was recovered", remedy)
        return Original(path=named, password=password)
    found = (path for path in _near(document.source.name, folder) if path.is_file())
    same = (path for path in found if file_hash(path) == document.source.sha256)
    return next((Original(path=path, password=password) for path in same), None)


def _near(name: str, folder: Path) -> Iterator[Path]:
    place = folder.resolve()
    yield from (parent / name for parent in (place, place.parent, place.parent.parent, Path.cwd()))


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content; raises UnreadableInput."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableInput(str(path), cause, "name the file that was recovered with --source") from error
