import threading
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.batch import walk
from recover.batch.run import run_batch
from recover.batch.walk import Found, Place, Settling, Watcher
from recover.errors import UnwritableOutput
from samples.batch.drive import batch
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf
from tests.batch.driver import Listener


@given(st.lists(st.tuples(st.floats(0, 10), st.sampled_from("abc")), max_size=20))
def test_a_file_is_taken_only_when_it_kept_its_stamp_long_enough(walks: list[tuple[float, str]]) -> None:
    settling = Settling(seconds=5)
    now, since, stamp = 0.0, 0.0, ""
    for pause, seen in walks:
        now += pause
        if seen != stamp:
            since, stamp = now, seen
        assert bool(settling.settled([Found("a.pdf", seen)], now)) == (now - since >= 5)


def test_files_that_grow_are_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is written in three parts, each later than a whole file would take to be read."""
    monkeypatch.setattr(Settling.__init__, "__defaults__", (1.0,))
    place, told = tmp_path / "in", Listener()
    place.mkdir()
    write_pdf(place / "old.pdf", 1, [WIDTH])
    stop = threading.Event()

    def drop() -> None:
        content = pdf_bytes(5, pages=2)
        for end in (len(content) // 3, len(content) // 2, len(content)):
            (place / "scan.pdf").write_bytes(content[:end])
            time.sleep(0.6)
        deadline = time.monotonic() + 25
        while "scan.pdf" not in told.files and time.monotonic() < deadline:
            time.sleep(0.1)
        stop.set()

    chosen = msgspec.structs.replace(batch(str(place), str(tmp_path / "out"), 1), watch=True)
    runner = threading.Thread(target=run_batch, args=(chosen, told, stop))
    runner.start()
    drop()
    runner.join(20)
    assert told.files == {"old.pdf": "done", "scan.pdf": "done"}, told.events


def test_trouble_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "FIRST_PAUSE", 0.01)
    (tmp_path / "a.pdf").write_bytes(b"x")
    told, stop, tries = Listener(), threading.Event(), []

    def work(found: list[Found]) -> None:
        tries.append([file.name for file in found])
        if len(tries) < 3:
            raise UnwritableOutput("out", "No space left on device", "free space")
        stop.set()

    watcher = Watcher(Place(str(tmp_path), str(tmp_path / "out")), stop, told)
    watcher._settling = Settling(0)
    watcher._pause = 0.01
    watcher.run(work)
    assert tries == [["a.pdf"]] * 3
    assert sum("No space left" in getattr(event, "message", "") for event in told.events) == 2
