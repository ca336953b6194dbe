"""``references.csl.json``: a CSL-JSON array with one item a line, which streams and reads well in a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from recover.export.inert_item import inert_item
from recover.model.csl import CslItem
from recover.model.document import Reference

_ENCODER = msgspec.json.Encoder()


def render(references: Sequence[Reference]) -> bytes:
    """The whole array; items are numbered by their place where they have no id of their own."""
    return b"".join(
        stream(with_id(reference.csl, reference.number or index) for index, reference in enumerate(references, 1))
    )


def with_id(item: CslItem, number: int) -> CslItem:
    """The item with an id, which CSL-JSON demands."""
    return item if item.id else msgspec.structs.replace(item, id=f"ref-{number}")


def stream(items: Iterable[CslItem]) -> Iterator[bytes]:
    """The array in pieces, an item each; valid JSON however many there are, none included."""
    empty = True
    for item in items:
        yield (b"[\n" if empty else b",\n") + _ENCODER.encode(inert_item(item))
        empty = False
    yield b"[]\n" if empty else b"\n]\n"
