"""The command ``recover``: every command parses, calls the public API, prints, and maps errors to exit codes."""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from recover.cli.messages import report_failure
from recover.cli.options import PlainGroup, defaults, output_was_out
from recover.drafts import end_like_interrupts
from recover.errors import RecoverError, UsageError, unforeseen
from recover.text.messages import LANGUAGES, choose, translated

# Nothing a user did; RECOVER_DEBUG shows where it happened.
UNFORESEEN, INTERRUPTED = 1, 130

# Every command or group of them: where it is, and what it is for, as the overview says. A run imports and builds only
# its own: all of them took .25 s of the .5 that an answer to --help took.
COMMANDS = {
    "pdf": ("recover.cli.pdf:pdf", "Recover scans, PDFs and page images as documents."),
    "text": ("recover.cli.pdf:text", "Recover text dumps: what a PDF's text layer or another OCR left of a paper."),
    "batch": ("recover.cli.batch:app", "Recover a folder of PDFs and page images, and ask what became of it."),
    "review": ("recover.cli.review:app", "Proofread recovered documents in the browser: recover review DIR."),
    "export": (
        "recover.cli.export:export",
        "Write more formats of recovered folders; a folder that holds several stands for each of them.",
    ),
    "refs": ("recover.cli.refs:app", "Parse loose references: recover refs FILE."),
    "glossary": ("recover.cli.glossary:app", "Look at, change, check and exchange the glossaries."),
    "index": ("recover.cli.search:index", "Bring the search index of DIR up to date: new, changed and removed papers."),
    "search": (
        "recover.cli.search:search",
        "Find sentences in the papers of DIR: in both languages, with the page and the place of each.",
    ),
    "mcp": (
        "recover.cli.about:mcp",
        "Serve DIR to an assistant on standard input and output, read-only: search, sections, references, pages.",
    ),
    "doctor": ("recover.cli.about:doctor", "Tell what is installed and works, what is missing and how to get it."),
    "schema": ("recover.cli.about:schema", "Print the JSON Schema of document.json."),
}


@cache
def _built(name: str) -> Any:
    """A command or group of them; raises KeyError for a name that none has."""
    found = pkgutil.resolve_name(COMMANDS[name][0])
    if isinstance(found, typer.Typer):
        group = typer.main.get_command(found)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)


class Commands(Mapping[str, TyperCommand | TyperGroup]):
    """The commands by their names, each built when it is asked for."""

    def __getitem__(self, name: str) -> TyperCommand | TyperGroup:
        return cast("TyperCommand | TyperGroup", _built(name))

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class RootGroup(PlainGroup):
    """The program's commands; its overview shows them without building any."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Commands()  # type: ignore[assignment]
        self._shows_overview = False

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """The overview."""
        self._shows_overview = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._shows_overview = False

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """All names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[override,no-untyped-def]
        """A command, or while the overview is made what it says of it."""
        if self._shows_overview:
            return TyperCommand(cmd_name, help=translated(COMMANDS[cmd_name][1]))
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="recover",
    cls=RootGroup,
    context_settings={"help_option_names": ["-h", "--help"], "token_normalize_func": output_was_out},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Recover scanned Chinese scientific papers as readable, citable documents.",
)


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
