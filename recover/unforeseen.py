"""What is said of an exception that nobody foresaw: enough to report it, and the same each time."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from recover.errors import EngineFailed

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
