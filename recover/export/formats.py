"""The formats a document can be written in: name, file name, and the exporter that renders it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import msgspec

from recover.errors import UsageError
from recover.model.document import Document

# An exporter gets the document and the folder that holds its pictures, and gives the file's bytes.
Render = Callable[[Document, Path], bytes]


class Format(msgspec.Struct, frozen=True):
    """A format's name on the command line, its file's name, and the module whose ``render`` writes it."""

    name: str
    file: str
    module: str

    def render(self, document: Document, folder: Path) -> bytes:
        """The file's bytes; ``folder`` holds ``figures/``, ``tables/`` and ``pages/``."""
        render = cast(Render, importlib.import_module(self.module).render)
        return render(document, folder)


FORMATS: tuple[Format, ...] = (
    Format("json", "document.json", "recover.export.document_json"),
    Format("md", "document.md", "recover.export.markdown"),
    Format("bib", "references.bib", "recover.export.bibtex"),
    Format("csl", "references.csl.json", "recover.export.csl_json"),
    Format("ris", "references.ris", "recover.export.ris"),
    Format("terms", "terms.csv", "recover.export.terms_csv"),
    Format("report", "report.html", "recover.export.report"),
)


def choose_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats of these names, in the order of FORMATS; raises UsageError with the names there are."""
    known = {item.name: item for item in FORMATS}
    for name in names:
        if name not in known:
            raise UsageError(f"--formats {name}", "no such format", f"use some of {', '.join(known)}")
    return tuple(item for item in FORMATS if item.name in names)
