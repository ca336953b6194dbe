"""Glossaries by name or path, and stacks of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from recover.errors import UnreadableInput
from recover.glossary import places, table
from recover.glossary.concept import Concept, Glossary, stack
from recover.glossary.table import Sheet


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
    key = hashlib.sha256(content).hexdigest()[:32] + ("-over" if layer.hides_rows else "")
    return places.recall(key, Sheet) or _compile(layer, content, key)


def _compile(layer: places.Layer, content: bytes, key: str) -> Sheet:
    sheet = table.parse(content, hides_rows=layer.hides_rows)
    table.refuse_faults(str(layer.path), sheet.faults)
    places.keep(key, sheet)
    return sheet
