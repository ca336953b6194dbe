"""One mutated file through the command it is for, and what may not happen on the way."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Literal

import msgspec

from recover.errors import RecoverError
from recover.fence.tasks import READER_VARIABLE
from recover.fence.texts import read_foreign, render_list
from recover.fence.worker_pool import WorkerPool, fitting
from recover.pipeline.run import recover_dump, recover_file
from recover.settings import Limits, Settings
from tests.hostile.review_trial import open_log, send

Kind = Literal["pdf", "picture", "dump", "references", "glossary", "requests", "log"]
KINDS: tuple[Kind, ...] = ("pdf", "picture", "dump", "references", "glossary", "requests", "log")
READER = "tests.cli.blank_reader:open_reader"
LIMITS = Limits(memory_mb=1500, page_seconds=20, output_mb=100)
SETTINGS = Settings(limits=LIMITS, formats=("json", "md"))
# A page is tried twice, after the file was looked at and before its document is made.
SLOWEST = 2 * LIMITS.page_seconds + 2 * 30.0 + 10


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a trial; ``wrong`` is empty when nothing happened that may not."""

    kind: str
    name: str
    seed: int
    end: str
    seconds: float
    wrong: str = ""


def open_trial_pool() -> WorkerPool:
    """A worker for many trials, whose pages are read without networks."""
    return WorkerPool(1, fitting(LIMITS, 1))


def environment() -> dict[str, str]:
    return {READER_VARIABLE: READER}


def attempt(kind: Kind, path: Path, seed: int, pool: WorkerPool) -> Outcome:
    """Run the file's command; whatever isn't a RecoverError is a crash of the parent."""
    out, began = path.parent / "out", time.monotonic()
    try:
        end, wrong = "done", _run(kind, path, out / "a", pool)
    except RecoverError as error:
        end, wrong = type(error).__name__, "" if _is_plain(error) else f"unreadable error: {error}"
    except Exception as error:  # noqa: BLE001 what this trial is for
        end, wrong = "crash", f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - began
    wrong = wrong or _strays(path, out, end) or ("took too long" if seconds > SLOWEST else "")
    return Outcome(kind=kind, name=path.name, seed=seed, end=end, seconds=round(seconds, 2), wrong=wrong)


def _run(kind: Kind, path: Path, target: Path, pool: WorkerPool) -> str:
    """What the command did that it may not, short of an error."""
    if kind == "requests":
        return send(path, target)
    if kind == "log":
        return open_log(path, target)
    if kind in ("pdf", "picture"):
        recover_file(path, target, SETTINGS, pool=pool)
    elif kind == "dump":
        recover_dump(path, target, SETTINGS, pool=pool)
    elif kind == "references":
        b"".join(piece.content for piece in render_list(path, "csl", "gb-t-7714", LIMITS, pool))
    else:
        read_foreign(path, "", {}, LIMITS, pool)
    return ""


def _is_plain(error: RecoverError) -> bool:
    text = str(error)
    return bool(error.cause and error.remedy) and "Traceback" not in text and "OpenCV(" not in text and len(text) < 900


def _strays(path: Path, out: Path, end: str) -> str:
    """Files beside the input and a whole result."""
    found = {item.name for item in path.parent.iterdir()} - {path.name}
    results = {item.name for item in out.iterdir()} if out.exists() else set()
    if end == "done" and results <= {"a"} and found <= {"out"}:
        return ""
    return f"left behind: {sorted(found | results)}" if found or results else ""


def peak_mb() -> int:
    """The most memory that a child of this process ever held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def own_mb() -> int:
    """The most memory that this process itself ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
