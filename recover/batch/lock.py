"""One batch an output: the lock that says so, and to whom it belongs."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from recover.errors import UnwritableOutput

# A killed batch's workers end within moments of it.
PATIENCE_SECONDS = 3.0


@contextmanager
def only_batch(home: Path) -> Iterator[None]:
    """Hold the output alone; raises UnwritableOutput that names the other. A dead process holds nothing."""
    owner = home / "owner.txt"
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(home / "lock", timeout=PATIENCE_SECONDS)
        with lock:
            owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
            yield
    except filelock.Timeout as error:
        cause = f"another batch is writing here ({_owner(owner)})"
        raise UnwritableOutput(str(home.parent), cause, "wait for it, end it, or choose another -o") from error
    except OSError as error:
        cause = error.strerror or str(error)
        remedy = "choose another folder with -o, or free space and permissions, then run it again"
        raise UnwritableOutput(str(home.parent), cause, remedy) from error


def _owner(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
