"""``document.json``: the whole document as data, by the schema that ``recover schema`` prints."""

from __future__ import annotations

from pathlib import Path

import msgspec

from recover.errors import MALFORMED, UnreadableInput
from recover.export.json_layout import laid_out
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
