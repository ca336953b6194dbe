"""A text dump, read and written as a document inside the fence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.fence.tasks import Dump
from recover.fence.work.files import read_bytes
from recover.limits import Limits


def write_dump(arguments: bytes) -> Iterator[bytes]:
    """Recover the dump; yields nothing. Raises RecoverError."""
    from recover.export.document_json import render  # noqa: PLC0415
    from recover.export.formats import Beside  # noqa: PLC0415
    from recover.output import building, refuse_too_much, write_formats  # noqa: PLC0415
    from recover.text_dump import document_of_dump  # noqa: PLC0415

    task = msgspec.msgpack.decode(arguments, type=Dump)
    settings = task.settings
    text = read_text(Path(task.path), settings.limits)
    document = document_of_dump(text, task.name, settings)
    with building(Path(task.target)) as draft:
        write_formats(document, draft, settings.formats, Beside(style=settings.style))
        refuse_too_much(draft, settings.limits, task.name)
        Path(task.copy).write_bytes(render(document, draft))
    yield from ()


def read_text(path: Path, limits: Limits) -> str:
    """A text file's content, UTF-8 or else GB 18030; raises UnreadableInput."""
    content = read_bytes(path, limits)
    if not content.strip():
        raise UnreadableInput(str(path), "the file is empty", "give a text dump")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableInput(str(path), "no text in UTF-8 or GB 18030", "give a plain text file, or use 'recover pdf'")
