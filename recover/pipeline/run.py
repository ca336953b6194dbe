"""A file from its pages to its folder: opened, read and put together in fenced processes, watched from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from recover.drafts import scratch, sweep, to_the_end
from recover.errors import UnreadableInput, UsageError
from recover.export.document_json import read
from recover.fence.confine import workers_for
from recover.fence.tasks import Dump, Fault, Look, Looked, Made, Make, Read, reader_name
from recover.fence.worker_pool import KEYS, WorkerPool, call, open_pool, outcome, read_pages
from recover.model.document import Document, Source
from recover.pipeline.page_cache import made_key
from recover.settings import Settings, over
from recover.text.messages import counted

# Told after each page: how many are done, and how many there are.
Progress = Callable[[int, int], None]
# Below this, starting a second process takes longer than it saves.
MANY_PAGES = 4
DOCUMENT = "document.json"


def recover_file(
    path: Path, target: Path, settings: Settings, progress: Progress | None = None, pool: WorkerPool | None = None
) -> Document:
    """Recover one PDF or picture into the folder ``target``, which appears whole or not at all.

    The file is opened, read and written about in fenced processes; ``pool`` has some at hand. Raises RecoverError, for
    a bad setting before the first page is read. A page that cannot be read becomes a problem of the document; the
    others go on.
    """
    with ExitStack() as stack:
        workers = pool or stack.enter_context(open_pool(settings.limits))
        stack.enter_context(_leaving_nothing(target, workers))
        parcels = stack.enter_context(scratch("pages"))
        path, name = _plainly_named(path, parcels)
        looked = outcome(workers, Look(key=next(KEYS), path=str(path), settings=settings), Looked)
        pages = _chosen(name, looked.pages, settings)
        done = read_pages(workers, _page_tasks(path, looked, pages, settings, parcels, workers), progress)
        source = Source(name=name, sha256=looked.sha256, pages=looked.pages, kind="scan")
        task = _make_task(path, source, looked.stamp, done, settings, parcels)
        outcome(workers, msgspec.structs.replace(task, target=str(target)), Made)
        return read(parcels / DOCUMENT)


def _page_tasks(
    path: Path, looked: Looked, pages: Sequence[int], settings: Settings, parcels: Path, workers: WorkerPool
) -> list[Read]:
    """A task for every page. Few pages share one process with all threads, many have a process a core."""
    count = min(workers_for(settings.threads), len(pages)) if len(pages) >= MANY_PAGES else 1
    if count > 1:
        workers.threads = 1
        workers.grow(count)
    key = next(KEYS)
    chosen = msgspec.structs.replace(settings, pages=None, threads=1 if count > 1 else settings.threads)
    return [
        Read(
            key=key,
            path=str(path),
            stamp=looked.stamp,
            pages=(page,),
            parcels=(_parcel(parcels, page),),
            settings=chosen,
            reader=reader_name(),
        )
        for page in pages
    ]


def _make_task(
    path: Path,
    source: Source,
    stamp: str,
    done: Mapping[int, Fault | None],
    settings: Settings,
    parcels: Path,
) -> Make:
    read = tuple(sorted(page for page, fault in done.items() if fault is None))
    return Make(
        key=next(KEYS),
        path=str(path),
        stamp=stamp,
        source=source,
        pages=read,
        parcels=tuple(_parcel(parcels, page) for page in read),
        missing=tuple(sorted((page, fault) for page, fault in done.items() if fault is not None)),
        settings=settings,
        reader=reader_name(),
        made_key=made_key(settings, reader_name()),
        target="",
        copy=str(parcels / DOCUMENT),
    )


def _parcel(folder: Path, page: int) -> str:
    return str(folder / f"{page + 1:05d}.page")


@contextmanager
def _leaving_nothing(target: Path, workers: WorkerPool) -> Iterator[None]:
    """Whatever ends the run: no draft stays, nor a folder that was made for one."""
    fresh = [folder for folder in target.parents if not folder.exists()]
    try:
        yield
    except KeyboardInterrupt:
        workers.close()  # else a draft in the making would still be held
        raise
    finally:
        to_the_end(lambda: sweep(target.parent, target.name))
        for folder in fresh:
            with suppress(OSError):
                folder.rmdir()


def recover_dump(path: Path, target: Path, settings: Settings, pool: WorkerPool | None = None) -> Document:
    """Recover a text dump into the folder ``target``, which appears whole or not at all; raises RecoverError."""
    with ExitStack() as stack:
        workers = pool or stack.enter_context(open_pool(settings.limits))
        stack.enter_context(_leaving_nothing(target, workers))
        folder = stack.enter_context(scratch("pages"))
        path, name = _plainly_named(path, folder)
        task = Dump(path=str(path), name=name, target=str(target), settings=settings, copy=str(folder / DOCUMENT))
        list(call("recover.worker.texts:write_dump", task, subject=name, limits=settings.limits, pool=workers))
        return read(folder / DOCUMENT)


def _plainly_named(path: Path, folder: Path) -> tuple[Path, str]:
    """The path and the file's name; a name that is no UTF-8 is shown as it can be, and the file reached by a link."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        name = path.name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        link = folder / f"input{path.suffix if path.suffix.isascii() else ''}"
        link.symlink_to(path.absolute())
        return link, name
    return path, path.name


def _chosen(name: str, count: int, settings: Settings) -> tuple[int, ...]:
    pages = tuple(range(count)) if settings.pages is None else settings.pages
    beyond = [page + 1 for page in pages if page >= count]
    if beyond:
        raise UsageError(f"--pages {beyond[0]}", f"{name} has {counted(count, 'page')}", "name pages it has")
    if len(pages) > settings.limits.pages:
        cause, remedy = over("pages", f"it has {counted(len(pages), 'page')}", settings.limits.pages)
        raise UnreadableInput(name, cause, f"choose some with --pages, or {remedy}")
    return pages
