"""A batch as trials run it: ``python -m samples.batch.drive FOLDER OUT [WORKERS] [SCHEDULER]``.

It differs from the command line in its formats (two, so that a page costs little) and its limits (short).
"""

from __future__ import annotations

import os
import sys

from recover.batch.run import Batch, run_batch
from recover.batch.views import JsonView
from recover.errors import RecoverError
from recover.fence.tasks import READER_VARIABLE
from recover.settings import Settings

# By name: the parent of a batch opens no reader, and need not load what one needs.
READER = "samples.batch.quick_reader:open_reader"
FORMATS = ("json", "md")
PAGE_SECONDS, MEMORY_MB = 4.0, 900


def batch(folder: str, out: str, workers: int = 2, scheduler: str = "") -> Batch:
    """The batch of a trial."""
    return Batch(
        folder=folder,
        out=out,
        settings=Settings(formats=FORMATS, glossaries=tuple(os.environ.get("TRIAL_GLOSSARY", "als-stem-cell").split())),
        workers=workers,
        scheduler=scheduler,
        page_seconds=PAGE_SECONDS,
        memory_mb=MEMORY_MB,
    )


def main() -> int:
    folder, out, workers, scheduler = [*sys.argv[1:], *("2", "")[len(sys.argv) - 3 :]]
    os.environ.setdefault(READER_VARIABLE, READER)
    try:
        result = run_batch(batch(folder, out, int(workers), scheduler), JsonView(sys.stdout))
    except RecoverError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 130 if result.interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
