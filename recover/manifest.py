"""The list of files that this program wrote into a folder: it may replace or remove these, unchanged, and no others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from recover.errors import MALFORMED

NAME = "recover-manifest.json"
SCHEMA: Literal["recover/manifest/1"] = "recover/manifest/1"


class Manifest(msgspec.Struct, frozen=True):
    """SHA-256 sums by file name below the folder. A file may have two while it is being replaced."""

    schema: Literal["recover/manifest/1"]
    files: dict[str, tuple[str, ...]]

    def owns(self, folder: Path, name: str) -> bool:
        """Whether the file ``name`` is one of ours, unchanged."""
        path = folder / name
        return name in self.files and path.is_file() and not path.is_symlink() and sum_of(path) in self.files[name]


NONE = Manifest(SCHEMA, {})


def has_damaged(folder: Path) -> bool:
    """Whether something stands where the list belongs that is none."""
    return os.path.lexists(folder / NAME) and read_manifest(folder) is None


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's list; None where there is none, or one that nobody can trust."""
    place = folder / NAME
    try:
        if place.is_symlink() or not place.is_file():
            return None
        return msgspec.json.decode(place.read_bytes(), type=Manifest)
    except (OSError, *MALFORMED):
        return None


def write_manifest(folder: Path, files: Mapping[str, tuple[str, ...]]) -> None:
    """Put the list into the folder, whole or not at all; raises OSError."""
    entries = [f"{_json(name)}: {_json(files[name])}" for name in sorted(files)]
    content = f'{{"schema": {_json(SCHEMA)}, "files": {{\n' + ",\n".join(entries) + "\n}}\n"
    draft = folder / f"{NAME}.part"
    draft.write_text(content, encoding="utf-8")
    draft.replace(folder / NAME)


def list_files(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, with slashes; links are files. The list of files itself is left out."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in (*files, *links):
            path = Path(root, name).relative_to(folder).as_posix()
            if path not in (NAME, f"{NAME}.part"):
                yield path


def sums_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """The entries of all files below a folder."""
    return {name: (sum_of(folder / name),) for name in list_files(folder)}


def sum_of(path: Path) -> str:
    """The SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
