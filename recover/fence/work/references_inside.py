"""The side of loose references that runs inside the fence."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from recover.export import bibliography, bibtex, csl_json, ris
from recover.fence.work.files import read_bytes
from recover.fence.work.references import References
from recover.model.csl import CslItem
from recover.stages.references.parse import parse_reference

# Pieces travel together until they have so many bytes.
PARCEL_BYTES = 1 << 16


def render(arguments: bytes) -> Iterator[bytes]:
    """The output, in pieces. What is no UTF-8 shows as replacement characters and is parsed as far as it goes."""
    task = msgspec.msgpack.decode(arguments, type=References)
    text = read_bytes(Path(task.path), task.limits).decode("utf-8-sig", "replace")
    waiting: list[bytes] = []
    for piece in _rendered(_items(io.StringIO(text, newline=None)), task.form, task.style):
        waiting.append(piece)
        if sum(map(len, waiting)) >= PARCEL_BYTES:
            yield b"".join(waiting)
            waiting = []
    yield b"".join(waiting)


def _items(lines: Iterable[str]) -> Iterator[CslItem]:
    """An item for every line that isn't blank, numbered from 1."""
    for number, line in enumerate((line for line in lines if line.strip()), 1):
        yield parse_reference(line, number).csl


def _rendered(items: Iterator[CslItem], form: str, style: str) -> Iterator[bytes]:
    """Pieces of the output; all formats but the formatted list stream."""
    if form == "csl":
        yield from csl_json.stream(items)
    elif form == "bibtex":
        yield from ((entry + "\n").encode() for entry in bibtex.entries(items))
    elif form == "ris":
        yield from (record.encode() for record in ris.records(items))
    else:
        yield from ((line + "\n").encode() for line in bibliography.lines(list(items), style))
