"""``recover doctor``, ``recover schema`` and ``recover mcp``: what is installed, the schema, a folder served."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recover.cli.options import Glossaries
from recover.text.messages import translated

MISSING = 4


def doctor() -> None:
    """Tell what is installed and works, what is missing and how to get it."""
    from recover.doctor import examine

    checks = examine()
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = "ok     " if check.works else "MISSING" if check.needed else "absent "
        typer.echo(
            f"{mark} {check.name:<{width}}  {check.found}"
            + (f"  ->  {translated(check.remedy)}" if check.remedy else "")
        )
    if any(check.needed and not check.works for check in checks):
        raise typer.Exit(MISSING)


# ``recover schema``: the JSON Schema of ``document.json``.


def schema() -> None:
    """Print the JSON Schema of document.json."""
    import recover

    typer.echo(recover.document_schema().decode(), nl=False)


# ``recover mcp DIR``: a folder of recovered papers for assistants, over the Model Context Protocol.


def mcp(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An indexed folder of recovered documents.")],
    *,
    glossary: Glossaries = None,
) -> None:
    """Serve DIR to an assistant on standard input and output, read-only: search, sections, references, pages."""
    from recover.mcp_server import serve

    serve(folder, tuple(glossary or ()))
