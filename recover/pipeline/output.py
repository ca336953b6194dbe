"""The folder of a recovered document: built beside its place, then put there whole. Nobody else's file is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from recover.drafts import (
    NAME,
    NEW,
    NONE,
    OLD,
    draft_for,
    has_damaged,
    is_same,
    list_files,
    read_manifest,
    sums_of,
    sweep,
    write_manifest,
)
from recover.errors import OutputTaken, UnreadableInput, UnwritableOutput, UsageError
from recover.export.document_json import read
from recover.export.formats import Beside, choose_abstracts, choose_formats, find_original
from recover.model.document import Document
from recover.settings import DEFAULT_STYLE, Limits, over

# Beside the document lies what a person said of it, see `recover review`.
REVIEW_LOG = "review.jsonl"
REMEDY = "choose another folder with -o, or free space and permissions"
MOVE_AWAY = "move it away, or choose another folder with -o"


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A fresh folder that takes ``target``'s place when the block ends well, and vanishes when it doesn't.

    What stands in the place is replaced where this program wrote it and nobody changed it since; other files stay.
    Raises UnwritableOutput, and OutputTaken for files in the way that are not this program's.
    """
    target = target.resolve() if target.is_symlink() else target
    fresh = [folder for folder in target.parents if not folder.exists()]
    try:
        with _mapped(target):
            sweep(target.parent, target.name)
            sweep(target, NAME)
            _refuse_foreign(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            with draft_for(target) as draft:
                yield draft / NEW
                _replace(draft, target)
    finally:
        _remove_empty(fresh)


@contextmanager
def adding(folder: Path, listing: Path | None = None) -> Iterator[Path]:
    """A fresh folder whose files join those of ``folder`` when the block ends well; raises like ``building``.

    The list of files stands in ``folder`` itself, or in another folder ``listing``.
    """
    fresh = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        with _mapped(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with draft_for(folder / NAME) as draft:
                yield draft / NEW
                _join(draft / NEW, folder, listing or folder)
    finally:
        _remove_empty(fresh)


@contextmanager
def _mapped(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error


def _refuse_foreign(target: Path) -> None:
    """Raise OutputTaken where something in the place is not this program's to replace."""
    if not os.path.lexists(target):
        return
    names = list(list_files(target)) if target.is_dir() else []
    manifest = read_manifest(target)
    if not target.is_dir() or (manifest is None and set(names) - {REVIEW_LOG}) or has_damaged(target):
        raise OutputTaken(str(target), "holds files that recover did not write", "choose another folder with -o")
    for name in names:
        if manifest and name in manifest.files and not manifest.owns(target, name):
            raise OutputTaken(str(target / name), "was changed since recover wrote it", MOVE_AWAY)


def _remove_empty(folders: Sequence[Path]) -> None:
    """Folders made on the way, the innermost first, that hold nothing in the end."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _replace(draft: Path, target: Path) -> None:
    new, sums = draft / NEW, sums_of(draft / NEW)
    write_manifest(new, sums)
    new.chmod(0o777 & ~_umask())
    if os.path.lexists(target):
        _refuse_foreign(target)
        _keep_foreign(target, new)
        target.rename(draft / OLD)
    new.rename(target)


def _keep_foreign(target: Path, new: Path) -> None:
    """Link what is not ours into the new folder: no moment without it, and what is appended meanwhile isn't lost."""
    manifest = read_manifest(target) or NONE
    for name in list_files(target):
        if name not in manifest.files:
            if os.path.lexists(new / name):
                raise OutputTaken(str(target / name), "is not recover's, and stands where a result belongs", MOVE_AWAY)
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            _link(target / name, new / name)
    for folder in _empty_folders(target):
        (new / folder).mkdir(parents=True, exist_ok=True)


def _link(source: Path, place: Path) -> None:
    try:
        os.link(source, place, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(source, place, follow_symlinks=False)


def _empty_folders(target: Path) -> list[str]:
    return [str(Path(root).relative_to(target)) for root, folders, files in os.walk(target) if not (folders or files)]


def refuse_taken(folder: Path, names: Iterable[str], listing: Path, new: Path | None = None) -> None:
    """Raise OutputTaken where files that are not this program's have these ``names``, unless equal to ``new``'s."""
    if has_damaged(listing):
        raise OutputTaken(str(listing / NAME), "is not a list that recover wrote", MOVE_AWAY)
    manifest = read_manifest(listing) or NONE
    for name in names:
        path = folder / name
        if os.path.lexists(path) and not manifest.owns(folder, name) and not (new and is_same(new / name, path)):
            is_changed = name in manifest.files
            cause = "was changed since recover wrote it" if is_changed else "is a file that recover did not write"
            raise OutputTaken(str(path), cause, MOVE_AWAY)


def _join(new: Path, folder: Path, listing: Path) -> None:
    """Move new files into a folder. The list names them before they come, so that a killed run can be repeated."""
    sums = sums_of(new)
    refuse_taken(folder, sums, listing, new)
    known = (read_manifest(listing) or NONE).files
    write_manifest(listing, {**known, **_both(known, sums)})
    for name in sums:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(folder / name)
    write_manifest(listing, {**known, **sums})


def _both(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted({*before.get(name, ()), *sums})) for name, sums in after.items()}


@contextmanager
def writing(place: Path, source: Path) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all in the ``place`` a user named; raises UnwritableOutput.

    ``source`` is what it is made of: a slip that names it for the output must not cost it.
    """
    try:
        if place.exists() and place.samefile(source):
            raise OutputTaken(str(place), "is the input itself", "name another file with -o")
        with draft_for(place) as draft:
            with (draft / NEW / "file").open("wb") as file:
                yield file
            (draft / NEW / "file").replace(place)
    except OSError as error:
        remedy = "choose a file in a folder you may write to"
        raise UnwritableOutput(str(place), error.strerror or str(error), remedy) from error


def refuse_too_much(folder: Path, limits: Limits, name: str) -> None:
    """Raise UnreadableInput where a file's results are larger than they may be."""
    size = sum((folder / file).lstat().st_size for file in list_files(folder))
    if size > limits.output_mb * 2**20:
        raise UnreadableInput(
            name, *over("output", f"its results have {size / 2**20:.0f} MB", f"{limits.output_mb} MB")
        )


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
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableOutput(str(path), error.strerror or str(error), REMEDY) from error
    return path


# The recovered folders at and below a folder.


def find_folders(root: Path) -> tuple[Path, ...]:
    """The folders at or below ``root`` that hold a document, sorted; hidden ones are drafts."""
    if (root / "document.json").is_file():
        return (root,)
    found = (path.parent for path in root.rglob("document.json") if path.is_file())
    return tuple(sorted(folder for folder in found if not _is_hidden(folder, root)))


def _is_hidden(folder: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in folder.relative_to(root).parts) or folder.is_symlink()


# More formats of a recovered folder, from its ``document.json`` and its pictures.

# Markdown alone links its pictures; every other format holds them.
_LINKING = "md"


def export_again(
    folder: Path,
    formats: Sequence[str],
    *,
    target: Path | None = None,
    source: Path | None = None,
    password: str | None = None,
    style: str = DEFAULT_STYLE,
    abstracts: str = "table",
    reviewed: Document | None = None,
) -> tuple[Path, ...]:
    """Write ``formats`` of the folder's document, or of ``reviewed``, into ``target`` or into the folder itself.

    Raises RecoverError.
    """
    chosen, layout = choose_formats(formats), choose_abstracts(abstracts)
    if reviewed is not None and "json" in formats and (target or folder).resolve() == folder.resolve():
        cause = "the folder's document.json is what the review builds on"
        raise UsageError("--formats json", cause, "write the reviewed one elsewhere with -o")
    document = reviewed or read(folder / "document.json")
    needs_original = any(item.needs == "original" for item in chosen) or source is not None
    original = find_original(document, folder, source, password) if needs_original else None
    beside = Beside(original=original, style=style, abstracts=layout)
    place = target or folder
    with adding(place) as draft:
        written = write_formats(document, folder, formats, beside, draft)
        if target is not None and _LINKING in formats:
            _copy_pictures(folder, target, draft)
    return tuple(place / path.name for path in written)


def _copy_pictures(folder: Path, target: Path, draft: Path) -> None:
    if target.resolve() == folder.resolve():
        return
    try:
        for name in ("figures", "tables"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, draft / name)
    except OSError as error:
        raise UnwritableOutput(str(target), error.strerror or str(error), REMEDY) from error
