"""How a failure is told: one line on stderr."""

from __future__ import annotations

from pathlib import Path

import typer

from recover.errors import RecoverError
from recover.text.messages import translated


def report_failure(error: RecoverError) -> None:
    """Print subject, cause and remedy on one line."""
    parts = (translated(" ".join(part.split())) for part in (error.subject, error.cause, error.remedy))
    subject, cause, remedy = (printable_text(part) for part in parts)
    typer.echo(f"recover: {subject}: {cause}; {remedy}", err=True)


def tell(message: str) -> None:
    """Print a message on standard error, in the language of whoever reads it."""
    typer.echo(translated(message), err=True)


def printable(path: Path) -> Path:
    """A path as a terminal can show it: bytes that are no UTF-8 are written out."""
    return Path(printable_text(str(path)))


def printable_text(text: str) -> str:
    """The text without what a terminal takes for orders: control characters and turns of direction are written out."""
    plain = text.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in plain)
