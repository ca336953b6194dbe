"""What is said of an exception that nobody foresaw: enough to report it, and the same each time."""

from __future__ import annotations

import traceback
from pathlib import Path

from recover.errors import EngineFailed


def unforeseen(subject: str, error: Exception) -> EngineFailed:
    """The error as one of ours, with its kind and the line it was raised at."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    cause = f"an unforeseen {type(error).__name__}{place}: {error}"
    return EngineFailed(subject, cause, "report this with the file; the rest is unharmed")
