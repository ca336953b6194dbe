"""A file's pages, read in fenced processes: in order, whole, and the bad ones told."""

from pathlib import Path

import numpy as np
import pytest

from recover.errors import MissingComponent, UnreadableInput
from recover.pipeline.run import recover_file
from recover.settings import Limits, Settings
from samples.batch.compare import differences
from samples.batch.pages import WIDTH, write_pdf
from samples.batch.quick_reader import HANG, MISTAKE, REFUSAL, SEGFAULT


def test_pages_come_in_order_and_the_same_from_one_worker_and_from_three(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH] * 7)
    seen: list[tuple[int, int]] = []
    pages = (0, 1, 2, 4, 6)
    one = recover_file(tmp_path / "a.pdf", tmp_path / "one" / "a", Settings(threads=1, pages=pages))
    three = recover_file(
        tmp_path / "a.pdf",
        tmp_path / "three" / "a",
        Settings(threads=3, pages=pages),
        lambda *done: seen.append(done),
    )
    assert [page.number for page in three.pages] == list(pages)
    assert one == three
    assert not differences(tmp_path / "one", tmp_path / "three")
    assert seen == [(number, 5) for number in range(1, 6)]


def test_pages_that_break_their_reader_become_problems(tmp_path: Path) -> None:
    limits = Limits(page_seconds=2)
    write_pdf(tmp_path / "a.pdf", 2, [WIDTH, SEGFAULT, WIDTH, MISTAKE, REFUSAL, HANG, WIDTH])
    document = recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", Settings(threads=2, limits=limits))
    assert [page.number for page in document.pages] == [0, 2, 6]
    told = {problem.page: problem.message for problem in document.problems if problem.stage == "acquire"}
    assert sorted(told, key=lambda page: page or 0) == [1, 3, 4, 5]
    assert "SIGSEGV" in told[1]
    assert "IndexError at quick_reader.py" in told[3]
    assert "does not like this page" in told[4]
    assert "longer than 2 s" in told[5]


def test_what_the_caller_once_held_is_not_held_against_a_page(tmp_path: Path) -> None:
    held = np.ones((600, 2**17))  # 600 MB: more than a worker may hold, and let go again
    del held
    write_pdf(tmp_path / "a.pdf", 2, [WIDTH, SEGFAULT])
    document = recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", Settings(limits=Limits(memory_mb=500)))
    assert any("SIGSEGV" in problem.message for problem in document.problems)


def test_a_missing_reader_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_PAGE_READER", "tests.fence.test_pages:open_nothing")
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH])
    with pytest.raises(MissingComponent, match="no networks"):
        recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", Settings())
    assert not (tmp_path / "out").exists()


def open_nothing(settings: Settings) -> object:
    raise MissingComponent("the reader", "there are no networks", "install some")


def test_more_pages_than_allowed_are_refused_unless_some_are_chosen(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH] * 4)
    settings = Settings(limits=Limits(pages=3))
    with pytest.raises(UnreadableInput, match=r"4 pages, over the limit of 3; .*--limits pages="):
        recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", settings)
    chosen = Settings(limits=Limits(pages=3), pages=(0, 3))
    assert len(recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", chosen).pages) == 2


def test_results_over_the_limit_are_refused(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH] * 60)
    with pytest.raises(UnreadableInput, match="over the limit of 1 MB"):
        recover_file(tmp_path / "a.pdf", tmp_path / "out" / "a", Settings(limits=Limits(output_mb=1)))
    assert not (tmp_path / "out").exists()
