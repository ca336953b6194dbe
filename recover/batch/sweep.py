"""What killed processes leave beside documents and parcels, and its removal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from recover.drafts import sweep

# The middle is what mkstemp makes up.
DRAFT = re.compile(r"\.\d+\.page-[a-z0-9_]{8}\.part")


def sweep_output(out: Path, names: Iterable[str]) -> None:
    """Settle what killed workers left beside the documents ``names`` below ``out``."""
    for folder in {(out / name).parent for name in names}:
        sweep(folder)


def sweep_parcels(folder: Path) -> None:
    """Drop half-written parcels from a folder of theirs, to which nobody writes yet."""
    for name in _names(folder):
        if DRAFT.fullmatch(name):
            with suppress(OSError):
                (folder / name).unlink()


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # there is none yet, or it may not be read: whoever writes there will say so
        return []
