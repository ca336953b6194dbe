"""The log of a review: actions as append-only JSON lines, undone and redone but never taken out."""

from __future__ import annotations

import fcntl
import os
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from io import FileIO
from pathlib import Path
from typing import Literal

import msgspec

from recover.errors import MALFORMED, UnreadableInput, UnwritableOutput
from recover.model.geometry import Box
from recover.model.records import PageLine
from recover.pipeline.output import REVIEW_LOG

Kind = Literal[
    "text",
    "seam",
    "check",
    "move",
    "role",
    "merge",
    "split",
    "mark",
    "field",
    "term",
    "finish",
    "flag",
    "restore",
    "table",
    "undo",
    "redo",
]


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where an action took place, told so that the place is found again in another reading of the same page.

    ``line`` or ``block`` name it in this reading. ``box`` is in points on the original page, ``context`` the
    line's whole text or the block's beginning as it stood, ``at`` an offset in the line's or block's text.
    """

    page: int = 0
    box: Box | None = None
    line: str = ""
    block: str = ""
    at: int = 0
    context: str = ""


class Action(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the log: when, what, where, what stood there and what stands there now.

    - ``text`` replaces characters of a printed line, ``seam`` characters of a block that no line holds;
      ``check`` says that characters are right as they were read.
    - ``move`` puts a block behind the one named by ``now`` (first, when that is empty); ``role`` says what a
      block is (``paragraph``, ``heading:2``, ``furniture``, ``caption:f1``, ``front:affiliation-zh``).
    - ``merge`` joins the block named by ``now`` to this one; ``split`` cuts a block at an offset.
    - ``mark`` sets ``was``, at an offset of a block, as ``now`` says (``sup``, ``sub``, ``italic``, ``bold``), or plain
      where it was set so.
    - ``field`` sets a field of a reference; ``term`` adds a term (``now`` holds zh, en and abbreviation).
    - ``finish`` says that the document is done (or, with an empty ``now``, that it is not); ``flag`` asks a second
      reader to look at ``was`` in a block, with a comment in ``now``; an empty one takes the flag away.
    - ``restore`` makes a paragraph of print that stood in no text (``was``, at ``where.box``), behind the block that
      ``field`` names. With ``lines``, those of a region that was read anew, it puts them in the place of what the
      region covers.
    - ``table`` adds or deletes the row or column of a cell, or merges the cell with its neighbour (``now``:
      ``add-row``, ``delete-column``, ``merge-right``, ``split`` …).
    - ``undo`` and ``redo`` name the group they take back or bring back.

    Actions of one ``group`` are undone together. ``confidence`` is what the reader thought of the least
    certain character, in thousandths; -1 where nobody measured.
    """

    id: int
    when: str
    kind: Kind
    group: int = 0
    where: Place = Place()
    was: str = ""
    now: str = ""
    field: str = ""
    of: int = 0
    lines: tuple[PageLine, ...] = ()
    confidence: int = -1


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """An action that doesn't fit the reading any more, and why."""

    action: Action
    why: str


class Misfit(ValueError):
    """The action's place is not there, or something else stands there now."""


# Which actions of a log count: undo and redo are actions too, and never take anything out of the log.


class History(msgspec.Struct, frozen=True):
    """Groups of actions that count, in order, and those that an undo took back, the latest last."""

    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()

    def after(self, action: Action) -> History:
        """The history once ``action`` is logged; an undo or redo that names no fitting group changes nothing."""
        if action.kind == "undo":
            if action.of not in self.done:
                return self
            return History(tuple(g for g in self.done if g != action.of), (*self.undone, action.of))
        if action.kind == "redo":
            if action.of not in self.undone:
                return self
            return History((*self.done, action.of), tuple(g for g in self.undone if g != action.of))
        if self.done and self.done[-1] == action.group:
            return self
        # Something new was done: what had been taken back can't be brought back on top of it.
        return History((*self.done, action.group), ())


def history_of(actions: Iterable[Action]) -> History:
    """The history after all of ``actions``."""
    history = History()
    for action in actions:
        history = history.after(action)
    return history


def effective(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The actions that count, in the order in which they are to be applied."""
    by_group: dict[int, list[Action]] = {}
    for action in actions:
        if action.kind not in ("undo", "redo"):
            by_group.setdefault(action.group, []).append(action)
    return tuple(action for group in history_of(actions).done for action in by_group[group])


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
