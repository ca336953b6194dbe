"""What ``-q`` leaves out and ``-v`` adds: results and errors are told in any case."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from broken_files import pdf, write_broken

from recover.batch.events import Event, FileDone, Finished, PageDone, PageRetried, Started, Trouble
from recover.batch.views import LineView, PagesView, TroubleView


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two blank pages and one that is too large to be read."""
    path = tmp_path / "mixed.pdf"
    path.write_bytes(pdf((595, 842), (595, 842), (14400, 14400)))
    return path


def test_quiet_leaves_progress_and_account_out(mixed: Path, recover: Callable) -> None:
    usual, quiet = recover("pdf", mixed, "-o", "out"), recover("pdf", mixed, "-o", "out", "-q")
    assert (usual.code, quiet.code, quiet.out) == (0, 0, usual.out)
    assert "page 1 of 3" in usual.err
    assert "0 characters" in usual.err
    assert quiet.err == f"{mixed}: 1 problem, see {Path('out/mixed/report.html')}\n"


def test_verbose_tells_each_problem_with_its_page_and_remedy(mixed: Path, recover: Callable) -> None:
    *_, last = recover("pdf", mixed, "-o", "out", "--verbose").err.splitlines()
    assert last.startswith(f"{mixed}: page 3: ")
    assert "; " in last


def test_errors_are_told_to_the_quiet(tmp_path: Path, recover: Callable) -> None:
    outcome = recover("pdf", write_broken(tmp_path, "empty.pdf"), "--quiet")
    assert (outcome.code, len(outcome.err.splitlines())) == (3, 1)


@pytest.mark.parametrize("command", [("pdf", "a.pdf"), ("text", "a.txt"), ("index", "."), ("batch", "in", "-o", "out")])
def test_less_and_more_at_once_cannot_be_meant(command: tuple[str, ...], recover: Callable) -> None:
    outcome = recover(*command, "-q", "-v")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)


EVENTS: tuple[Event, ...] = (
    Started(files=1, todo=1),
    PageRetried(file="a.pdf", page=2, error="killed"),
    PageDone(file="a.pdf", page=1, confidence=0.9876, seconds=1.25),
    PageDone(file="a.pdf", page=2, error="killed"),
    FileDone(file="a.pdf", state="incomplete", confidence=0.9876, problems=1, missing=1, error="killed"),
    FileDone(file="b.pdf", state="done"),
    Trouble(message="the disk is full"),
    Finished(files={"done": 1, "incomplete": 1}, pages=1, seconds=3),
)
ATTENTION = [
    "a.pdf: page 2 is tried again: killed",
    "a.pdf: incomplete, confidence 0.988, 1 problem, 1 page missing (killed)",
    "the disk is full",
]


def lines(view: type[LineView | TroubleView]) -> list[str]:
    stream = io.StringIO()
    shown = view(stream)
    for event in EVENTS:
        shown.tell(event)
    return stream.getvalue().splitlines()


def test_a_quiet_batch_tells_what_needs_attention() -> None:
    assert lines(TroubleView) == ATTENTION


def test_a_verbose_batch_tells_every_page() -> None:
    usual, verbose = lines(LineView), lines(PagesView)
    assert usual[0] == "1 file, 1 to do"
    assert usual[-1] == "1 done, 1 incomplete; 1 page read in 3 s"
    added = [line for line in verbose if line not in usual]
    assert added == ["a.pdf: page 1 read, confidence 0.988, 1.2 s", "a.pdf: page 2 failed: killed"]
