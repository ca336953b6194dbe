"""``recover refs``: loose references parsed and formatted, and the works that a folder's papers cite."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recover.cli.options import DefaultGroup, LimitsOption
from recover.drafts import scratch
from recover.settings import Limits, parse_limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recover.fence.texts import Output
    from recover.search.works import Work


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
        Path,
        typer.Argument(
            readable=False,
            help="A text file with one reference a line, a .bib, .ris or .docx file; - reads standard input.",
        ),
    ],
    form: Annotated[
        RefsFormat | None, typer.Option("--format", help="What to print; csl where nothing is said.")
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Print the list in a style: gb-t-7714, gb-t-7714-2025, vancouver, apa, …, or any CSL style's name.",
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A file to write instead of standard output.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 7 when a reference fits no style.")] = False,
    limits: LimitsOption = "",
) -> None:
    """Parse loose references in order; blank lines are no references. Doubtful ones are told on standard error."""
    from recover.errors import ProblemsFound
    from recover.export.bibliography import DEFAULT_STYLE
    from recover.fence.texts import render_list
    from recover.pipeline.output import writing

    chosen = parse_limits(limits)
    form = form or (RefsFormat.formatted if style else RefsFormat.csl)
    doubts: list[str] = []
    with _readable(file, chosen) as path:
        parcels = render_list(path, form, style or DEFAULT_STYLE, chosen, suffix=file.suffix)
        pieces = _told(parcels, file, doubts)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            with writing(out, path) as target:
                target.writelines(pieces)
    if strict and doubts:
        count = "1 reference fits" if len(doubts) == 1 else f"{len(doubts)} references fit"
        raise ProblemsFound(str(file), f"{count} no style", "correct the lines named above")


def _told(parcels: Iterator[Output], file: Path, doubts: list[str]) -> Iterator[bytes]:
    """The output; doubts go to standard error as they come."""
    for parcel in parcels:
        for doubt in parcel.doubts:
            doubts.append(doubt)
            typer.echo(f"{file}: {doubt}", err=True)
        yield parcel.content


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


# ``recover refs merge DIR``: the works that a folder's papers cite, each once, with who cites it and where.


class MergedFormat(StrEnum):
    """What ``recover refs merge`` writes: ``json`` has the copies and the sentences that cite each."""

    json = "json"
    csl = "csl"
    bib = "bib"
    ris = "ris"
    csv = "csv"


def merge(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An indexed folder of recovered documents.")],
    *,
    form: Annotated[MergedFormat, typer.Option("--format", help="What to print.")] = MergedFormat.json,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="A file to write instead.")] = None,
    min_papers: Annotated[int, typer.Option(min=1, help="Only works that so many papers cite.")] = 1,
) -> None:
    """Bring the reference lists of all papers of DIR together: every cited work once, the most cited first."""
    import recover

    works = [work for work in recover.find_cited(folder) if work.papers >= min_papers]
    content = _content(works, form)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from recover.glossary import store

        store.write(out, content)
    copies = sum(len(work.copies) for work in works)
    mended = sum(len(work.mended) for work in works)
    typer.echo(f"works: {len(works)}, entries: {copies}, fields mended by better copies: {mended}", err=True)


def _content(works: Sequence[Work], form: MergedFormat) -> bytes:
    import msgspec

    from recover.export.bibliography import item_bytes

    if form is MergedFormat.json:
        told = [{"papers": work.papers, **msgspec.to_builtins(work)} for work in works]
        return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"
    items = [msgspec.structs.replace(work.csl, id=f"work-{number}") for number, work in enumerate(works, 1)]
    return item_bytes(items, form.value)


app = typer.Typer(cls=DefaultGroup, no_args_is_help=True, help="Parse loose references: recover refs FILE.")
app.command("parse")(refs)
app.command("merge")(merge)
