"""Some hundred mutated files through every command: nothing crashes, hangs, or leaves anything behind.

``python -m tests.hostile.fuzz --count 20000`` tries more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.fuzz import run
from tests.hostile.trial import KINDS, LIMITS, own_mb, peak_mb

COUNT = 300


def test_no_mutated_file_does_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_PAGE_READER", "")  # the trials set their own: put back when they are over
    found = list(run(KINDS, COUNT, tmp_path))
    assert len(found) == COUNT
    assert [outcome for outcome in found if outcome.wrong] == []
    assert {outcome.end for outcome in found} >= {"done", "UnreadableInput"}
    # The system counts for a child what its parent held when it started it: more, perhaps, after other tests.
    assert peak_mb() <= max(1.2 * LIMITS.memory_mb, own_mb())
