"""What killed processes left in an output is gone after the next run, and nothing else is."""

from pathlib import Path

import pytest

from bench.batch.compare import fingerprint
from bench.batch.pages import WIDTH, write_pdf
from recover.batch.sweep import sweep_output
from tests.batch.driver import run


def leave(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "document.json").write_text("half")


def test_the_next_run_removes_what_the_dead_left(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_pdf(tmp_path / "in" / "sub" / "a.pdf", 1, [WIDTH])
    write_pdf(tmp_path / "in" / "gone.pdf", 2, [WIDTH])
    run(tmp_path / "in", out)
    before = fingerprint(out)
    (tmp_path / "in" / "gone.pdf").unlink()
    leave(out / "sub" / ".a-abcd_123.part")
    leave(out / ".gone-x1y2z3_w.part")
    (out / ".batch-report.csv-abcdefgh.part").write_text("half")
    foreign = [out / "sub" / ".own-abcdefgh.part", out / ".a-b.part", out / "a-abcdefgh.part"]
    for path in foreign:
        path.write_text("not ours")
    run(tmp_path / "in", out)
    assert fingerprint(out).keys() - before.keys() == {path.relative_to(out).as_posix() for path in foreign}


def test_half_written_parcels_go_when_their_file_is_read_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH] * 2)
    run(tmp_path / "in", out)
    (parcel, _) = sorted((out / ".recover" / "pages").rglob("*.page"))
    parcel.rename(parcel.with_name(f".{parcel.name}-abcdefgh.part"))
    (out / "a" / "document.json").unlink()
    (out / "a").rename(tmp_path / "moved")
    run(tmp_path / "in", out)
    assert [path.name for path in sorted(parcel.parent.iterdir())] == ["00001.page", "00002.page"]


@pytest.mark.parametrize("new_stands", [True, False])
def test_a_document_that_was_set_aside_comes_back_unless_its_successor_stands(tmp_path: Path, new_stands: bool) -> None:
    aside = tmp_path / "sub" / ".a-abcdefgh.old" / "a"
    leave(aside)
    (aside / "review.jsonl").write_text("what a person said")
    if new_stands:
        (tmp_path / "sub" / "a").mkdir()
    sweep_output(tmp_path, ["sub/a", "never/made"])
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["a"]
    assert (tmp_path / "sub" / "a" / "review.jsonl").exists() is not new_stands
