"""``recover review``: proofread recovered documents in the browser, and tell what a review found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recover.cli.messages import tell
from recover.cli.options import DefaultGroup
from recover.text.messages import translated

app = typer.Typer(
    cls=DefaultGroup,
    no_args_is_help=True,
    help="Proofread recovered documents in the browser: recover review DIR.",
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A recovered folder, or one that holds several.")]


@app.command("open")
def open_review(
    folder: Folder,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
) -> None:
    """Open the review of DIR; this is what `recover review DIR` does."""
    import recover.api
    from recover.review.server.app import serve

    serve(folder, port, typer.echo, tell, opens_browser=not no_browser, export=recover.api.export_folder)


@app.command()
def stats(
    folder: Folder,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what was checked and what was wrong, and which corrected terms a glossary lacks."""
    from recover.review.stats import report, stats_of, to_json

    found = stats_of(folder)
    typer.echo(to_json(found) if json else "\n".join(map(translated, report(found).splitlines())))
