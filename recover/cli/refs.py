"""``recover refs``: loose references, one a line, as CSL-JSON, BibTeX, RIS or a formatted list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recover.cli.limits import LimitsOption
from recover.drafts import scratch
from recover.limits import Limits, parse_limits

COPY_BYTES = 1 << 20
BYTES_A_CHARACTER = 4


class RefsFormat(StrEnum):
    """What ``recover refs`` writes."""

    csl = "csl"
    bibtex = "bibtex"
    ris = "ris"
    formatted = "formatted"


def refs(
    file: Annotated[
        Path, typer.Argument(readable=False, help="A text file with one reference a line; - reads standard input.")
    ],
    form: Annotated[RefsFormat, typer.Option("--format", help="csl, bibtex, ris or formatted.")] = RefsFormat.csl,
    style: Annotated[
        str, typer.Option(help="The formatted list's style: gb-t-7714, vancouver, apa, ama, …")
    ] = "gb-t-7714",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file to write instead of standard output.")] = None,
    limits: LimitsOption = "",
) -> None:
    """Parse loose references, one a line, in order; blank lines are no references."""
    from recover.fence.work.references import render_list
    from recover.output import writing

    chosen = parse_limits(limits)
    with _readable(file, chosen) as path:
        pieces = render_list(path, form, style, chosen)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        with writing(out, path) as target:
            target.writelines(pieces)


@contextmanager
def _readable(file: Path, limits: Limits) -> Iterator[Path]:
    """The file itself, or one that holds the standard input."""
    if str(file) != "-":
        yield file
        return
    with scratch("input") as folder:
        copy = folder / "standard input"
        with copy.open("wb") as target:
            copied = 0
            while (piece := sys.stdin.buffer.read(COPY_BYTES)) and copied <= BYTES_A_CHARACTER * limits.characters:
                copied += target.write(piece)
        yield copy
