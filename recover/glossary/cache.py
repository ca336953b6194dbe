"""What was worked out from a glossary, kept between runs; a cache that can't be used only costs time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

from recover.errors import MALFORMED
from recover.glossary.places import cache_folder

T = TypeVar("T")

# Raised with every change of the way tables are read or forms are made, so that nothing stale is taken up.
FORMAT = 2


def recall(key: str, kind: type[T]) -> T | None:
    """What was kept under ``key``; None where nothing of that kind is."""
    try:
        return msgspec.msgpack.decode(_place(key).read_bytes(), type=kind)
    except (OSError, *MALFORMED):
        return None


def keep(key: str, value: object) -> None:
    """Keep ``value`` under ``key``: whole, or not at all."""
    place = _place(key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(msgspec.msgpack.encode(value))
        os.replace(file.name, place)  # noqa: PTH105 - the temporary file's name is text
    except OSError:
        return


def _place(key: str) -> Path:
    return cache_folder() / "glossaries" / f"{key}.{FORMAT}.msgpack"
