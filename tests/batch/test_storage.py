"""Inputs and outputs by address: fsspec's local files stand in for an object store."""

from pathlib import Path

import pytest

from samples.batch.compare import differences
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf
from tests.batch import driver

pytest.importorskip("fsspec")


def test_a_run_on_addresses_equals_one_on_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recover.batch.walk.user_data_path", lambda *_, **__: tmp_path / "user")
    write_pdf(tmp_path / "in" / "论文" / "a.pdf", 1, [WIDTH] * 2)
    write_pdf(tmp_path / "in" / "b.pdf", 2, [WIDTH])
    (tmp_path / "in" / "bad.pdf").write_bytes(pdf_bytes(1)[:100])
    (tmp_path / "in" / ".hidden.pdf").write_bytes(b"x")
    driver.run(tmp_path / "in", tmp_path / "local")
    address = f"file://{tmp_path}"
    result, _ = driver.run(f"{address}/in", f"{address}/remote")  # type: ignore[arg-type]
    assert result.files == {"done": 2, "failed": 1}
    assert differences(tmp_path / "local", tmp_path / "remote") == []
    assert not (tmp_path / "remote" / ".recover" / "ledger.sqlite").exists()
    assert list((tmp_path / "user" / "batches").rglob("ledger.sqlite"))
    _, again = driver.run(f"{address}/in", f"{address}/remote")  # type: ignore[arg-type]
    assert (again.pages, again.files) == ([], {"bad.pdf": "failed"})
