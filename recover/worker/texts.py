"""Text dumps and loose references, read inside the fence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from recover.errors import UnreadableInput
from recover.export import bibliography, bibtex, csl_json, ris
from recover.fence.tasks import Dump
from recover.fence.texts import Output, References, read_bytes
from recover.model.csl import CslItem
from recover.settings import Limits
from recover.stages.references.parse import TOGETHER, parse_references, understood
from recover.stages.references.sources import read_bibtex, read_docx, read_ris


def write_dump(arguments: bytes) -> Iterator[bytes]:
    """Recover the dump; yields nothing. Raises RecoverError."""
    from recover.export.document_json import render  # noqa: PLC0415
    from recover.export.formats import Beside  # noqa: PLC0415
    from recover.pipeline.output import building, refuse_too_much, write_formats  # noqa: PLC0415
    from recover.pipeline.text_dump import document_of_dump  # noqa: PLC0415

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


# The side of loose references that runs inside the fence.

# Pieces travel together until they have so many bytes.
PARCEL_BYTES = 1 << 16
_SHOWN = 60
Doubts = list[str]


def render(arguments: bytes) -> Iterator[bytes]:
    """The output, in pieces, each with the doubts met on the way."""
    task = msgspec.msgpack.decode(arguments, type=References)
    doubts: Doubts = []
    waiting: list[bytes] = []
    for piece in _rendered(_items(task, doubts), task.form, task.style):
        waiting.append(piece)
        if sum(map(len, waiting)) >= PARCEL_BYTES:
            yield _parcel(waiting, doubts)
    yield _parcel(waiting, doubts)


def _parcel(waiting: list[bytes], doubts: Doubts) -> bytes:
    parcel = msgspec.msgpack.encode(Output(content=b"".join(waiting), doubts=tuple(doubts)))
    waiting.clear()
    doubts.clear()
    return parcel


def _items(task: References, doubts: Doubts) -> Iterator[CslItem]:
    """An item for every reference, in order; what is no UTF-8 shows as replacement characters."""
    content = read_bytes(Path(task.path), task.limits)
    if task.suffix == ".docx":
        try:
            yield from _parsed(enumerate(read_docx(content), 1), doubts)
        except ValueError as error:
            raise UnreadableInput(task.path, str(error), "save the list as .docx or as plain text") from error
        return
    text = content.decode("utf-8-sig", "replace")
    reader = {".bib": read_bibtex, ".ris": read_ris}.get(task.suffix)
    if reader is None:
        yield from _parsed(enumerate(text.splitlines(), 1), doubts)
        return
    for line, item, source in reader(text):
        if item is None:
            doubts.append(f"line {line}: no entry: {_short(source)}")
        else:
            yield item


def _parsed(lines: Iterable[tuple[int, str]], doubts: Doubts) -> Iterator[CslItem]:
    """An item for every line that isn't blank, numbered from 1."""
    printed = ((place, line) for place, line in lines if line.strip())
    numbered = enumerate(printed, 1)
    while batch := list(islice(numbered, TOGETHER)):
        parsed = parse_references([(line, number) for number, (_, line) in batch])
        for (_, (place, line)), one in zip(batch, parsed, strict=True):
            if one.is_doubtful:
                doubts.append(f"line {place}: no style fits: {_short(line)}; {understood(one.csl)}")
            yield one.csl


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


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
