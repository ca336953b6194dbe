"""A folder of recovered documents as a library: indexed, searched, its references and terms brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from recover.errors import UnreadableInput
from recover.glossary import places
from recover.glossary.concept import Glossary
from recover.glossary.load import load_stack
from recover.model.document import Document
from recover.search.build import Indexed, index_folder
from recover.search.filters import Filters
from recover.search.find import Found, search_folder
from recover.settings import DEFAULT_GLOSSARY


def index_library(
    folder: Path,
    load: Callable[[Path], Document],
    glossaries: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Indexed:
    """Bring the index of ``folder`` up to date; raises RecoverError."""
    return index_folder(_existing(folder), load, glossary_of(glossaries), progress)


def search_library(
    folder: Path, query: str, glossaries: Sequence[str] = (), filters: Filters | None = None, limit: int = 10
) -> Found:
    """The papers of an indexed folder that answer ``query``; raises RecoverError."""
    return search_folder(_existing(folder), query, glossary_of(glossaries), filters, limit)


def glossary_of(names: Sequence[str]) -> Glossary:
    """The shipped glossary, the user's own ones and those named; raises UnreadableInput."""
    return load_stack(tuple(dict.fromkeys((DEFAULT_GLOSSARY, *places.names(), *names))))


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise UnreadableInput(str(folder), "is not a folder", "name a folder that recover has written")
    return folder
