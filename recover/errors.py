"""Every error a user can meet, each with its cause, its remedy and its exit code.

    RecoverError
    ├── UsageError           2  a setting or argument that cannot be meant
    ├── UnreadableInput      3  a file that is not there, damaged, encrypted, empty or no document
    ├── MissingComponent     4  an engine, a language or an optional package is not installed
    ├── EngineFailed         5  an installed engine broke down
    ├── UnwritableOutput     6  the result could not be written
    │   └── OutputTaken      6  files that are not this program's stand where the result belongs
    ├── ProblemsFound        7  recovered, but with problems, under ``--strict``
    └── BatchIncomplete      8  some files of a batch failed

Whatever a library raises is mapped to one of these where that library is called; the command line alone
turns them into one line and an exit code. 130 is kept for an interrupted run.
"""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Final

import msgspec

# What typed decoding raises of data that somebody else may have written: not its form, not UTF-8, nested without end.
MALFORMED: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What ``recover doctor`` looked at: whether it works, what was found, what to do, whether every run needs it."""

    name: str
    works: bool
    found: str
    remedy: str = ""
    needed: bool = True


class RecoverError(Exception):
    """What went wrong with ``subject`` (a file, an engine, a setting), why, and what to do about it."""

    exit_code = 1

    def __init__(self, subject: str, cause: str, remedy: str) -> None:
        self.subject = subject
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{subject}: {cause}; {remedy}")

    def __reduce__(self) -> tuple[type[RecoverError], tuple[str, str, str]]:
        """Errors cross process borders in a batch, so they pickle by their three parts."""
        return type(self), (self.subject, self.cause, self.remedy)


class UsageError(RecoverError):
    """A setting or argument that cannot be meant."""

    exit_code = 2


class UnreadableInput(RecoverError):
    """A file that is not there, damaged, encrypted, empty or no document."""

    exit_code = 3


class MissingComponent(RecoverError):
    """An engine, a language or an optional package is not installed."""

    exit_code = 4


class EngineFailed(RecoverError):
    """An installed engine broke down."""

    exit_code = 5


class UnwritableOutput(RecoverError):
    """The result could not be written."""

    exit_code = 6


class OutputTaken(UnwritableOutput):
    """Files that this program did not write, or that somebody changed, stand where the result belongs."""


class ProblemsFound(RecoverError):
    """The document was recovered, with problems, and the user asked to be strict."""

    exit_code = 7


class BatchIncomplete(RecoverError):
    """Some files of a batch failed."""

    exit_code = 8


# What is said of an exception that nobody foresaw: enough to report it, and the same each time.

LONGEST = 200
# OpenCV tells its version, its source file and its line before what went wrong.
OPENCV = re.compile(r"OpenCV\([^)]*\)\s*\S+?:\d+:\s*(?:error: )?(?:\([^)]*\)\s*)?")


def unforeseen(subject: str, error: Exception) -> EngineFailed:
    """The error as one of ours, with its kind and the line it was raised at."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    cause = f"an unforeseen {type(error).__name__}{place}: {_plain(error)}"
    return EngineFailed(subject, cause, "report this with the file; the rest is unharmed")


def _plain(error: Exception) -> str:
    """What an exception says, on one line that isn't too long."""
    text = " ".join(OPENCV.sub("", str(error)).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
