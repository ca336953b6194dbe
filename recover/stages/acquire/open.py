"""Which kind of file this is, judged by its content and not by its name."""

from __future__ import annotations

import stat
from pathlib import Path

from recover.errors import UnreadableInput
from recover.settings import Limits
from recover.stages.acquire.source import PageSource

# A PDF's mark may follow some bytes of rubbish; readers accept it within the first kilobyte.
HEAD_BYTES = 1024
IMAGE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"BM", b"GIF8", b"RIFF")
MAX_BYTES = 4 * 1024**3


def open_source(path: Path, password: str | None = None, limits: Limits | None = None) -> PageSource:
    """Open a PDF or a picture; raises UnreadableInput with what is wrong and what to do."""
    head = _head(path)
    if b"%PDF-" in head:
        from recover.stages.acquire.pdf import PdfSource  # noqa: PLC0415 pictures need no PDF library

        return PdfSource(path, password, limits or Limits())
    if head.startswith(IMAGE_MARKS):
        from recover.stages.acquire.image import ImageSource  # noqa: PLC0415

        return ImageSource(path, limits or Limits())
    raise UnreadableInput(str(path), "neither a PDF nor a page image", "give a PDF, PNG, JPEG or TIFF file")


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableInput(str(path), "is a folder", "use 'recover batch' for folders")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput(str(path), "is a pipe or a device, not a file", "save its content as a file first")
        size = status.st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "check the path and its permissions") from error
    if not head:
        raise UnreadableInput(str(path), "the file is empty", "fetch or scan it again")
    if size > MAX_BYTES:
        raise UnreadableInput(str(path), f"{size / 1024**3:.1f} GiB is too large", "split it into smaller files")
    return head
