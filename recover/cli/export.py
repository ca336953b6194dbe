"""``recover export``: write more formats of a recovered folder, without reading its pages again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from recover.cli.messages import report_failure
from recover.cli.options import LimitsOption, split_names
from recover.errors import RecoverError
from recover.pipeline.output import find_folders
from recover.settings import DEFAULT_STYLE, parse_limits


def export(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER", help="Recovered folders, or folders that hold several.")
    ],
    formats: Annotated[
        str,
        typer.Option(
            metavar="NAME,…",
            help="Comma-separated: docx, jats, html, pdf, epub, xlsx, xliff, alto, hocr, refs, bib, csl, ris, terms, "
            "md, report.",
        ),
    ],
    *,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Another folder to write to.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file that was recovered, for pdf; found by itself when it lies near the folder."
        ),
    ] = None,
    password: Annotated[str | None, typer.Option(metavar="TEXT", help="The password of an encrypted original.")] = None,
    style: Annotated[
        str, typer.Option(metavar="NAME", help="The citation style of refs: gb-t-7714, vancouver, apa, ...")
    ] = DEFAULT_STYLE,
    abstracts: Annotated[
        str,
        typer.Option(
            metavar="[table|text]",
            autocompletion=lambda: ["table", "text"],
            help="Both abstracts in docx: table (side by side) or text (one after the other).",
        ),
    ] = "table",
    limits: LimitsOption = "",
) -> None:
    """Write more formats of recovered folders; a folder that holds several stands for each of them."""
    import recover.api

    chosen = parse_limits(limits)
    failures: list[RecoverError] = []
    for folder, target in _with_targets(folders, out):
        try:
            written = recover.api.export_folder(
                folder,
                split_names(formats),
                target=target,
                source=source,
                password=password,
                style=style,
                abstracts=abstracts,
                limits=chosen,
            )
        except RecoverError as error:
            report_failure(error)
            failures.append(error)
        else:
            for path in written:
                typer.echo(path)
    if failures:
        raise typer.Exit(failures[0].exit_code)


def _with_targets(named: list[Path], out: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Every recovered folder at or below those named, and where its files go: None is the folder itself."""
    for parent in named:
        place = out / parent.resolve().name if out and len(named) > 1 else out
        # One that holds none stays, for the error to name it.
        for folder in find_folders(parent) or (parent,):
            yield folder, place / folder.relative_to(parent) if place else None
