"""Signals that ask a command to end: whatever asks, what is half done is cleared away first."""

from __future__ import annotations

import signal
import threading

ENDING = ("SIGTERM", "SIGHUP")


def end_like_interrupts() -> None:
    """Have SIGTERM and SIGHUP end the command as Ctrl-C does, unless whoever started it has them ignored."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (getattr(signal, name) for name in ENDING if hasattr(signal, name)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    del frame
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
