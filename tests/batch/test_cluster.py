from pathlib import Path

import pytest

from recover.batch.events import Event
from recover.errors import EngineFailed
from samples.batch.compare import differences
from samples.batch.dask_cluster import Cluster, cluster
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf
from samples.batch.quick_reader import SEGFAULT, SLOW
from tests.batch import driver

pytest.importorskip("distributed")


def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        write_pdf(tmp_path / "in" / f"{number}.pdf", number, [SLOW] * 3)
    write_pdf(tmp_path / "in" / "crash.pdf", 9, [WIDTH, SEGFAULT, WIDTH])
    (tmp_path / "in" / "bad.pdf").write_bytes(pdf_bytes(1)[:100])
    driver.run(tmp_path / "in", tmp_path / "local", 2)
    with cluster(tmp_path / "dask") as workers:
        monkeypatch.setattr(driver.Listener, "tell", killing(workers))
        result, told = driver.run(tmp_path / "in", tmp_path / "out", scheduler=workers.address)
    assert workers.workers[0].returncode == -9
    assert result.files == {"done": 3, "failed": 1, "incomplete": 1}
    assert len(told.pages) == 11
    assert differences(tmp_path / "local", tmp_path / "out") == []


def killing(workers: Cluster) -> object:
    """A listener's method that ends the first worker when the second page is through."""

    def tell(self: driver.Listener, event: Event) -> None:
        self.events.append(event)
        if len(self.pages) == 2 and workers.workers[0].poll() is None:
            workers.kill(0)

    return tell


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recover.batch.cluster.CONNECT_SECONDS", 1)
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH])
    with pytest.raises(EngineFailed, match="no scheduler answers"):
        driver.run(tmp_path / "in", tmp_path / "out", scheduler="tcp://127.0.0.1:1")
