"""From a file to pages: which kind of file it is, and what every kind offers to the stages after it."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Protocol

from recover.errors import UnreadableInput
from recover.model.geometry import Box
from recover.model.page import LayerChar
from recover.model.raster import Pixels, Raster
from recover.settings import Limits


class PageSource(Protocol):
    """An open input file. Pages count from 0; sizes are points of the page as it is shown."""

    name: str
    page_count: int

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points; raises UnreadableInput."""

    def is_picture(self, page: int) -> bool:
        """Whether what one sees is a scan rather than drawn type."""

    def raster(self, page: int) -> Raster:
        """The page's picture at the resolution it deserves; raises UnreadableInput."""

    def coloured(self, page: int) -> Pixels | None:
        """The page's picture in three bands, of the raster's shape or smaller; None where it has no colour."""

    def characters(self, page: int) -> tuple[LayerChar, ...]:
        """The text layer, in the file's order; empty when there is none."""

    def hidden(self, page: int) -> tuple[Box, ...]:
        """Places of text that the page holds and doesn't show, in points of the page as it is shown."""

    def font_faults(self, page: int) -> dict[str, str]:
        """Fonts of the text layer whose codes lead to no text, each with what is wrong."""

    def drawn_rules(self, page: int) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """Rules and edges of tints, across and down, that a page of drawn type says it draws; none for a scan."""

    def damage(self, page: int, drawn: Raster) -> tuple[str, ...]:
        """What of the page isn't seen on ``drawn``, its picture, or only in part; empty for a sound page."""

    def close(self) -> None:
        """Let go of the file."""


# Which kind of file this is, judged by its content and not by its name.

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
