"""A file from its pages to its folder: read every page, put the document together, write it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from recover.assemble import assemble, with_terms
from recover.engines.readers import Readers, open_readers
from recover.errors import EngineFailed, RecoverError, UnreadableInput, UsageError
from recover.export.formats import Beside, choose_formats
from recover.export.original import Original
from recover.glossary.load import load_stack
from recover.model.document import Document, Problem, Source
from recover.model.page import PageReading
from recover.output import building, write_formats
from recover.page import read_page
from recover.page_store import PageStore
from recover.settings import Settings
from recover.stages.acquire.open import open_source
from recover.stages.acquire.source import PageSource
from recover.stages.dump.document import dump_to_document
from recover.unforeseen import unforeseen

# Told after each page: how many are done, and how many there are.
Progress = Callable[[int, int], None]
# Below this, starting a second process takes longer than it saves.
MANY_PAGES = 4


def recover_file(path: Path, target: Path, settings: Settings, progress: Progress | None = None) -> Document:
    """Recover one PDF or picture into the folder ``target``, which appears whole or not at all.

    Raises RecoverError, for a bad setting before the first page is read. A page that cannot be read becomes a problem
    of the document; the others go on.
    """
    choose_formats(settings.formats)
    load_stack(settings.glossaries)
    beside = Beside(original=Original(path=path, password=settings.password), style=settings.style)
    source = open_source(path, settings.password)
    try:
        indexes = _chosen(source, settings)
        with building(target) as draft:
            outcomes = _read(path, source, indexes, settings, draft, progress)
            document = _recover(path, source, outcomes, settings)
            write_formats(document, draft, settings.formats, beside)
    finally:
        source.close()
    return document


def recover_dump(path: Path, target: Path, settings: Settings) -> Document:
    """Recover a text dump into the folder ``target``, which appears whole or not at all; raises RecoverError."""
    document = with_terms(dump_to_document(read_text(path), path.name), settings)
    with building(target) as draft:
        write_formats(document, draft, settings.formats, Beside(style=settings.style))
    return document


def read_text(path: Path) -> str:
    """A text file's content, UTF-8 or else GB 18030; raises UnreadableInput."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error), "check the path and its permissions") from error
    if not content.strip():
        raise UnreadableInput(str(path), "the file is empty", "give a text dump")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableInput(str(path), "no text in UTF-8 or GB 18030", "give a plain text file, or use 'recover pdf'")


def _read(
    path: Path, source: PageSource, indexes: Sequence[int], settings: Settings, folder: Path, progress: Progress | None
) -> Iterator[PageReading | Problem]:
    """Every page's reading: in this process where few are wanted, else in one process a core."""
    if len(indexes) >= MANY_PAGES:
        from recover.batch.parallel import read_pages_in_parallel  # noqa: PLC0415 few pages need no processes

        yield from read_pages_in_parallel(path, indexes, settings, folder, settings.threads, progress=progress)
        return
    readers = open_readers(settings)
    for done, outcome in enumerate(_outcomes(source, indexes, readers, settings, PageStore(folder)), 1):
        yield outcome
        if progress:
            progress(done, len(indexes))


def _recover(path: Path, source: PageSource, outcomes: Iterator[PageReading | Problem], settings: Settings) -> Document:
    pages: list[PageReading] = []
    problems: list[Problem] = []
    for outcome in outcomes:
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            pages.append(outcome)
    if not pages:
        cause = problems[0].message.partition(": ")[2] or problems[0].message
        raise UnreadableInput(str(path), f"no page can be read, the first because {cause}", problems[0].remedy)
    return assemble(describe(path, source, pages), pages, settings, problems)


def _outcomes(
    source: PageSource, indexes: Sequence[int], readers: Readers, settings: Settings, store: PageStore
) -> Iterator[PageReading | Problem]:
    """Each page's reading, or what kept it from being read; one bad page never stops the others."""
    for index in indexes:
        try:
            yield read_page(source, index, readers, settings, store)
        except (UnreadableInput, EngineFailed) as error:
            yield page_problem(index, error)
        except RecoverError:
            raise
        except Exception as error:  # noqa: BLE001 whatever one page trips over, the others are still read
            yield page_problem(index, unforeseen(f"page {index + 1}", error))


def page_problem(index: int, error: RecoverError) -> Problem:
    """What is recorded for a page that could not be read."""
    message = f"page {index + 1} is missing from the result: {error.cause}"
    return Problem(stage="acquire", page=index, message=message, remedy=error.remedy)


def _chosen(source: PageSource, settings: Settings) -> tuple[int, ...]:
    if settings.pages is None:
        return tuple(range(source.page_count))
    beyond = [page + 1 for page in settings.pages if page >= source.page_count]
    if beyond:
        raise UsageError(f"--pages {beyond[0]}", f"{source.name} has {source.page_count} pages", "name pages it has")
    return settings.pages


def describe(path: Path, source: PageSource, pages: Sequence[PageReading]) -> Source:
    """The source as the document names it."""
    return Source(name=source.name, sha256=file_hash(path), pages=source.page_count, kind=source_kind(pages))


def source_kind(pages: Sequence[PageReading]) -> Literal["scan", "digital", "mixed"]:
    """What the pages are, blank ones left out of account."""
    kinds = {page.kind for page in pages} - {"blank"} or {"scan"}
    if len(kinds) > 1:
        return "mixed"
    return "scan" if "scan" in kinds else "digital"


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
