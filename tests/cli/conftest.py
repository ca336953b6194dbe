from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from recover.cli.app import main
from recover.fence.tasks import READER_VARIABLE
from recover.fence.worker_pool import WorkerPool, call
from recover.settings import Limits
from tests.cli import blank_reader


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class KeptPool(WorkerPool):
    """Closing it is put off to the end of the tests."""

    def close(self) -> None: ...


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """One fenced process for all commands of a module: to start it anew for each would take minutes."""
    before = os.environ.get(READER_VARIABLE)
    os.environ[READER_VARIABLE] = blank_reader.NAME
    kept = KeptPool(1, Limits(), threads=0)
    yield kept
    WorkerPool.close(kept)
    os.environ.pop(READER_VARIABLE) if before is None else os.environ.update({READER_VARIABLE: before})


@pytest.fixture(autouse=True)
def no_networks(monkeypatch: pytest.MonkeyPatch, pool: WorkerPool) -> None:
    """These tests are of files and words; no page has print on it."""
    monkeypatch.setenv(READER_VARIABLE, blank_reader.NAME)
    # In this order: a module that is imported while the first is replaced would keep the replacement for good.
    monkeypatch.setattr("recover.pipeline.run.open_pool", lambda limits: pool)
    monkeypatch.setattr("recover.fence.worker_pool.open_pool", lambda limits: pool)


@pytest.fixture
def recover(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, pool: WorkerPool
) -> Callable[..., Outcome]:
    """``recover("pdf", path)`` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    for _ in call("tests.cli.blank_reader:go_to", str(tmp_path), subject="the tests", limits=Limits()):
        pass

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["recover", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return Outcome(int(end.value.code or 0), told.out, told.err)

    return run
