"""Some hundred mutated files through every command: nothing crashes, hangs, or leaves anything behind.

``python -m tests.hostile.fuzz --count 20000`` tries more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.fuzz import run
from tests.hostile.trial import KINDS, LIMITS, peak_mb

COUNT = 300


def test_no_mutated_file_does_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_PAGE_READER", "")  # the trials set their own: put back when they are over
    before = peak_mb()
    found = list(run(KINDS, COUNT, tmp_path))
    assert len(found) == COUNT
    assert [outcome for outcome in found if outcome.wrong] == []
    assert {outcome.end for outcome in found} >= {"done", "UnreadableInput"}
    peak = peak_mb()
    # What other tests started before may have held more.
    assert peak == before or peak < 1.2 * LIMITS.memory_mb
