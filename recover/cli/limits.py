"""The option ``--limits``, the same for every command that opens a file of unknown origin."""

from __future__ import annotations

from typing import Annotated

import typer

LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits",
        metavar="NAME=NUMBER,…",
        help="What a file may cost, like memory=8G,seconds=600,pages=5000; also pixels, objects, output, characters.",
    ),
]
