"""Glossaries by name or path, and stacks of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.glossary import places, table
from recover.glossary.concept import Concept, Glossary, stack
from recover.glossary.table import Sheet

# Raised with every change of Concept, Sheet or the way a table is read, so that no stale reading is taken up.
FORMAT = "1"


def load_glossary(name_or_path: str) -> Glossary:
    """The glossary of a file, or of a name: the shipped one with the user's file of that name over it.

    Raises UnreadableInput for a missing or faulty file, with the lines at fault.
    """
    return stack(Path(name_or_path).stem, _layers(name_or_path))


def load_stack(names: Sequence[str]) -> Glossary:
    """Several glossaries as one: for a Chinese term that more than one holds, the last counts."""
    if len(names) == 1:
        return load_glossary(names[0])
    return stack("+".join(Path(name).stem for name in names), [_merged(name) for name in names])


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises UnreadableInput."""
    try:
        return path.read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableInput(str(path), cause, "name a glossary file that exists and may be read") from error


def _merged(name: str) -> tuple[Concept, ...]:
    return stack(name, _layers(name)).concepts


def _layers(name_or_path: str) -> list[tuple[Concept, ...]]:
    below: list[tuple[Concept, ...]] = []
    for layer in places.layers(name_or_path):
        sheet = _sheet(layer)
        hidden = set(sheet.removed)
        below = [tuple(c for c in rows if c.zh not in hidden) for rows in below] if hidden else below
        below.append(sheet.concepts)
    return below


def _sheet(layer: places.Layer) -> Sheet:
    content = read_file(layer.path)
    key = hashlib.sha256(f"{FORMAT}{layer.hides_rows}".encode() + content).hexdigest()[:32]
    cached = places.cache_folder() / "glossaries" / f"{key}.msgpack"
    return _remembered(cached) or _compile(layer, content, cached)


def _remembered(cached: Path) -> Sheet | None:
    try:
        return msgspec.msgpack.decode(cached.read_bytes(), type=Sheet)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def _compile(layer: places.Layer, content: bytes, cached: Path) -> Sheet:
    sheet = table.parse(content, hides_rows=layer.hides_rows)
    table.refuse_faults(str(layer.path), sheet.faults)
    _remember(cached, msgspec.msgpack.encode(sheet))
    return sheet


def _remember(cached: Path, content: bytes) -> None:
    """Write a file whole or not at all; a folder that can't be written only costs time."""
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cached.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, cached)  # noqa: PTH105 - the temporary file's name is text
    except OSError:
        return
