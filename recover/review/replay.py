"""A recovered folder as it stands after its review: what exporters are given."""

from __future__ import annotations

from pathlib import Path

import msgspec

from recover.export.document_json import read
from recover.model.document import Document, Problem
from recover.review.actions import Conflict
from recover.review.apply import apply_log
from recover.review.log import NAME, Log


def reviewed_document(folder: Path) -> Document:
    """The document of ``folder`` with its review applied, if there is one; raises UnreadableInput."""
    return replay(folder)[0]


def replay(folder: Path) -> tuple[Document, tuple[Conflict, ...]]:
    """The reviewed document, and the actions that don't fit the reading any more; raises UnreadableInput."""
    log = Log(folder)
    document, conflicts = apply_log(read(folder / "document.json"), log.read())
    damaged = log.damaged()
    if damaged:
        lines = ", ".join(map(str, damaged))
        message = f"the log of corrections is damaged: what stood in its lines {lines} is left out"
        told = Problem(stage="review", page=None, message=message, remedy=f"look at {NAME}, and correct it again")
        document = msgspec.structs.replace(document, problems=(*document.problems, told))
    return document, conflicts


def is_reviewed(folder: Path) -> bool:
    """Whether somebody reviewed the folder's document."""
    return (folder / NAME).is_file()
