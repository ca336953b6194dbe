"""The command ``recover``: every command parses, calls the public API, prints, and maps errors to exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, cast

import typer
from typer.core import TyperGroup

from recover.cli import batch, glossary, review
from recover.cli.about import doctor, mcp, schema
from recover.cli.export import export
from recover.cli.messages import report_failure
from recover.cli.options import DefaultGroup, PlainGroup, defaults, output_was_out
from recover.cli.pdf import pdf, text
from recover.cli.refs import merge, refs
from recover.cli.search import index, search
from recover.drafts import end_like_interrupts
from recover.errors import RecoverError, UsageError, unforeseen
from recover.text.messages import LANGUAGES, choose

# Nothing a user did; RECOVER_DEBUG shows where it happened.
UNFORESEEN, INTERRUPTED = 1, 130

app = typer.Typer(
    name="recover",
    cls=PlainGroup,
    context_settings={"help_option_names": ["-h", "--help"], "token_normalize_func": output_was_out},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Recover scanned Chinese scientific papers as readable, citable documents.",
)
refs_app = typer.Typer(cls=DefaultGroup, no_args_is_help=True, help="Parse loose references: recover refs FILE.")
refs_app.command("parse")(refs)
refs_app.command("merge")(merge)
app.command("pdf")(pdf)
app.command("text")(text)
app.add_typer(refs_app, name="refs")
app.add_typer(batch.app, name="batch")
app.add_typer(glossary.app, name="glossary")
app.add_typer(review.app, name="review")
app.command("index")(index)
app.command("search")(search)
app.command("mcp")(mcp)
app.command("export")(export)
app.command("doctor")(doctor)
app.command("schema")(schema)


def _show_version(wanted: bool) -> None:
    if wanted:
        import recover

        typer.echo(f"recover {recover.__version__}")
        raise typer.Exit


def _choose_language(wanted: str) -> None:
    if wanted and wanted not in LANGUAGES:
        raise UsageError(f"--lang {wanted}", "no such language", f"use one of {', '.join(LANGUAGES)}")
    if wanted:
        choose(wanted)


@app.callback()
def _before_commands(
    context: typer.Context,
    *,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help="Options from this file, else from recover.toml here.",
        ),
    ] = None,
    lang: Annotated[
        str,
        typer.Option(
            metavar=f"[{'|'.join(LANGUAGES)}]",
            callback=_choose_language,
            is_eager=True,
            help="Tell everything in this language; else in that of the system.",
        ),
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version, lang
    context.default_map = defaults(cast("TyperGroup", context.command), config)


def main() -> None:
    """Run the command line; the one place where errors end."""
    end_like_interrupts()
    try:
        app()
    except RecoverError as error:
        report_failure(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:  # before or after any command ran
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("RECOVER_DEBUG"):
            raise
        report_failure(unforeseen("this command", error))
        sys.exit(UNFORESEEN)
