"""``recover text``: recover the text dump of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from recover.cli.pdf import targets
from recover.settings import DEFAULT_FORMATS, DEFAULT_GLOSSARY, Settings


def text(
    files: Annotated[list[Path], typer.Argument(help="Plain text files, UTF-8.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder that gets a folder for each file.")] = Path(
        "recovered"
    ),
    glossary: Annotated[Optional[list[str]], typer.Option(help="A glossary's name or file; may be repeated.")] = None,  # noqa: UP045 typer
    formats: Annotated[str, typer.Option(help="More formats, parted by commas, like docx,jats,html.")] = "",
) -> None:
    """Recover text dumps: what a PDF's text layer or another OCR left of a paper."""
    import recover

    settings = Settings(
        glossaries=(DEFAULT_GLOSSARY, *(glossary or ())),
        formats=(*DEFAULT_FORMATS, *(name.strip() for name in formats.split(",") if name.strip())),
    )
    for file, target in zip(files, targets(files, out), strict=True):
        document = recover.recover_text(file, target, settings)
        typer.echo(target)
        if document.problems:
            count = len(document.problems)
            typer.echo(f"{file}: {count} problem{'s' * (count > 1)}, see {target / 'report.html'}", err=True)
