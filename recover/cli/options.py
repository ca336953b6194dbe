"""Options that mean the same in every command that has them, and are written the same."""

from __future__ import annotations

from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recover.errors import UsageError
from recover.settings import ENGINES, PRECISIONS, TEXT_LAYERS


def glossary_names() -> list[str]:
    """What a shell completes after ``-g``."""
    from recover.glossary import places

    return list(places.names())


OutputFolder = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FOLDER", help="The folder that gets a folder for each file."),
]
Glossaries = Annotated[
    list[str] | None,
    typer.Option(
        "--glossary",
        "-g",
        metavar="NAME",
        autocompletion=glossary_names,
        help="A glossary's name or file, besides the shipped ones; may be repeated.",
    ),
]
Formats = Annotated[
    str,
    typer.Option("--formats", metavar="NAME,…", help="More formats, comma-separated, like docx,jats,html,pdf."),
]
# Plain texts and no enums: what cannot be meant is told in one line, as every error is.
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar=f"[{'|'.join(ENGINES)}]",
        autocompletion=lambda: list(ENGINES),
        help="What reads the print: ppocr is PP-OCR, the more exact one on Chinese; tesseract is an installed "
        "Tesseract; auto is ppocr.",
    ),
]
TextLayer = Annotated[
    str,
    typer.Option(
        "--text-layer",
        metavar=f"[{'|'.join(TEXT_LAYERS)}]",
        autocompletion=lambda: list(TEXT_LAYERS),
        help="The text a PDF brings along: keep takes it as it is, ignore reads the print instead, auto takes it "
        "where it proves right.",
    ),
]
PrecisionOption = Annotated[
    str,
    typer.Option(
        "--precision",
        metavar=f"[{'|'.join(PRECISIONS)}]",
        autocompletion=lambda: list(PRECISIONS),
        help="What the networks compute in: f32 gives the same text on every machine, auto is the fastest the "
        "processor has (bfloat16 on some, where 0.3 % of the characters of worn print are read otherwise).",
    ),
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell no progress: results, problems and errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell more of what is done and found.")]


class Told(Enum):
    """How much of its work a command tells on standard error."""

    LITTLE = "little"
    USUAL = "usual"
    MUCH = "much"


def told(*, quiet: bool, verbose: bool) -> Told:
    """What ``-q`` and ``-v`` ask for; raises UsageError for both."""
    if quiet and verbose:
        raise UsageError("-q -v", "ask for less and for more", "give one of them")
    return Told.LITTLE if quiet else Told.MUCH if verbose else Told.USUAL


def output_was_out(name: str) -> str:
    """``--out`` is understood as ``--output``, whose name it once was."""
    return "output" if name == "out" else name


def split_names(names: str) -> tuple[str, ...]:
    """The names in a comma-separated list, in Chinese or English print."""
    return tuple(name.strip() for name in names.replace("，", ",").split(",") if name.strip())


# The option ``--limits``, the same for every command that opens a file of unknown origin.

LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits",
        metavar="NAME=NUMBER,…",
        help="What a file may cost, like memory=8G,seconds=600,pages=5000; also pixels, objects, output, characters.",
    ),
]


# The options and arguments of ``recover glossary``.

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
