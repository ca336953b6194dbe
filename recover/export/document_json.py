"""``document.json``: the whole document as data, by the schema that ``recover schema`` prints."""

from __future__ import annotations

from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.model.document import SCHEMA, Document


def render(document: Document, folder: Path) -> bytes:  # noqa: ARG001 pictures are named, not held
    """UTF-8 JSON, indented by a space, ending in a line feed."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def read(path: Path) -> Document:
    """The document in a ``document.json``; raises UnreadableInput."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Document)
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "give a folder that recover wrote") from error
    except msgspec.DecodeError as error:
        raise UnreadableInput(str(path), f"no {SCHEMA} document ({error})", "recover the file again") from error


def schema() -> bytes:
    """The JSON Schema (2020-12) of ``document.json``."""
    made = msgspec.json.schema(Document)
    titled = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **made}
    return msgspec.json.format(msgspec.json.encode(titled), indent=2) + b"\n"
