"""Looking at a file before its pages are read."""

from __future__ import annotations

import hashlib
import time

from recover.errors import UnreadableInput
from recover.export.formats import choose_formats
from recover.fence.tasks import Look, Looked
from recover.fence.work.sources import OpenSource, stamp_of
from recover.glossary.load import load_stack


def look(task: Look) -> Looked:
    """A file's hash and number of pages; raises RecoverError, for settings that can't be kept too."""
    began = time.monotonic()
    choose_formats(task.settings.formats)
    load_stack(task.settings.glossaries)
    stamp = stamp_of(task.path)
    source = OpenSource()
    try:
        pages = source.get(task.path, task.settings, stamp).page_count
        with source.place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInput(task.path, error.strerror or str(error), "check the file and run it again") from error
    finally:
        source.close()
    return Looked(key=task.key, stamp=stamp, sha256=sha256, pages=pages, seconds=time.monotonic() - began)
