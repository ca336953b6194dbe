"""Signals that ask a command to end: whatever asks, what is half done is cleared away first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")

_held = 0
_asked = False


def end_like_interrupts() -> None:
    """Have SIGTERM and SIGHUP end the command as Ctrl-C does, unless whoever started it has them ignored."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (getattr(signal, name) for name in ENDING if hasattr(signal, name)):
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have an interrupt wait until what is done here is done: a folder made, say, and known to whoever removes it.

    Holds back the signals that ``end_like_interrupts`` has taken over, and raises KeyboardInterrupt in the end.
    """
    global _held  # noqa: PLW0603 a process has one set of signals
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if _asked and not _held:
            _raise()


def _interrupt(number: int, frame: object) -> None:
    global _asked  # noqa: PLW0603
    del frame
    if number != signal.SIGINT:  # Ctrl-C a second time ends at once what takes its time to clear up
        signal.signal(number, signal.SIG_IGN)
    _asked = True
    if not _held:
        _raise()


def _raise() -> None:
    global _asked  # noqa: PLW0603
    _asked = False
    raise KeyboardInterrupt
