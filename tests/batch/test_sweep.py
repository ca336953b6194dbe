"""What killed processes left in an output is gone after the next run, and nothing else is."""

import fcntl
from pathlib import Path

from samples.batch.compare import fingerprint
from samples.batch.pages import WIDTH, write_pdf
from tests.batch.driver import run


def leave(draft: Path, target: str) -> None:
    """A draft as a killed process leaves it."""
    (draft / "new").mkdir(parents=True)
    (draft / "lock").write_text(target)
    (draft / "new" / "document.json").write_text("half")


def test_the_next_run_removes_what_the_dead_left(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_pdf(tmp_path / "in" / "sub" / "a.pdf", 1, [WIDTH])
    write_pdf(tmp_path / "in" / "gone.pdf", 2, [WIDTH])
    run(tmp_path / "in", out)
    before = fingerprint(out)
    (tmp_path / "in" / "gone.pdf").unlink()
    leave(out / "sub" / ".recover-abcd_123.part", "a")
    leave(out / ".recover-x1y2z3_w.part", "gone")
    leave(out / ".recover-abcdefgh.part", "recover-manifest.json")
    foreign = [out / "sub" / ".own-abcdefgh.part", out / ".a-b.part", out / "recover-abcdefgh.part"]
    for path in foreign:
        path.write_text("not ours")
    run(tmp_path / "in", out)
    assert not list(out.rglob(".recover-*"))
    assert fingerprint(out).keys() - before.keys() == {path.relative_to(out).as_posix() for path in foreign}


def test_a_draft_that_somebody_holds_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH])
    leave(out / ".recover-abcd_123.part", "a")
    with (out / ".recover-abcd_123.part" / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(tmp_path / "in", out)
        assert (out / ".recover-abcd_123.part" / "new" / "document.json").exists()
    assert (out / "a" / "document.json").exists()


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
