"""``document.json``: the whole document as data, by the schema that ``recover schema`` prints, laid out to be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.model.document import SCHEMA, Document


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are named, not held
    """UTF-8 JSON, ending in a line feed; a box, a span, a term's mention stand on one line each."""
    return laid_out(msgspec.to_builtins(document)) + b"\n"


def read(path: Path) -> Document:
    """The document in a ``document.json``; raises UnreadableInput."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Document)
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "give a folder that recover wrote") from error
    except MALFORMED as error:
        raise UnreadableInput(str(path), f"no {SCHEMA} document ({error})", "recover the file again") from error


def schema() -> bytes:
    """The JSON Schema (2020-12) of ``document.json``."""
    made = msgspec.json.schema(Document)
    titled = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **made}
    return msgspec.json.format(msgspec.json.encode(titled), indent=2) + b"\n"


# JSON that reads well in a difference: small things on one line, not a number a line and not all on one.

Value = dict[str, "Value"] | tuple["Value", ...] | str | float | bool | None

_CONTAINERS = (dict, tuple)
_ENCODER = msgspec.json.Encoder()
# Bytes that stand on one line: of anything however deep, and of an object that holds plain values and lists of them.
_SHORT, _LONG = 100, 300


def laid_out(value: Value) -> bytes:
    """The value's JSON, indented by a space a level."""
    return b"".join(_pieces(value, b"\n"))


def _pieces(value: Value, line: bytes) -> Iterator[bytes]:
    """The value's text in pieces; ``line`` is a line feed and the indent of the value's own line."""
    if isinstance(value, dict) and not _is_compact(value):
        yield from _members(((_ENCODER.encode(key) + b": ", item) for key, item in value.items()), b"{}", line)
    elif isinstance(value, tuple) and not _is_compact(value):
        yield from _members(((b"", item) for item in value), b"[]", line)
    else:
        yield _ENCODER.encode(value)


def _members(members: Iterator[tuple[bytes, Value]], brackets: bytes, line: bytes) -> Iterator[bytes]:
    inner = line + b" "
    separator = brackets[:1]
    for name, item in members:
        yield separator + inner + name
        yield from _pieces(item, inner)
        separator = b","
    yield line + brackets[1:]


def _is_compact(value: dict[str, Value] | tuple[Value, ...]) -> bool:
    """Whether a container stands on one line: numbers always, other things as far as a line is readable."""
    items = value.values() if isinstance(value, dict) else value
    inside = [item for item in items if isinstance(item, _CONTAINERS)]
    if not inside and isinstance(value, tuple) and not any(isinstance(item, str) for item in items):
        return True
    if not inside or (isinstance(value, dict) and all(map(_is_plain, inside))):
        return len(_ENCODER.encode(value)) <= _LONG
    return len(_ENCODER.encode(value)) <= _SHORT


def _is_plain(value: dict[str, Value] | tuple[Value, ...]) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, _CONTAINERS) for item in items)
