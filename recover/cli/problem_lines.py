"""The problems of a recovered document, as a command tells them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from recover.cli.failure import printable_text
from recover.cli.options import Told
from recover.text.counted import counted
from recover.text.messages import translated

if TYPE_CHECKING:
    from recover.model.document import Document


def problem_lines(document: Document, target: Path, told: Told) -> Iterator[str]:
    """How many there are and where they are told in full; each of them, where much is told."""
    if document.problems:
        yield translated(f"{counted(len(document.problems), 'problem')}, see {target / 'report.html'}")
    for problem in document.problems if told is Told.MUCH else ():
        place = "" if problem.page is None else translated(f"page {problem.page + 1}") + ": "
        yield place + "; ".join(
            printable_text(" ".join(translated(part).split())) for part in (problem.message, problem.remedy)
        )
