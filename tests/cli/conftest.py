from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from recover.cli.app import main
from recover.engines.fixed import FixedEngine
from recover.engines.readers import Readers


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class NoLines:
    def find(self, pixels: np.ndarray) -> tuple[tuple[float, float, float, float, float], ...]:
        return ()


@pytest.fixture(autouse=True)
def no_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are of files and words; no page has print on it."""
    monkeypatch.setattr(
        "recover.pipeline.open_readers", lambda settings: Readers(finder=NoLines(), reader=FixedEngine(()))
    )
    monkeypatch.setattr("recover.page.find_blocks", lambda pixels, threads: ())


@pytest.fixture
def recover(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Outcome]:
    """``recover("pdf", path)`` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["recover", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return Outcome(int(end.value.code or 0), told.out, told.err)

    return run
