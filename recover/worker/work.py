"""Any task, done; what was opened for one stays open for the next."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recover.errors import RecoverError, unforeseen
from recover.fence.tasks import Answer, Call, Failed, Fault, Idle, Look, Outcome, Read, Task

if TYPE_CHECKING:
    from recover.worker.pages import PageDesk


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
            from recover.worker.sources import look  # noqa: PLC0415

            yield look(task)
        elif isinstance(task, Call):
            module, _, function = task.function.partition(":")
            for content in getattr(importlib.import_module(module), function)(task.arguments):
                yield Answer(key=task.key, content=content)
        else:
            from recover.worker.make import make  # noqa: PLC0415 jieba and its dictionary take a second

            yield make(task)

    def _load_ahead(self, task: Read) -> None:
        """Load what makes a document while the networks read, where this process reads alone and so will make it."""
        if self._desk is None and task.settings.threads != 1:
            threading.Thread(target=_load_maker, daemon=True).start()

    def _open_desk(self) -> PageDesk:
        if self._desk is None:
            from recover.worker.pages import PageDesk  # noqa: PLC0415

            self._desk = PageDesk()
        return self._desk


def _load_maker() -> None:
    from recover.lexicon import tables  # noqa: PLC0415
    from recover.worker import make  # noqa: F401, PLC0415

    tables.tokenizer()
    tables.english_shares()
