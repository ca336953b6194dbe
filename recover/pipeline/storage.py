"""Files by name, on this machine's disks or wherever fsspec reaches: the only module that knows the difference."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

from recover.errors import MissingComponent, RecoverError, UnreadableInput, UnwritableOutput, UsageError


class Storage(Protocol):
    """Whole files by their full name (a path or an URL); every method raises OSError."""

    def read(self, name: str) -> bytes:
        """A file's bytes."""

    def write(self, name: str, content: bytes) -> None:
        """Put a file in place, whole or not at all."""

    def stamp(self, name: str) -> str:
        """A text that changes with the file: its size and time, or what the store has instead."""


class LocalStorage:
    """Paths on disks that are mounted here."""

    def read(self, name: str) -> bytes:
        return Path(name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        place = Path(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{place.name}-", suffix=".part", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).replace(place)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise

    def stamp(self, name: str) -> str:
        status = Path(name).stat()
        return f"{status.st_size}-{status.st_mtime_ns}"


class RemoteStorage:
    """URLs, through fsspec; an object store puts an object in place whole by itself."""

    def read(self, name: str) -> bytes:
        filesystem, path = locate(name)
        with raising_os_errors():
            return filesystem.cat_file(path)

    def write(self, name: str, content: bytes) -> None:
        filesystem, path = locate(name)
        with raising_os_errors():
            try:
                filesystem.pipe_file(path, content)
            except FileNotFoundError:  # object stores need no folders, others do
                _make_folders(filesystem, path)
                filesystem.pipe_file(path, content)

    def stamp(self, name: str) -> str:
        filesystem, path = locate(name)
        with raising_os_errors():
            return remote_stamp(filesystem.info(path))


def _make_folders(filesystem: FileSystem, path: str) -> None:
    """The folders above a file; the outermost (a bucket, a disk) is its owner's to make: a typo must not found one."""
    top = re.match(r"/*[^/]*", path)
    if top and not filesystem.exists(top[0]):
        raise FileNotFoundError(errno.ENOENT, f"there is no {top[0]}")
    filesystem.makedirs(path.rsplit("/", 1)[0], exist_ok=True)


def remote_stamp(info: dict[str, object]) -> str:
    """The stamp in what a remote file system tells of a file: its size, and its tag or time."""
    told = (info.get(key) for key in ("ETag", "etag", "LastModified", "mtime", "created"))
    return f"{info.get('size')}-{next((str(value) for value in told if value), '')}"


def remote_files(folder: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Every file below an URL: its name from there on, and what the store tells of it."""
    filesystem, root = locate(folder)
    try:
        with raising_os_errors():
            found = filesystem.find(root, detail=True)
            if not found and not filesystem.exists(root):
                raise FileNotFoundError(errno.ENOENT, "there is no such folder or bucket, or nothing in it")
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableInput(folder, cause, "check the address and its access") from error
    for path, info in found.items():
        yield path.removeprefix(root.rstrip("/") + "/"), info


def upload(folder: Path, url: str, last: str) -> None:
    """Send a folder's files, the one called ``last`` after all others; raises OSError."""
    storage = RemoteStorage()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda file: file.name == last):
        storage.write(f"{url}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def exists(name: str) -> bool:
    """Whether a file or folder of the output stands there; raises UnwritableOutput where that can't be asked."""
    if not is_url(name):
        return Path(name).exists()
    filesystem, path = locate(name)
    try:
        with raising_os_errors():
            return filesystem.exists(path)
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnwritableOutput(name, cause, "check the address and its access") from error


def is_url(name: str) -> bool:
    """Whether a name means storage that is not mounted here."""
    return "://" in name


def storage_for(name: str) -> Storage:
    """The storage that holds ``name``."""
    return RemoteStorage() if is_url(name) else LocalStorage()


# fsspec's file systems as this package sees them: always asked afresh, and failing with OSError alone.


class FileSystem(Protocol):
    """What is used of fsspec's ``AbstractFileSystem``."""

    def cat_file(self, path: str) -> bytes: ...
    def pipe_file(self, path: str, value: bytes) -> None: ...
    def makedirs(self, path: str, exist_ok: bool) -> None: ...
    def info(self, path: str) -> dict[str, object]: ...
    def exists(self, path: str) -> bool: ...
    def find(self, path: str, *, detail: bool) -> dict[str, dict[str, object]]: ...
    def invalidate_cache(self) -> None: ...


def locate(url: str) -> tuple[FileSystem, str]:
    """The file system of an URL and the path in it; raises MissingComponent and UsageError."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 only runs on remote storage need it
    except ImportError as error:
        raise MissingComponent("fsspec", "is not installed", "pip install 'recover-ocr[cluster]'") from error
    try:
        filesystem, path = cast("tuple[FileSystem, str]", url_to_fs(url))
    except ImportError as error:
        remedy = "install the package it names; for s3:// pip install 'recover-ocr[s3]'"
        raise MissingComponent(url, str(error), remedy) from error
    except ValueError as error:
        raise UsageError(url, str(error), "name a folder, or an address such as s3://bucket/folder") from error
    # A listing that is kept would hide what others have written since: a worker lives for days, a watch too.
    filesystem.invalidate_cache()
    return filesystem, path


@contextmanager
def raising_os_errors() -> Iterator[None]:
    """Turn whatever a store's own library raises (no keys, no answer, no access) into OSError."""
    try:
        yield
    except (OSError, RecoverError, MemoryError):
        raise
    except Exception as error:  # every library behind fsspec has a tree of errors of its own
        raise OSError(str(error) or type(error).__name__) from error
