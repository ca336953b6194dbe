from pathlib import Path

import msgspec
import pytest

from bench.batch.pages import WIDTH, write_pdf
from bench.batch.quick_reader import HANG, MISTAKE, REFUSAL, SEGFAULT
from recover.batch import parallel
from recover.batch.limits import Limits
from recover.batch.parallel import read_pages_in_parallel
from recover.errors import MissingComponent
from recover.model.document import Problem
from recover.model.page import PageReading
from recover.settings import Settings


def read(path: Path, pages: list[int], store: Path, workers: int) -> list[PageReading | Problem]:
    return list(read_pages_in_parallel(path, pages, Settings(), store, workers))


def test_pages_come_in_order_and_the_same_from_one_worker_and_from_three(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH] * 7)
    seen: list[tuple[int, int]] = []
    pages = [0, 2, 1, 6, 4]
    one = read(tmp_path / "a.pdf", pages, tmp_path / "one", 1)
    three = list(
        read_pages_in_parallel(
            tmp_path / "a.pdf", pages, Settings(), tmp_path / "three", 3, progress=lambda *done: seen.append(done)
        )
    )
    assert [page.index for page in three if isinstance(page, PageReading)] == pages
    assert msgspec.msgpack.encode(one) == msgspec.msgpack.encode(three)
    assert len({page.regions[0].lines[0].text for page in one if isinstance(page, PageReading)}) == 5
    assert seen == [(number, 5) for number in range(1, 6)]
    views = [sorted(path.name for path in (tmp_path / name / "pages").iterdir()) for name in ("one", "three")]
    assert views[0] == views[1]
    assert set(views[0]) >= {f"page-{page + 1:04d}.jpg" for page in pages}


def test_pages_that_break_their_reader_become_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "Limits", lambda **_: Limits(page_seconds=2))
    write_pdf(tmp_path / "a.pdf", 2, [WIDTH, SEGFAULT, WIDTH, MISTAKE, REFUSAL, HANG, WIDTH])
    found = read(tmp_path / "a.pdf", list(range(7)), tmp_path / "store", 2)
    assert [type(page) is Problem for page in found] == [False, True, False, True, True, True, False]
    told = [page.message for page in found if isinstance(page, Problem)]
    assert [page.page for page in found if isinstance(page, Problem)] == [1, 3, 4, 5]
    assert "SIGSEGV" in told[0]
    assert "IndexError at quick_reader.py" in told[1]
    assert "does not like this page" in told[2]
    assert "longer than 2 s" in told[3]


def test_a_missing_reader_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_PAGE_READER", "tests.batch.test_parallel:open_nothing")
    write_pdf(tmp_path / "a.pdf", 1, [WIDTH])
    with pytest.raises(MissingComponent, match="no networks"):
        read(tmp_path / "a.pdf", [0], tmp_path, 1)


def open_nothing(settings: Settings) -> object:
    raise MissingComponent("the reader", "there are no networks", "install some")
