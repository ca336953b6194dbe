"""Killed runs leave nothing, and the same bytes come out when they are run again.

``python -m tests.hostile.kills --count 200`` kills more of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.kills import kills


@pytest.mark.skipif(os.name != "posix", reason="kills are signals only on POSIX")
def test_a_killed_run_is_taken_up_as_if_nothing_had_happened(tmp_path: Path) -> None:
    assert [kill for kill in kills(tmp_path, 4, seed=5, commands=("pdf",)) if kill.wrong] == []
