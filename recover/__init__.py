"""Recover scanned Chinese scientific papers as documents: the public API."""

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
from recover.limits import Limits
from recover.model.document import Document
from recover.settings import Settings
from recover.version import __version__

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
