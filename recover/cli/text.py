"""``recover text``: recover the text dump of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recover.cli.failure import printable, report_failure
from recover.cli.limits import LimitsOption
from recover.cli.options import Formats, Glossaries, OutputFolder, Quiet, Told, Verbose, split_names, told
from recover.cli.pdf import targets
from recover.cli.problem_lines import problem_lines
from recover.errors import RecoverError
from recover.limits import parse_limits
from recover.settings import DEFAULT_FORMATS, DEFAULT_GLOSSARY, Settings

if TYPE_CHECKING:
    from recover.fence.worker_pool import WorkerPool


def text(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", readable=False, help="Plain text files, UTF-8.")],
    *,
    out: OutputFolder = Path("recovered"),
    glossary: Glossaries = None,
    formats: Formats = "",
    limits: LimitsOption = "",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Recover text dumps: what a PDF's text layer or another OCR left of a paper."""
    import recover

    settings = Settings(
        glossaries=(DEFAULT_GLOSSARY, *(glossary or ())),
        formats=(*DEFAULT_FORMATS, *split_names(formats)),
        limits=parse_limits(limits),
    )
    much = told(quiet=quiet, verbose=verbose)
    with recover.open_workers(settings.limits) as workers:
        failures = [
            error
            for file, target in zip(files, targets(files, out), strict=True)
            if (error := _recover(file, target, settings, workers, much))
        ]
    if failures:
        raise typer.Exit(failures[0].exit_code)


def _recover(file: Path, target: Path, settings: Settings, workers: WorkerPool, much: Told) -> RecoverError | None:
    """Recover one dump and tell where it went; a failure is told and returned, so that the others go on."""
    import recover

    try:
        document = recover.recover_text(file, target, settings, workers)
    except RecoverError as error:
        report_failure(error)
        return error
    typer.echo(target)
    for line in problem_lines(document, target, much):
        typer.echo(f"{printable(file)}: {line}", err=True)
    return None
