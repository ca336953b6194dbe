"""``recover batch FOLDER -o OUT``, and what can be asked of an OUT: status, retry, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recover.cli.messages import tell
from recover.cli.options import (
    Engine,
    Formats,
    Glossaries,
    LimitsOption,
    PlainGroup,
    PrecisionOption,
    Quiet,
    TextLayer,
    Told,
    Verbose,
    split_names,
    told,
)
from recover.settings import parse_limits
from recover.text.messages import counted

if TYPE_CHECKING:
    from recover.batch.run import Batch
    from recover.settings import Settings


class FolderOrCommand(PlainGroup):
    """A group whose first word may be a folder: then the command ``run`` is meant."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h"}):
            args = ["run", *args] if args else ["--help"]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """The group's help, then the options of its unnamed command."""
        super().format_help(ctx, formatter)
        command = self.get_command(ctx, "run")
        command.format_help(typer.Context(command, info_name=ctx.info_name, parent=ctx.parent), formatter)

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return [name for name in super().list_commands(ctx) if name != "run"]


app = typer.Typer(
    cls=FolderOrCommand,
    no_args_is_help=True,
    subcommand_metavar="FOLDER -o OUT [OPTIONS] | COMMAND OUT",
    help="""Recover a folder of PDFs and page images, and ask what became of it. Run it again to go on after an
    interruption, or with new files. A folder called as one of the commands is named with its path, as ./status.""",
)

Out = Annotated[str, typer.Argument(metavar="OUT", help="The output folder of a batch.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, an event a line.")]


@app.command()
def run(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder (or URL) of PDFs and page images.")],
    *,
    out: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER", help="The folder (or URL) for the documents.")
    ],
    workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0 means one a core.")] = 0,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786, whose workers read.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Wait for more files, until Ctrl-C.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try failed pages again.")] = False,
    engine: Engine = "auto",
    text_layer: TextLayer = "auto",
    precision: PrecisionOption = "auto",
    password: Annotated[str | None, typer.Option(metavar="TEXT", help="The password of encrypted PDFs.")] = None,
    glossary: Glossaries = None,
    formats: Formats = "",
    page_seconds: Annotated[float, typer.Option(min=0, help="The same as --limits seconds=…; 0 leaves it.")] = 0.0,
    memory_mb: Annotated[int, typer.Option(min=0, help="The same as --limits memory=…; 0 leaves it.")] = 0,
    limits: LimitsOption = "",
    json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Recover all files of a folder that are new, changed or failed."""
    from recover.batch.run import Batch

    much = told(quiet=quiet, verbose=verbose)
    settings = _settings(engine, text_layer, precision, password, glossary, formats, limits)
    batch = Batch(
        folder=folder,
        out=out,
        settings=settings,
        workers=workers,
        scheduler=scheduler,
        watch=watch,
        retry_failed=retry_failed,
        page_seconds=page_seconds,
        memory_mb=memory_mb,
    )
    _run(batch, much, as_json=json)


def _settings(  # noqa: PLR0917
    engine: str,
    text_layer: str,
    precision: str,
    password: str | None,
    glossary: list[str] | None,
    formats: str,
    limits: str,
) -> Settings:
    from recover.settings import (
        DEFAULT_FORMATS,
        DEFAULT_GLOSSARY,
        Settings,
        choose_engine,
        choose_precision,
        choose_text_layer,
    )

    return Settings(
        engine=choose_engine(engine),
        text_layer=choose_text_layer(text_layer),
        precision=choose_precision(precision),
        password=password,
        glossaries=(DEFAULT_GLOSSARY, *(glossary or ())),
        formats=tuple(dict.fromkeys((*DEFAULT_FORMATS, *split_names(formats)))),
        limits=parse_limits(limits),
    )


def _run(batch: Batch, much: Told, *, as_json: bool) -> None:
    from recover.batch.run import run_batch
    from recover.batch.views import choose_view

    with choose_view(as_json=as_json, quiet=much is Told.LITTLE, verbose=much is Told.MUCH) as view:
        result = run_batch(batch, view)
    if result.files.get("done"):
        _index(batch.out, batch.settings.glossaries)
    if result.interrupted:
        tell("stopped; nothing is lost: run the same command again to go on")
        raise typer.Exit(130)
    _judge(result.files, batch.out)


def _index(out: str, glossaries: tuple[str, ...]) -> None:
    """Bring the search index up to date; a batch is no worse for an index that can't be written."""
    import recover
    from recover.cli.messages import report_failure
    from recover.errors import RecoverError
    from recover.pipeline.storage import is_url

    if is_url(out):
        return
    try:
        recover.index_folder(out, glossaries=glossaries)
    except RecoverError as error:
        report_failure(error)


def _judge(files: dict[str, int], out: str) -> None:
    from recover.errors import BatchIncomplete

    failed, incomplete = files.get("failed", 0), files.get("incomplete", 0)
    if failed or incomplete:
        cause = f"{counted(failed, 'file')} failed, {counted(incomplete, 'file')} with missing pages"
        remedy = f"see {out.rstrip('/')}/batch-report.html; 'recover batch retry {out}' tries them again"
        raise BatchIncomplete("the batch", cause, remedy)


@app.command()
def status(out: Out, *, json: AsJson = False) -> None:
    """Tell how far a batch is; also while it runs."""
    import msgspec

    from recover.batch import run as desk

    found = desk.status(out)
    if json:
        typer.echo(msgspec.json.encode(found).decode())
        return
    typer.echo(f"folder\t{found.folder}")
    for kind, counts in (("files", found.files), ("pages", found.pages)):
        for state, count in sorted(counts.items()):
            typer.echo(f"{kind} {state}\t{count}")


@app.command()
def retry(out: Out, *, json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Run a batch again as it was last run, and try its failed pages too."""
    from recover.batch.run import last_batch

    _run(last_batch(out), told(quiet=quiet, verbose=verbose), as_json=json)


@app.command()
def report(out: Out, *, json: AsJson = False) -> None:
    """Write batch-report.csv and batch-report.html into OUT, the worst files first."""
    from recover.batch import run as desk

    written = desk.report_again(out)
    for line in desk.rows_as_json(out) if json else written:
        typer.echo(line)
