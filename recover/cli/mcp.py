"""``recover mcp DIR``: a folder of recovered papers for assistants, over the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recover.cli.options import Glossaries


def mcp(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An indexed folder of recovered documents.")],
    *,
    glossary: Glossaries = None,
) -> None:
    """Serve DIR to an assistant on standard input and output, read-only: search, sections, references, pages."""
    from recover.mcp_server import serve

    serve(folder, tuple(glossary or ()))
