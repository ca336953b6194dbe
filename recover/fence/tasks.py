"""What a worker is asked to do, and what it answers: plain data in frames that cross pipes and networks."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO, Literal

import msgspec

from recover import errors
from recover.errors import RecoverError
from recover.model.document import Source
from recover.settings import Settings

# How a worker can be lost: the page killed it, somebody else did, it took too long, or too much memory.
Loss = Literal["crash", "killed", "hang", "memory"]

# The function that opens the page reader, as module:function; tests of the supervision name another one.
READER = "recover.worker.pages:open_reader"
READER_VARIABLE = "RECOVER_PAGE_READER"


def reader_name() -> str:
    """Whose pages are read by: the program's own reader, unless the environment names another."""
    return os.environ.get(READER_VARIABLE) or READER


class Fault(msgspec.Struct, frozen=True):
    """A RecoverError's three parts and the name of its class, so that it can be raised again elsewhere."""

    kind: str
    subject: str
    cause: str
    remedy: str

    @classmethod
    def of(cls, error: RecoverError) -> Fault:
        return cls(type(error).__name__, error.subject, error.cause, error.remedy)

    def error(self) -> RecoverError:
        """The error again, of its own class."""
        made: RecoverError = getattr(errors, self.kind, RecoverError)(self.subject, self.cause, self.remedy)
        return made

    def __str__(self) -> str:
        return f"{self.cause}; {self.remedy}"


class Look(msgspec.Struct, frozen=True, kw_only=True, tag="look"):
    """Open a file: what is its hash, how many pages has it? With settings that can't be kept, say so now."""

    key: int
    path: str
    settings: Settings = Settings()


class Read(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """Read pages of a file; ``parcels`` says where each goes. ``reader`` names the opener of the page reader.

    ``stamp`` is the file's as it was looked at: pages of a file that has changed since are refused. Empty: any.
    """

    key: int
    path: str
    stamp: str
    pages: tuple[int, ...]
    parcels: tuple[str, ...]
    settings: Settings
    reader: str


class Make(msgspec.Struct, frozen=True, kw_only=True, tag="make"):
    """Put a document together from its pages' parcels and write the folder ``target``; ``path`` is its original.

    ``made_key`` is refused where it is another: a glossary or program there isn't the one that was meant. A copy of
    ``document.json`` goes to ``copy``, where that is given.
    """

    key: int
    path: str
    stamp: str
    source: Source
    pages: tuple[int, ...]
    parcels: tuple[str, ...]
    missing: tuple[tuple[int, Fault], ...]
    settings: Settings
    reader: str
    made_key: str
    target: str
    copy: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True, tag="call"):
    """Call ``function`` (as module:function) with ``arguments`` in MessagePack; every piece it yields is an answer."""

    key: int
    function: str
    arguments: bytes
    subject: str


Task = Look | Read | Make | Call


class Dump(msgspec.Struct, frozen=True, kw_only=True):
    """The dump, the name it is told by, the folder for its document, and where a copy of ``document.json`` goes."""

    path: str
    name: str
    target: str
    settings: Settings
    copy: str


class Looked(msgspec.Struct, frozen=True, kw_only=True, tag="looked"):
    """A file's hash, number of pages, and the stamp that shows whether it has changed since."""

    key: int
    stamp: str
    sha256: str
    pages: int
    seconds: float = 0.0


class PageRead(msgspec.Struct, frozen=True, kw_only=True, tag="page-read"):
    """A page is in its parcel; ``confidence`` is the mean over its characters, None where nobody measured."""

    key: int
    page: int
    confidence: float | None = None
    kind: str = ""
    seconds: float = 0.0


class PageFailed(msgspec.Struct, frozen=True, kw_only=True, tag="page-failed"):
    """A page cannot be read, and trying again would not help."""

    key: int
    page: int
    fault: Fault
    seconds: float = 0.0


class Made(msgspec.Struct, frozen=True, kw_only=True, tag="made"):
    """A document's folder stands."""

    key: int
    confidence: float | None
    problems: int
    title: str
    first_problem: str = ""
    seconds: float = 0.0


class Answer(msgspec.Struct, frozen=True, kw_only=True, tag="answer"):
    """A piece of what a call came to."""

    key: int
    content: bytes


class ParcelsLost(msgspec.Struct, frozen=True, kw_only=True, tag="parcels-lost"):
    """These pages must be read again: their parcels are gone or damaged."""

    key: int
    pages: tuple[int, ...]


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """A whole task came to nothing."""

    key: int
    fault: Fault


class Lost(msgspec.Struct, frozen=True, kw_only=True, tag="lost"):
    """The worker broke down over this task (over ``page`` of it, where it was to read; ``left`` comes after that)."""

    key: int
    how: Loss
    fault: Fault
    page: int | None = None
    left: Read | None = None


class Returned(msgspec.Struct, frozen=True, kw_only=True, tag="returned"):
    """A task that was not begun when its worker was lost."""

    key: int
    task: Task


class Idle(msgspec.Struct, frozen=True, kw_only=True, tag="idle"):
    """The worker is through with a task: the last of its outcomes. Every task ends in an Idle, Lost or Returned."""

    key: int


Outcome = Looked | PageRead | PageFailed | Made | Answer | ParcelsLost | Failed | Lost | Returned | Idle

_encoder = msgspec.msgpack.Encoder()
_tasks = msgspec.msgpack.Decoder(Task)
_outcomes = msgspec.msgpack.Decoder(Outcome)


def encode(message: Task | Outcome) -> bytes:
    """A task or outcome as bytes."""
    return _encoder.encode(message)


def decode_task(data: bytes) -> Task:
    """The task in ``data``; raises msgspec.DecodeError."""
    task: Task = _tasks.decode(data)
    return task


def decode_outcome(data: bytes) -> Outcome:
    """The outcome in ``data``; raises msgspec.DecodeError."""
    outcome: Outcome = _outcomes.decode(data)
    return outcome


# Messages on a pipe: a length of four bytes, then so many bytes.

_LENGTH = struct.Struct(">I")
# Whoever announces more isn't one of ours any more.
MOST_BYTES = 512 * 2**20


def write_frame(pipe: BinaryIO, message: bytes) -> None:
    """Send one message; raises OSError when nobody listens."""
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes | None:
    """The next message; None when the other side has gone, also in the middle of a message, or talks nonsense."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length: int = _LENGTH.unpack(head)[0]
    if length > MOST_BYTES:
        return None
    message = pipe.read(length)
    return message if len(message) == length else None
