"""The functions a program calls; the command line calls nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recover.model.document import Document
from recover.settings import DEFAULT_STYLE, Limits, Settings

if TYPE_CHECKING:
    from recover.fence.worker_pool import WorkerPool
    from recover.search.build import Indexed
    from recover.search.find import Found
    from recover.search.library import Concordance
    from recover.search.query import Filters
    from recover.search.works import Work


def recover_pdf(
    path: Path | str,
    target: Path | str,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: WorkerPool | None = None,
) -> Document:
    """Recover a PDF or page image into the folder ``target`` and return the document; raises RecoverError.

    The file is opened in processes of its own, within ``settings.limits``; ``workers``, from ``open_workers``, saves
    starting them anew for each of several files.
    """
    from recover.pipeline.run import recover_file  # noqa: PLC0415 start-up loads nothing that a command may not need

    return recover_file(Path(path), Path(target), settings or Settings(), progress, workers)


def open_workers(limits: Limits | None = None) -> WorkerPool:
    """Processes for several files, one after the other: a context manager."""
    from recover.fence.worker_pool import open_pool  # noqa: PLC0415

    return open_pool(limits or Limits())


def recover_text(
    path: Path | str, target: Path | str, settings: Settings | None = None, workers: WorkerPool | None = None
) -> Document:
    """Recover a text dump into the folder ``target`` and return the document; raises RecoverError."""
    from recover.pipeline.run import recover_dump  # noqa: PLC0415

    return recover_dump(Path(path), Path(target), settings or Settings(), workers)


def load_document(folder: Path | str, *, reviewed: bool = False) -> Document:
    """The document of a recovered folder (or of its ``document.json``), with a person's corrections if asked for.

    Raises UnreadableInput.
    """
    place = Path(folder)
    if reviewed and place.is_dir():
        from recover.review.replay import reviewed_document  # noqa: PLC0415

        return reviewed_document(place)
    from recover.export.document_json import read  # noqa: PLC0415

    return read(place / "document.json" if place.is_dir() else place)


def export_folder(
    folder: Path | str,
    formats: Sequence[str],
    *,
    target: Path | str | None = None,
    source: Path | str | None = None,
    password: str | None = None,
    style: str = DEFAULT_STYLE,
    abstracts: str = "table",
    limits: Limits | None = None,
) -> tuple[Path, ...]:
    """Write more formats of a recovered folder without reading the pages again; the files that were written.

    ``target`` is another folder to write to; ``source`` the file that was recovered, which ``pdf`` needs and finds by
    itself when it lies near the folder; ``abstracts`` sets both in the Word document in a ``table`` or as ``text``.
    A reviewed document is written as reviewed. Raises RecoverError.
    """
    from recover.fenced_export import export_fenced  # noqa: PLC0415

    named, place = (Path(path) if path is not None else None for path in (source, target))
    return export_fenced(
        Path(folder),
        tuple(formats),
        limits or Limits(),
        target=place,
        source=named,
        password=password,
        style=style,
        abstracts=abstracts,
    )


def _is_reviewed(folder: Path) -> bool:
    from recover.review.replay import is_reviewed  # noqa: PLC0415

    return folder.is_dir() and is_reviewed(folder)


def index_folder(
    folder: Path | str, *, glossaries: Sequence[str] = (), progress: Callable[[int, int], None] | None = None
) -> Indexed:
    """Bring the search index of a folder of recovered documents up to date; raises RecoverError.

    Reviewed documents are indexed as reviewed. Only what is new or changed is read.
    """
    from recover.search.library import index_library  # noqa: PLC0415

    return index_library(Path(folder), lambda place: load_document(place, reviewed=True), glossaries, progress)


def search_folder(
    folder: Path | str,
    query: str,
    *,
    glossaries: Sequence[str] = (),
    filters: Filters | None = None,
    limit: int = 10,
) -> Found:
    """The papers of an indexed folder that answer ``query``, best first, each with sentences, pages and boxes.

    Raises RecoverError, for a query that means nothing too.
    """
    from recover.search.library import search_library  # noqa: PLC0415

    return search_library(Path(folder), query, glossaries, filters, limit)


def find_cited(folder: Path | str, wanted: str = "") -> tuple[Work, ...]:
    """The works that the papers of an indexed folder cite, those with all words of ``wanted``, the most cited first."""
    from recover.search.library import citing  # noqa: PLC0415

    return citing(Path(folder), wanted)


def find_terms(folder: Path | str, wanted: str = "") -> tuple[Concordance, ...]:
    """The terms of all papers of an indexed folder, those with ``wanted`` in them, the most spread first."""
    from recover.search.library import concordance  # noqa: PLC0415

    return concordance(Path(folder), wanted)


def document_schema() -> bytes:
    """The JSON Schema of ``document.json``."""
    from recover.export.document_json import schema  # noqa: PLC0415

    return schema()
