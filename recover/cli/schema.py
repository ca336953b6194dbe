"""``recover schema``: the JSON Schema of ``document.json``."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of document.json."""
    import recover

    typer.echo(recover.document_schema().decode(), nl=False)
