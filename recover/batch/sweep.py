"""What a killed worker leaves beside the documents, and its removal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path


def sweep(target: Path) -> None:
    """Drop what a killed worker left of this folder; only one batch writes here, and one worker each folder."""
    # The middle is what mkdtemp makes up: eight characters without a dash, so no other folder's draft fits.
    left = re.compile(rf"\.{re.escape(target.name)}-[a-z0-9_]{{8}}\.(part|old)")
    if target.parent.is_dir():
        for path in target.parent.iterdir():
            if left.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)
