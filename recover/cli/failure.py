"""How a failure is told: one line on stderr."""

from __future__ import annotations

import typer

from recover.errors import RecoverError


def report_failure(error: RecoverError) -> None:
    """Print subject, cause and remedy on one line."""
    typer.echo("recover: " + " ".join(str(error).split()), err=True)
