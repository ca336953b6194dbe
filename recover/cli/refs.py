"""``recover refs``: loose references, one a line, as CSL-JSON, BibTeX, RIS or a formatted list."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, TextIO

import typer

from recover.errors import UnreadableInput, UnwritableOutput

if TYPE_CHECKING:
    from recover.model.csl import CslItem


class RefsFormat(StrEnum):
    """What ``recover refs`` writes."""

    csl = "csl"
    bibtex = "bibtex"
    ris = "ris"
    formatted = "formatted"


def refs(
    file: Annotated[Path, typer.Argument(help="A text file with one reference a line; - reads standard input.")],
    form: Annotated[RefsFormat, typer.Option("--format", help="csl, bibtex, ris or formatted.")] = RefsFormat.csl,
    style: Annotated[
        str, typer.Option(help="The formatted list's style: gb-t-7714, vancouver, apa, ama, …")
    ] = "gb-t-7714",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file to write instead of standard output.")] = None,
) -> None:
    """Parse loose references, one a line, in order; blank lines are no references."""
    with _opened(file) as lines, _target(out) as target:
        for piece in _rendered(_items(lines, str(file)), form, style):
            target.write(piece)


def _items(lines: Iterable[str], name: str) -> Iterator[CslItem]:
    """An item for every line that isn't blank, numbered from 1."""
    from recover.stages.references.parse import parse_reference

    try:
        for number, line in enumerate((line for line in lines if line.strip()), 1):
            yield parse_reference(line, number).csl
    except OSError as error:
        raise UnreadableInput(name, str(error), "check the file and its disk") from error


def _rendered(items: Iterator[CslItem], form: RefsFormat, style: str) -> Iterator[bytes]:
    """Pieces of the output; all formats but the formatted list stream."""
    if form is RefsFormat.csl:
        from recover.export.csl_json import stream

        yield from stream(items)
    elif form is RefsFormat.bibtex:
        from recover.export.bibtex import entries

        yield from ((entry + "\n").encode() for entry in entries(items))
    elif form is RefsFormat.ris:
        from recover.export.ris import records

        yield from (record.encode() for record in records(items))
    else:
        from recover.export.bibliography import lines

        yield from ((line + "\n").encode() for line in lines(list(items), style))


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    """The text, as UTF-8; what is no UTF-8 shows as replacement characters and is parsed as far as it goes."""
    if str(file) == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        opened = file.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UnreadableInput(
            str(file), error.strerror or "can't be opened", "give a text file with one reference a line"
        ) from error
    with opened:
        yield opened


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("wb") as target:
            yield target
        partial.replace(out)
    except OSError as error:
        raise UnwritableOutput(
            str(out), error.strerror or "can't be written", "choose a file in a folder you may write to"
        ) from error
    finally:
        partial.unlink(missing_ok=True)
