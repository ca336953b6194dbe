"""``recover pdf`` and ``recover text``: recover scans, PDFs, page images and text dumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recover.cli.messages import account_line, page_progress, printable, problem_lines, report_failure
from recover.cli.options import (
    Engine,
    Formats,
    Glossaries,
    LimitsOption,
    OutputFolder,
    PrecisionOption,
    Quiet,
    TextLayer,
    Told,
    Verbose,
    split_names,
    told,
)
from recover.errors import ProblemsFound, RecoverError
from recover.settings import (
    DEFAULT_FORMATS,
    DEFAULT_GLOSSARY,
    Settings,
    choose_engine,
    choose_precision,
    choose_text_layer,
    parse_limits,
    parse_pages,
)
from recover.text.messages import counted

if TYPE_CHECKING:
    from recover.fence.worker_pool import WorkerPool


# What file systems take, in bytes.
LONGEST_NAME = 250


def pdf(  # noqa: PLR0917 typer's way of naming options
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", readable=False, help="PDF files and page images (PNG, JPEG, TIFF)."),
    ],
    out: OutputFolder = Path("recovered"),
    engine: Engine = "auto",
    text_layer: TextLayer = "auto",
    precision: PrecisionOption = "auto",
    pages: Annotated[str | None, typer.Option(metavar="RANGES", help="Pages to recover, like 1-5,8.")] = None,
    password: Annotated[str | None, typer.Option(metavar="TEXT", help="The password of an encrypted PDF.")] = None,
    glossary: Glossaries = None,
    formats: Formats = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 7 when a document has problems.")] = False,
    limits: LimitsOption = "",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Recover scans, PDFs and page images as documents."""
    import recover

    settings = Settings(
        engine=choose_engine(engine),
        text_layer=choose_text_layer(text_layer),
        precision=choose_precision(precision),
        pages=parse_pages(pages) if pages else None,
        password=password,
        glossaries=(DEFAULT_GLOSSARY, *(glossary or ())),
        formats=(*DEFAULT_FORMATS, *split_names(formats)),
        limits=parse_limits(limits),
    )
    much = told(quiet=quiet, verbose=verbose)
    with recover.open_workers(settings.limits) as workers:
        _each(files, out, lambda file, target: _recover(file, target, settings, workers, much, strict=strict))


def _each(files: list[Path], out: Path, recover_one: Callable[[Path, Path], RecoverError | None]) -> None:
    """Recover one file after the other; the first failure gives the exit code when all are done."""
    pairs = zip(files, targets(files, out), strict=True)
    failures = [error for file, target in pairs if (error := recover_one(file, target))]
    if failures:
        raise typer.Exit(failures[0].exit_code)


def targets(files: list[Path], out: Path) -> list[Path]:
    """A folder for each file, named by its stem; files of one stem keep their suffix, and then a number."""
    names: list[str] = []
    for file in files:
        name = _folder_name(file.stem if sum(other.stem == file.stem for other in files) == 1 else file.name)
        while name in names:
            name = _folder_name(name, "-2")
        names.append(name)
    return [out / name for name in names]


def _folder_name(name: str, ending: str = "") -> str:
    """A name that any disk takes: UTF-8, no dots only, and not too long with what is put behind it."""
    plain = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    kept = plain if plain.strip(". ") else plain.replace(".", "_").replace(" ", "_") or "_"
    while len((kept + ending).encode()) > LONGEST_NAME:
        kept = kept[:-1]
    return kept + ending


def _recover(
    file: Path, target: Path, settings: Settings, workers: WorkerPool, much: Told, *, strict: bool
) -> RecoverError | None:
    """Recover one file and tell where it went; a failure is told and returned, so that the others go on."""
    import recover

    try:
        with page_progress(printable(file).name, much) as progress:
            document = recover.recover_pdf(file, target, settings, progress, workers)
    except RecoverError as error:
        report_failure(error)
        return error
    typer.echo(target)
    file = printable(file)
    if much is not Told.LITTLE:
        typer.echo(f"{file}: {account_line(document.account)}", err=True)
    for line in problem_lines(document, target, much):
        typer.echo(f"{file}: {line}", err=True)
    if not strict or not document.problems:
        return None
    return ProblemsFound(str(file), f"recovered with {counted(len(document.problems), 'problem')}", "read the report")


# ``recover text``: recover the text dump of a paper.


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
        _each(files, out, lambda file, target: _recover_text(file, target, settings, workers, much))


def _recover_text(file: Path, target: Path, settings: Settings, workers: WorkerPool, much: Told) -> RecoverError | None:
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
