"""The log of a review: append-only JSON lines beside the document, on the disk before an action counts as done."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput, UnwritableOutput
from recover.output import REVIEW_LOG
from recover.review.actions import Action

NAME = REVIEW_LOG


class Log:
    """The log of one folder; several processes may append to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def size(self) -> int:
        """Bytes in the file; grows with every action."""
        return self.path.stat().st_size if self.path.exists() else 0

    def read(self) -> tuple[Action, ...]:
        """All actions in order; raises UnreadableInput for a line that is no action.

        A last line without its line feed was cut short by a crash: it never counted, and is left out.
        """
        return self._read()[0]

    def append(self, make: Callable[[Sequence[Action]], Sequence[Action]]) -> tuple[Action, ...]:
        """Append what ``make`` makes of the actions so far and return all; raises UnwritableOutput.

        Nobody else appends in between, and the new lines are on the disk when this returns.
        """
        try:
            with self.path.open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                actions, whole = self._read()
                if whole < os.fstat(file.fileno()).st_size:
                    os.ftruncate(file.fileno(), whole)
                added = tuple(make(actions))
                file.write(b"".join(msgspec.json.encode(action) + b"\n" for action in added))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise UnwritableOutput(str(self.path), error.strerror or str(error), "free space or permissions") from error
        return (*actions, *added)

    def _read(self) -> tuple[tuple[Action, ...], int]:
        """The actions, and the length in bytes of the lines that hold them."""
        content = self.path.read_bytes() if self.path.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        decoder = msgspec.json.Decoder(Action)
        try:
            return tuple(decoder.decode(line) for line in whole.splitlines() if line.strip()), len(whole)
        except msgspec.DecodeError as error:
            remedy = "mend the line named, or move the file away to start anew"
            raise UnreadableInput(str(self.path), f"a line is no action ({error})", remedy) from error
