"""What a fenced process can't do."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from recover.errors import EngineFailed, UnreadableInput
from recover.fence.worker_pool import call
from recover.settings import Limits

linux = pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")


def fenced(function: str, arguments: object = None, limits: Limits | None = None) -> list[bytes]:
    name = f"tests.fence.test_confine:{function}"
    return list(call(name, arguments, subject="a.pdf", limits=limits or Limits()))


def reach_out(arguments: bytes) -> Iterator[bytes]:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family)
        except PermissionError:
            yield b"refused"
    socket.socketpair()


def eat(arguments: bytes) -> Iterator[bytes]:
    kept = []
    while True:
        kept.append(bytearray(os.urandom(1) * 50_000_000))


def sleep(arguments: bytes) -> Iterator[bytes]:
    import time

    time.sleep(60)
    yield b""


def write_much(arguments: bytes) -> Iterator[bytes]:
    with Path(msgspec.msgpack.decode(arguments)).open("wb") as file:
        file.writelines(bytes(2**20) for _ in range(100))
    yield b"written"


def babble(arguments: bytes) -> Iterator[bytes]:
    """What a process that was taken over may write instead of answers."""
    for number in range(3, 12):
        try:
            os.write(number, b"\0\0\0\4junk")
        except OSError:
            continue
    yield b"never understood"


def stumble(arguments: bytes) -> Iterator[bytes]:
    raise ZeroDivisionError("no such luck")
    yield b""


@linux
def test_the_network_is_out_of_reach() -> None:
    assert fenced("reach_out") == [b"refused", b"refused"]


@linux
def test_memory_is_limited_and_said_so() -> None:
    with pytest.raises(UnreadableInput, match="more than 500 MB of memory; raise the limit with --limits memory="):
        fenced("eat", limits=Limits(memory_mb=500))


def test_time_is_limited_and_said_so() -> None:
    with pytest.raises(UnreadableInput, match="longer than 1 s"):
        fenced("sleep", limits=Limits(page_seconds=1))


@linux
def test_a_file_can_not_grow_without_end(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="too large"):
        fenced("write_much", str(tmp_path / "big"), Limits(output_mb=5))


def test_nonsense_from_inside_harms_nobody() -> None:
    with pytest.raises((UnreadableInput, EngineFailed)):
        fenced("babble")


def test_a_mistake_is_one_error() -> None:
    with pytest.raises(EngineFailed, match=r"ZeroDivisionError at test_confine\.py"):
        fenced("stumble")
