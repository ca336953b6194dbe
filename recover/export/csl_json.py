"""``references.csl.json``: a CSL-JSON array with one item a line, without addresses that could run a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

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


# A reference as data that other programs may open: an address that could run a script is told as text instead.

# An address of the web, or one whose beginning wasn't printed: a name with dots, a port, a path.
_HARMLESS = re.compile(r"(?:https?|ftp)://|\w[\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s<>\"']*)?$", re.IGNORECASE)


def inert_item(item: CslItem) -> CslItem:
    """The item with an address of the web or none; any other stands in its note."""
    if not item.URL or _HARMLESS.match(item.URL):
        return item
    note = "; ".join(filter(None, (item.note, f"URL: {item.URL}")))
    return msgspec.structs.replace(item, URL="", note=note)
