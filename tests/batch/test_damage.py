"""Damaged ledgers heal, and files that are none or can't be opened cost only themselves."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pikepdf
import pytest

from recover.batch.events import Trouble
from recover.batch.rebuild import ASIDE, find_damage
from recover.batch.run import status
from recover.errors import OutputTaken, UnwritableOutput
from samples.batch.compare import differences, fingerprint
from samples.batch.pages import WIDTH, write_pdf
from tests.batch.driver import run


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """An output with three documents, two of the same stem."""
    for seed, name in enumerate(("a.pdf", "sub/b.pdf", "sub/a.pdf")):
        write_pdf(tmp_path / "in" / name, seed, [WIDTH] * 2)
    write_pdf(tmp_path / "in" / "a.PDF", 9, [WIDTH])
    run(tmp_path / "in", tmp_path / "out")
    return tmp_path / "out"


def spoil(path: Path, seed: int) -> None:
    content, chance = bytearray(path.read_bytes()), random.Random(seed)
    if seed % 3 == 0:
        del content[chance.randrange(len(content)) :]
    else:
        at = chance.randrange(len(content))
        content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_with_any_byte_changed_is_rebuilt_and_that_is_said(done: Path, seed: int) -> None:
    before = fingerprint(done)
    spoil(done / ".recover" / "ledger.sqlite", seed)
    result, told = run(done.parent / "in", done)
    assert any("rebuilt from the folders" in event.message for event in told.events if isinstance(event, Trouble))
    assert (done / ".recover" / ASIDE).exists()
    assert (result.files, result.pages) == ({"done": 4}, 7)
    assert fingerprint(done) == before
    assert run(done.parent / "in", done)[0].pages == 0


def test_impossible_values_are_damage_where_no_sum_is_left(done: Path) -> None:
    import sqlite3

    (done / ".recover" / "ledger.sum").unlink()
    assert find_damage(done / ".recover") == ""
    with sqlite3.connect(done / ".recover" / "ledger.sqlite") as database:
        database.execute("UPDATE files SET target = '../elsewhere' WHERE name = 'a.pdf'")
    assert "impossible" in find_damage(done / ".recover")


def test_the_status_of_a_damaged_ledger_names_the_way_out(done: Path) -> None:
    (done / ".recover" / "ledger.sqlite").write_bytes(b"no ledger at all" * 300)
    with pytest.raises(UnwritableOutput, match="run the batch again"):
        status(str(done))


def test_pipes_are_told_and_nobody_waits_for_them(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH])
    os.mkfifo(tmp_path / "in" / "pipe.pdf")
    os.mkfifo(tmp_path / "in" / "nameless")
    result, _ = run(tmp_path / "in", tmp_path / "out")
    assert result.files == {"done": 1, "failed": 1}
    report = (tmp_path / "out" / "batch-report.csv").read_text("utf-8-sig")
    assert "pipe or a device" in report


def test_one_odd_file_costs_no_other(tmp_path: Path) -> None:
    for name in ("a", "c", "d"):
        write_pdf(tmp_path / "in" / f"{name}.pdf", ord(name), [WIDTH] * 2)
    with pikepdf.open(tmp_path / "in" / "a.pdf") as pdf:
        pdf.save(tmp_path / "in" / "b.pdf", compress_streams=False)
    content = (tmp_path / "in" / "b.pdf").read_bytes()
    box = content.index(b"/MediaBox [")
    end = content.index(b"]", box)
    odd = b"/MediaBox [nan inf 595 x".ljust(end - box)
    (tmp_path / "in" / "b.pdf").write_bytes(content[:box] + odd + content[end:])
    _, told = run(tmp_path / "in", tmp_path / "out")
    assert {name: told.files[name] for name in ("a.pdf", "c.pdf", "d.pdf")} == dict.fromkeys(
        ("a.pdf", "c.pdf", "d.pdf"), "done"
    )


def test_an_edited_document_fails_alone_and_keeps_its_edits(done: Path) -> None:
    (done / "a.pdf" / "document.md").write_text("polished by hand")
    write_pdf(done.parent / "in" / "a.pdf", 77, [WIDTH])
    write_pdf(done.parent / "in" / "sub" / "b.pdf", 78, [WIDTH])
    _, told = run(done.parent / "in", done)
    assert told.files == {"a.pdf": "failed", "sub/b.pdf": "done"}
    assert "was changed since" in told.error("a.pdf")
    assert (done / "a.pdf" / "document.md").read_text() == "polished by hand"


def test_a_report_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "batch-report.csv").write_text("my own table")
    with pytest.raises(OutputTaken):
        run(tmp_path / "in", tmp_path / "out")
    assert (tmp_path / "out" / "batch-report.csv").read_text() == "my own table"


def test_two_runs_and_two_workers_make_the_same_bytes(done: Path, tmp_path: Path) -> None:
    run(done.parent / "in", tmp_path / "again", 2)
    shutil.rmtree(tmp_path / "again" / ".recover")
    assert not differences(done, tmp_path / "again")
