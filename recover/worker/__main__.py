"""A worker's process: takes tasks from its standard input and answers on its standard output, until that closes."""

from __future__ import annotations

import importlib
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from recover.errors import RecoverError, unforeseen
from recover.fence.confine import NO_MEMORY, confine, die_with_parent
from recover.fence.tasks import (
    READER,
    Answer,
    Call,
    Failed,
    Fault,
    Idle,
    Look,
    Outcome,
    Read,
    Task,
    decode_task,
    encode,
    read_frame,
    write_frame,
)

if TYPE_CHECKING:
    from recover.worker.pages import PageDesk


def main() -> None:
    """Serve until the parent closes the pipe or dies."""
    memory_mb, output_mb, network = sys.argv[1:]
    die_with_parent()
    confine(int(memory_mb), int(output_mb), network=network == "network")
    answers = _own_output()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    write_frame(answers, encode(Idle(key=-1)))
    work = Work()
    try:
        while True:
            for outcome in work.run(_next(tasks, work)):
                write_frame(answers, encode(outcome))
    except MemoryError:
        os._exit(NO_MEMORY)


# A task follows the one before within milliseconds while there are any.
REST_SECONDS = 0.3


def _next(tasks: queue.SimpleQueue[Task], work: Work) -> Task:
    """The next task; a rest before it is used to load what makes a document."""
    try:
        return tasks.get(timeout=REST_SECONDS)
    except queue.Empty:
        work.prepare()
        return tasks.get()


def _own_output() -> BinaryIO:
    """The pipe to the parent, out of reach of libraries that print."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _listen(pipe: BinaryIO, tasks: queue.SimpleQueue[Task]) -> None:
    while (message := read_frame(pipe)) is not None:
        tasks.put(decode_task(message))
    os._exit(0)


# Any task, done; what was opened for one stays open for the next.


class Work:
    """Does tasks of all kinds, and loads for each only what it needs."""

    def __init__(self) -> None:
        self._desk: PageDesk | None = None

    def run(self, task: Task) -> Iterator[Outcome]:
        """The outcomes of a task, the last one an Idle; only a want of memory is raised."""
        try:
            yield from self._outcomes(task)
        except RecoverError as error:
            yield Failed(key=task.key, fault=Fault.of(error))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 the process's boundary: the batch goes on
            yield Failed(
                key=task.key, fault=Fault.of(unforeseen(task.subject if isinstance(task, Call) else task.path, error))
            )
        yield Idle(key=task.key)

    def _outcomes(self, task: Task) -> Iterator[Outcome]:
        if isinstance(task, Read):
            self._load_ahead(task)
            yield from self._open_desk().read(task)
        elif isinstance(task, Look):
            from recover.worker.pages import look  # noqa: PLC0415

            yield look(task)
        elif isinstance(task, Call):
            module, _, function = task.function.partition(":")
            for content in getattr(importlib.import_module(module), function)(task.arguments):
                yield Answer(key=task.key, content=content)
        else:
            from recover.worker.make import make  # noqa: PLC0415 jieba and its dictionary take a second

            yield make(task)

    def prepare(self) -> None:
        """Load what makes a document, where pages were read: the last of them are with another process."""
        if self._desk is not None:
            _load_maker()

    def _load_ahead(self, task: Read) -> None:
        """Load what makes a document where this process reads alone and so will make it.

        Networks are compiled beside the imports, and tables loaded beside the reader. Never do two threads import:
        packages that import in circles (rapidfuzz) come out half made.
        """
        if self._desk is None and task.settings.threads != 1:
            compiling = _compile_ahead(task)
            from recover.worker import make  # noqa: F401, PLC0415

            if compiling:
                compiling.join()
            threading.Thread(target=_load_tables, daemon=True).start()

    def _open_desk(self) -> PageDesk:
        if self._desk is None:
            from recover.worker.pages import PageDesk  # noqa: PLC0415

            self._desk = PageDesk()
        return self._desk


def _compile_ahead(task: Read) -> threading.Thread | None:
    """A thread that compiles the networks the task will need; what goes wrong is told where they are used."""
    if task.reader != READER:
        return None
    from recover.engines import openvino_core, readers  # noqa: PLC0415

    def compile_networks() -> None:
        with suppress(RecoverError):
            readers.compile_networks(task.settings)

    openvino_core.core()
    thread = threading.Thread(target=compile_networks, daemon=True)
    thread.start()
    return thread


def _load_maker() -> None:
    from recover.worker import make  # noqa: F401, PLC0415

    _load_tables()


def _load_tables() -> None:
    from recover.lexicon import tables  # noqa: PLC0415

    tables.tokenizer()
    tables.english_shares()


if __name__ == "__main__":
    main()
