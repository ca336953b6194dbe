"""An index whose writer is killed is whole: some papers are in, and the rest come next time."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recover.api import index_folder, search_folder
from recover.search.store import NAME
from tests.review.made import write_folder
from tests.search.conftest import PAPERS

COPIES = 40
WRITE = "import sys; from recover.api import index_folder; index_folder(sys.argv[1])"


@pytest.mark.parametrize("entered", [1, 7, 20])
def test_a_killed_index_is_whole(tmp_path: Path, entered: int) -> None:
    for number in range(COPIES):
        write_folder(tmp_path / f"{number:02d}", PAPERS["taiwan"])
    process = subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)])
    try:
        _wait_for(tmp_path / NAME, entered)
    finally:
        process.kill()
        process.wait()
    with sqlite3.connect(tmp_path / NAME) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    done = index_folder(tmp_path)
    assert done.entered <= COPIES - entered
    found = search_folder(tmp_path, "肌力改善", limit=COPIES).papers
    assert len(found) == COPIES
    shutil.rmtree(tmp_path)


def _wait_for(path: Path, entered: int) -> None:
    """Until the index holds so many papers."""
    for _ in range(6000):
        if path.exists() and _count(path) >= entered:
            return
        time.sleep(0.005)
    pytest.fail("nothing was indexed in half a minute")


def _count(path: Path) -> int:
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
