"""A recovered folder as it stands after its review: what exporters are given."""

from __future__ import annotations

from pathlib import Path

from recover.export.document_json import read
from recover.model.document import Document
from recover.review.actions import Conflict
from recover.review.apply import apply_log
from recover.review.log import NAME, Log


def reviewed_document(folder: Path) -> Document:
    """The document of ``folder`` with its review applied, if there is one; raises UnreadableInput."""
    return replay(folder)[0]


def replay(folder: Path) -> tuple[Document, tuple[Conflict, ...]]:
    """The reviewed document, and the actions that don't fit the reading any more; raises UnreadableInput."""
    return apply_log(read(folder / "document.json"), Log(folder).read())


def is_reviewed(folder: Path) -> bool:
    """Whether somebody reviewed the folder's document."""
    return (folder / NAME).is_file()
