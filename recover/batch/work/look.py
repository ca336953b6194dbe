"""Looking at a file before its pages are read."""

from __future__ import annotations

import hashlib
import time

from recover.batch.tasks import Look, Looked
from recover.batch.work.sources import OpenSource, stamp_of
from recover.errors import UnreadableInput


def look(task: Look) -> Looked:
    """A file's hash and number of pages; raises UnreadableInput."""
    began = time.monotonic()
    stamp = stamp_of(task.path)
    source = OpenSource()
    try:
        pages = source.get(task.path, task.password, stamp).page_count
        with source.place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInput(task.path, error.strerror or str(error), "check the file and run it again") from error
    finally:
        source.close()
    return Looked(key=task.key, stamp=stamp, sha256=sha256, pages=pages, seconds=time.monotonic() - began)
