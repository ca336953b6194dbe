"""What killed processes leave beside documents and parcels, and its removal."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

# The middle is what mkdtemp makes up: eight characters without a dash, so no other folder's draft fits.
DRAFT = re.compile(r"\.(?P<of>.+)-[a-z0-9_]{8}\.(?P<kind>part|old)", re.DOTALL)


def sweep(target: Path) -> None:
    """Drop what a killed worker left of this folder; only one batch writes here, and one worker each folder."""
    _sweep_folder(target.parent, {target.name})


def sweep_output(out: Path, names: Iterable[str]) -> None:
    """The same for all ``names`` below ``out``; for whoever holds the output's lock and has no workers yet."""
    folders: dict[Path, set[str]] = {}
    for name in names:
        path = out / name
        folders.setdefault(path.parent, set()).add(path.name)
    for folder, known in folders.items():
        _sweep_folder(folder, known)


def sweep_parcels(folder: Path) -> None:
    """Drop half-written parcels from a folder of theirs, to which nobody writes yet."""
    _sweep_folder(folder, {draft["of"] for name in _names(folder) if (draft := DRAFT.fullmatch(name))})


def _sweep_folder(folder: Path, known: Collection[str]) -> None:
    for name in _names(folder):
        draft = DRAFT.fullmatch(name)
        if draft and draft["of"] in known:
            _drop(folder / name, folder / draft["of"] if draft["kind"] == "old" else None)


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # there is none yet, or it may not be read: whoever writes there will say so
        return []


def _drop(path: Path, target: Path | None) -> None:
    """Remove a draft; what stood in the place of a ``target`` that never came goes back, for a review is in it."""
    with suppress(OSError):
        if target is not None and not target.exists() and (path / target.name).is_dir():
            (path / target.name).rename(target)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
