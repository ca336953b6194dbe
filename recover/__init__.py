"""Recover scanned Chinese scientific papers as documents: the public API, each name loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from recover.version import __version__

if TYPE_CHECKING:
    from recover.api import (
        document_schema,
        export_folder,
        find_cited,
        find_terms,
        index_folder,
        load_document,
        open_workers,
        recover_pdf,
        recover_text,
        search_folder,
    )
    from recover.errors import RecoverError
    from recover.model.document import Document
    from recover.settings import Limits, Settings

__all__ = [
    "Document",
    "Limits",
    "RecoverError",
    "Settings",
    "__version__",
    "document_schema",
    "export_folder",
    "find_cited",
    "find_terms",
    "index_folder",
    "load_document",
    "open_workers",
    "recover_pdf",
    "recover_text",
    "search_folder",
]

_TYPES = {
    "Document": "recover.model.document",
    "Limits": "recover.settings",
    "RecoverError": "recover.errors",
    "Settings": "recover.settings",
}


def __getattr__(name: str) -> object:
    """A public name, from the module that holds it."""
    if name not in __all__:
        raise AttributeError(f"module 'recover' has no attribute {name!r}")
    return getattr(import_module(_TYPES.get(name, "recover.api")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
