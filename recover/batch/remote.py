"""fsspec's file systems as this package sees them: always asked afresh, and failing with OSError alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from recover.errors import MissingComponent, RecoverError, UsageError


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
