"""Whole files of text, as long as they are files and not too long."""

from __future__ import annotations

import stat
from pathlib import Path

from recover.errors import UnreadableInput
from recover.limits import Limits, over

# A character takes at most so many bytes in the encodings that are read.
BYTES_A_CHARACTER = 4


def read_bytes(path: Path, limits: Limits) -> bytes:
    """A file's content; raises UnreadableInput for what is no file, can't be read, or is too long."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput(str(path), "is a folder", "name a file")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput(str(path), "is a pipe or a device, not a file", "save its content as a file first")
        if status.st_size > BYTES_A_CHARACTER * limits.characters:
            found = f"it has {status.st_size} bytes"
            raise UnreadableInput(str(path), *over("characters", found, f"{limits.characters} characters"))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "check the path and its permissions") from error
