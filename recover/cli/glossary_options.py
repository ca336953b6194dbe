"""The options and arguments of ``recover glossary``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from recover.cli.options import glossary_names

# Where additions go that name no glossary.
OWN = "mine"
FORMATS = "[csv|tsv|xlsx|tbx|tbx2008|tmx|omegat]"


class StatusName(StrEnum):
    """The status of a pair."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


class OnClashName(StrEnum):
    """What happens to a term that the glossary translates differently."""

    KEEP = "keep"
    REPLACE = "replace"
    ADD = "add"


Name = Annotated[
    str,
    typer.Option("--glossary", "-g", metavar="NAME", autocompletion=glossary_names, help="A glossary's name or file."),
]
Term = Annotated[str, typer.Argument(help="The term in either language, its abbreviation, or zh=en.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Text = Annotated[str | None, typer.Option(metavar="TEXT")]
Abbreviation = Annotated[str | None, typer.Option(metavar="TEXT", help="The English short form.")]
Domain = Annotated[str | None, typer.Option(metavar="TEXT", help="The field the pair belongs to.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Anything worth knowing.")]
Source = Annotated[str | None, typer.Option(metavar="TEXT", help="Where the pair comes from.")]
Texts = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Once for each; an empty one takes all away.")]
