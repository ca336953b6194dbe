"""Messages on a pipe: a length of four bytes, then so many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

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
