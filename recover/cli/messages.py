"""What a command tells on stderr: failures in one line, problems, the account, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from recover.cli.options import Told
from recover.errors import RecoverError
from recover.text.messages import counted, translated

if TYPE_CHECKING:
    from recover.model.document import Document
    from recover.model.records import Account


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


# The problems of a recovered document, as a command tells them.


def problem_lines(document: Document, target: Path, told: Told) -> Iterator[str]:
    """How many there are and where they are told in full; each of them, where much is told."""
    if document.problems:
        yield translated(f"{counted(len(document.problems), 'problem')}, see {target / 'report.html'}")
    for problem in document.problems if told is Told.MUCH else ():
        place = "" if problem.page is None else translated(f"page {problem.page + 1}") + ": "
        yield place + "; ".join(
            printable_text(" ".join(translated(part).split())) for part in (problem.message, problem.remedy)
        )


# The account of a document in one line: what a user wants to know before opening the report.

# Classes whose characters a reader finds in the document's texts.
TEXTS = ("text", "front", "references", "tables", "captions", "notes", "formulas")


def account_line(account: Account) -> str:
    """``8 pages: 12,034 characters; 11,790 text, 180 running heads, 64 in figures, 0 unread``."""
    text = sum(getattr(account, name) for name in TEXTS)
    parts = [f"{text:,} text"]
    aside = ((account.furniture, "running heads"), (account.figures, "in figures"), (account.rejected, "set aside"))
    parts += [f"{number:,} {name}" for number, name in aside if number]
    parts.append(f"{account.unread:,} unread")
    return translated(f"{counted(len(account.pages), 'page')}: {account.characters:,} characters; {', '.join(parts)}")


# Progress of long work: a bar on a terminal, plain lines elsewhere, both on stderr.


@contextmanager
def page_progress(name: str, told: Told) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call after every page of ``name`` with the pages done and all pages; None where little is told."""
    if told is Told.LITTLE:
        yield None
        return
    if not sys.stderr.isatty():
        yield lambda done, total: _tell(name, done, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(name: str, done: int, total: int) -> None:
    """A line a page; a single page has no progress to tell."""
    if total > 1:
        tell(f"{name}: page {done} of {total}")
