"""The folder of a recovered document: built beside its place, then put there whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from recover.errors import UnwritableOutput
from recover.export.formats import FORMATS, Beside, choose_formats
from recover.model.document import Document

# Beside the document lies what a person said of it, see `recover review`.
REVIEW_LOG = "review.jsonl"
REMEDY = "choose another folder with -o, or free space and permissions"


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A fresh folder that takes ``target``'s place when the block ends well, and vanishes when it doesn't.

    Raises UnwritableOutput, also where something stands in the place that this program did not write.
    """
    _refuse_foreign(target)
    fresh = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent))
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error
    try:
        yield draft
        _replace(draft, target)
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        _remove_empty(fresh)


def _refuse_foreign(target: Path) -> None:
    """What takes a folder's place deletes it: only folders that hold a recovered document, or nothing, may go."""
    try:
        if not target.exists():
            return
        names = {child.name for child in target.iterdir()}
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error
    if names and not names & {item.file for item in FORMATS}:
        raise UnwritableOutput(str(target), "holds files that recover did not write", "choose another folder with -o")


def _remove_empty(folders: Sequence[Path]) -> None:
    """Folders made on the way, the innermost first, that hold nothing in the end."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _replace(draft: Path, target: Path) -> None:
    draft.chmod(0o777 & ~_umask())
    _keep_review(draft, target)
    if not target.exists():
        draft.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".old", dir=target.parent))
    target.rename(old / target.name)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _keep_review(draft: Path, target: Path) -> None:
    """A person's corrections outlive a new recovery. A link, so that one written meanwhile is not lost either."""
    log = target / REVIEW_LOG
    if not log.is_file():
        return
    try:
        (draft / REVIEW_LOG).hardlink_to(log)
    except OSError:  # a file system without links
        shutil.copy2(log, draft / REVIEW_LOG)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_formats(
    document: Document, folder: Path, formats: Sequence[str], beside: Beside | None = None, target: Path | None = None
) -> tuple[Path, ...]:
    """Write the document's files into ``target``, by default the ``folder`` that holds its pictures.

    Raises UnwritableOutput, and UsageError for a format that isn't there or lacks what it needs.
    """
    place = target or folder
    return tuple(_write(place / item.file, item.render(document, folder, beside)) for item in choose_formats(formats))


def _write(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there, so that nobody finds half of it."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UnwritableOutput(str(path), error.strerror or str(error), REMEDY) from error
    return path
