"""The formats a document can be written in: name, file name, and the exporter that renders it."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, cast

import msgspec

from recover.errors import UnreadableInput, UsageError
from recover.model.document import Document
from recover.settings import DEFAULT_STYLE

# An exporter gets what its format needs (the document comes with the folder that holds its pictures) and gives bytes.
Render = Callable[..., bytes]


# How the Word document sets both abstracts: beside each other in a table, or as text one after the other.
AbstractsChoice = Literal["table", "text"]
ABSTRACTS: dict[str, AbstractsChoice] = {"table": "table", "text": "text"}


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What some formats need beside the document: the file it was recovered from, a citation style, a layout."""

    original: Original | None = None
    style: str = DEFAULT_STYLE
    abstracts: AbstractsChoice = "table"


class Format(msgspec.Struct, frozen=True):
    """A format's name on the command line, its file's name, the module whose ``render`` writes it, and of what."""

    name: str
    file: str
    module: str
    needs: Literal["document", "references", "original", "style", "abstracts"] = "document"

    def render(self, document: Document, folder: Path, beside: Beside | None = None) -> bytes:
        """The file's bytes; ``folder`` holds ``figures/``, ``tables/`` and ``pages/``.

        Raises UsageError when what the format needs beside the document isn't given.
        """
        given = beside or Beside()
        render = cast("Render", importlib.import_module(self.module).render)
        match self.needs:
            case "document":
                return render(document, folder)
            case "references":
                return render(document.references)
            case "style":
                return render(document.references, given.style)
            case "abstracts":
                return render(document, folder, given.abstracts)
            case "original":
                return render(document, folder, self._original(document, given))

    def _original(self, document: Document, given: Beside) -> Original:
        asked = f"--formats {self.name}"
        if not document.pages:
            raise UsageError(asked, "the document was recovered from a text and has no pages", "choose other formats")
        if given.original is None:
            raise UsageError(asked, f"needs the original, {document.source.name}", "name it with --source FILE")
        return given.original


FORMATS: tuple[Format, ...] = (
    Format("json", "document.json", "recover.export.document_json"),
    Format("md", "document.md", "recover.export.markdown"),
    Format("bib", "references.bib", "recover.export.bibtex", needs="references"),
    Format("csl", "references.csl.json", "recover.export.csl_json", needs="references"),
    Format("ris", "references.ris", "recover.export.ris", needs="references"),
    Format("terms", "terms.csv", "recover.export.terms_csv"),
    Format("report", "report.html", "recover.export.report"),
    Format("xlsx", "tables.xlsx", "recover.export.xlsx"),
    Format("refs", "references.txt", "recover.export.bibliography", needs="style"),
    Format("docx", "document.docx", "recover.export.docx", needs="abstracts"),
    Format("jats", "document.jats.xml", "recover.export.jats"),
    Format("html", "document.html", "recover.export.html"),
    Format("epub", "document.epub", "recover.export.epub"),
    Format("xliff", "document.xlf", "recover.export.xliff"),
    Format("alto", "alto.xml", "recover.export.alto"),
    Format("hocr", "document.hocr.html", "recover.export.hocr"),
    Format("pdf", "searchable.pdf", "recover.export.searchable_pdf", needs="original"),
)


def choose_abstracts(name: str) -> AbstractsChoice:
    """How to set both abstracts, as a user named it; raises UsageError with the names there are."""
    if name in ABSTRACTS:
        return ABSTRACTS[name]
    raise UsageError(f"--abstracts {name}", "no such choice", f"use one of {', '.join(ABSTRACTS)}")


def choose_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats of these names, in the order of FORMATS; raises UsageError with the names there are."""
    known = {item.name: item for item in FORMATS}
    for name in names:
        if name not in known:
            raise UsageError(f"--formats {name}", "no such format", f"use some of {', '.join(known)}")
    return tuple(item for item in FORMATS if item.name in names)


# The file a document was recovered from, for the formats that build on its pages.


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """Where the file is, and the password that opens it."""

    path: Path
    password: str | None = None


def find_original(document: Document, folder: Path, named: Path | None, password: str | None) -> Original | None:
    """The file with the document's hash: the one that was named, or one of its name near the recovered folder.

    A recovered folder names no path, which would tell where its owner keeps things. Raises UsageError for a named
    file that is another, and UnreadableInput for one that isn't there.
    """
    if named is not None:
        if file_hash(named) != document.source.sha256:
            remedy = f"give {document.source.name} as it was, or recover this file first"
            raise UsageError(f"--source {named}", "is not the file that was recovered", remedy)
        return Original(path=named, password=password)
    found = (path for path in _near(document.source.name, folder) if path.is_file())
    same = (path for path in found if file_hash(path) == document.source.sha256)
    return next((Original(path=path, password=password) for path in same), None)


def _near(name: str, folder: Path) -> Iterator[Path]:
    place = folder.resolve()
    yield from (parent / name for parent in (place, place.parent, place.parent.parent, Path.cwd()))


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content; raises UnreadableInput."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableInput(str(path), cause, "name the file that was recovered with --source") from error
