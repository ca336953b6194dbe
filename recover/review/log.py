"""The log of a review: append-only JSON lines beside the document, on the disk before an action counts as done."""

from __future__ import annotations

import fcntl
import os
import re
import zlib
from collections.abc import Callable, Sequence
from io import FileIO
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput, UnwritableOutput
from recover.output import REVIEW_LOG
from recover.review.actions import Action

NAME = REVIEW_LOG
SUM = re.compile(rb',"sum":"([0-9a-f]{8})"\}\s*$')
_decoder = msgspec.json.Decoder(Action)


class Log:
    """The log of one folder; several processes may append to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def size(self) -> int:
        """Bytes in the file; grows with every action."""
        return self.path.stat().st_size if self.path.exists() else 0

    def read(self) -> tuple[Action, ...]:
        """All actions in order; raises UnreadableInput where the file can't be read.

        A damaged line is left out, as is a last one that was cut short; ``damaged`` names these, and they stay in
        the file.
        """
        return self._read()[0]

    def damaged(self) -> tuple[int, ...]:
        """The numbers, from 1, of lines that hold no action any more."""
        return self._read()[1]

    def append(self, make: Callable[[Sequence[Action]], Sequence[Action]]) -> tuple[Action, ...]:
        """Append what ``make`` makes of the actions so far and return all; raises UnwritableOutput.

        Nobody else appends in between, and the new lines are on the disk when this returns.
        """
        try:
            with self.path.open("ab", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                actions, _, whole = self._read()
                added = tuple(make(actions))
                _write(file, b"".join(_line(action) for action in added), whole)
        except OSError as error:
            raise UnwritableOutput(str(self.path), error.strerror or str(error), "free space or permissions") from error
        return (*actions, *added)

    def _read(self) -> tuple[tuple[Action, ...], tuple[int, ...], bool]:
        """The actions, the numbers of damaged lines, and whether the last line ends."""
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise UnreadableInput(str(self.path), error.strerror or str(error), "check its permissions") from error
        found = [(number, _action(line)) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
        actions = tuple(action for _, action in found if action)
        return actions, tuple(number for number, action in found if action is None), content[-1:] in (b"", b"\n")


def _write(file: FileIO, lines: bytes, whole: bool) -> None:
    """Put ``lines`` on the disk, behind a last line that may not end; a disk that fills up leaves what was there."""
    size = os.fstat(file.fileno()).st_size
    try:
        rest = memoryview(lines if whole else b"\n" + lines)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        os.ftruncate(file.fileno(), size)
        raise


def _line(action: Action) -> bytes:
    """An action's line, with a checksum of all before it."""
    body = msgspec.json.encode(action)
    return body[:-1] + b',"sum":"%08x"}\n' % zlib.crc32(body)


def _action(line: bytes) -> Action | None:
    """The action in a line; None for a damaged one. Lines of older versions have no sum."""
    end = SUM.search(line)
    body = line[: end.start()] + b"}" if end else line
    if end and int(end[1], 16) != zlib.crc32(body):
        return None
    try:
        return _decoder.decode(body)
    except MALFORMED:
        return None
