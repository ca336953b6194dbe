"""The files of a folder that a batch takes up: PDFs and page images, however deep."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from recover.batch.storage import is_url, remote_files, remote_stamp
from recover.errors import UnreadableInput

SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".gif", ".webp"}
# What scanners, browsers and copying programs call a file that isn't whole yet.
UNFINISHED = {".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".!ut"}
MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
HEAD_BYTES = 1024


class Found(msgspec.Struct, frozen=True):
    """A file's name below the folder, with slashes, and its stamp; ``fault`` says why it can't be taken up."""

    name: str
    stamp: str
    fault: str = ""


def walk(folder: str, leave_out: str) -> Iterator[Found]:
    """All files to take up, in no order; raises UnreadableInput where the folder can't be read."""
    if is_url(folder):
        yield from _walk_remote(folder, leave_out)
        return
    if not Path(folder).is_dir():
        raise UnreadableInput(folder, "no such folder", "name a folder of PDFs or page images")
    for root, folders, files in os.walk(folder, onerror=_complain):
        folders[:] = [name for name in folders if not name.startswith(".") and os.path.join(root, name) != leave_out]  # noqa: PTH118
        for name in files:
            yield from _take(folder, os.path.join(root, name))  # noqa: PTH118 millions of names: text is ten times faster


def _complain(error: OSError) -> None:
    """A folder inside that may not be read stops the walk: its files would look as if they had gone."""
    cause = error.strerror or str(error)
    raise UnreadableInput(str(error.filename), cause, "give access to it, or move it out of the folder")


def _take(folder: str, path: str) -> Iterator[Found]:
    name = os.path.relpath(path, folder).replace(os.sep, "/")
    is_named_so = os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122
    if is_unfinished(name):
        return
    try:
        status = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):  # to open a pipe would take for ever
            if is_named_so:
                yield Found(name, "", "it is a pipe or a device, not a file")
            return
        if not is_named_so and not _looks_like_one(path):
            return
        stamp = f"{status.st_size}-{status.st_mtime_ns}"
    except OSError as error:
        if not os.path.islink(path):  # noqa: PTH114
            return  # gone since the folder was listed
        yield Found(name, "", error.strerror or str(error))
        return
    try:
        name.encode()
    except UnicodeEncodeError:
        readable = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        yield Found(readable, stamp, "its name is not UTF-8; rename it")
        return
    yield Found(name, stamp)


def is_unfinished(name: str) -> bool:
    """Whether a name tells that the file is hidden, or still being written."""
    last = name.rsplit("/", 1)[-1]
    return last.startswith((".", "~$")) or PurePosixPath(last).suffix.lower() in UNFINISHED


def _looks_like_one(path: str) -> bool:
    """A PDF or picture whose name doesn't say so."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(HEAD_BYTES)
    except OSError:
        return False
    return b"%PDF-" in head or head.startswith(MARKS)


def _walk_remote(folder: str, leave_out: str) -> Iterator[Found]:
    for name, info in remote_files(folder):
        hidden = any(part.startswith(".") for part in name.split("/"))
        inside = f"{folder}/{name}".startswith(leave_out + "/")
        if not hidden and not inside and not is_unfinished(name) and PurePosixPath(name).suffix.lower() in SUFFIXES:
            yield Found(name, remote_stamp(info))
