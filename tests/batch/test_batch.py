import shutil
from pathlib import Path

import msgspec
import pytest

from recover.batch.run import run_batch
from recover.errors import MissingComponent, UnwritableOutput, UsageError
from recover.settings import Settings
from samples.batch.compare import fingerprint
from samples.batch.drive import batch
from samples.batch.folder import make_folder
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf
from samples.batch.quick_reader import HANG, SEGFAULT
from tests.batch.driver import Listener, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("inputs")
    for number in range(4):
        write_pdf(place / "sub" / f"{number}.pdf", number, [WIDTH] * (number + 1))
    return place


def test_every_good_file_is_delivered_and_every_bad_one_named(tmp_path: Path) -> None:
    wrong = make_folder(tmp_path / "in", 24, seed=3, broken_share=10 / 24)
    result, told = run(tmp_path / "in", tmp_path / "out", 2, page_seconds=2)
    assert len(wrong) == 10
    bad = {name: state for name, state in told.files.items() if name in wrong}
    parts = {"hang", "segfault", "mistake", "glutton"}  # one page of three is bad: the others are delivered
    assert bad == {name: "incomplete" if kind in parts else "failed" for name, kind in wrong.items()}
    assert result.files == {"done": 14, "failed": 6, "incomplete": 4}
    report = (tmp_path / "out" / "batch-report.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in report[1:]] == ["failed"] * 6 + ["incomplete"] * 4 + ["done"] * 14
    assert all(any(name in line for line in report) for name in wrong)
    assert not [path for path in (tmp_path / "out").rglob(".*") if path.name != ".recover"]


def test_only_what_is_new_changed_or_gone_is_done_again(folder: Path, tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(folder, inputs)
    _, first = run(inputs, out)
    assert len(first.pages) == 10
    before = fingerprint(out)

    _, again = run(inputs, out)
    assert (again.pages, again.files) == ([], {})
    assert fingerprint(out) == before

    write_pdf(inputs / "new.pdf", 77, [WIDTH])
    write_pdf(inputs / "sub" / "0.pdf", 78, [WIDTH])
    shutil.copy(inputs / "sub" / "1.pdf", inputs / "copy of 1.pdf")
    shutil.rmtree(out / "sub" / "2")
    (inputs / "sub" / "3.pdf").unlink()
    result, changed = run(inputs, out)
    assert sorted(changed.pages) == [("new.pdf", 1), ("sub/0.pdf", 1)]
    assert sorted(changed.files) == ["copy of 1.pdf", "new.pdf", "sub/0.pdf", "sub/2.pdf"]
    assert result.files == {"done": 5, "gone": 1}
    assert (out / "sub" / "3" / "document.json").exists()
    assert fingerprint(out)["sub/2/document.json"] == before["sub/2/document.json"]


def test_a_changed_glossary_reads_no_page_again(folder: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "own.csv"
    glossary.write_text("zh,en\n干细胞,stem cell\n", "utf-8")
    settings = Settings(formats=("json",), glossaries=(str(glossary),))
    run(folder, tmp_path / "out", settings=settings)
    glossary.write_text("zh,en\n干细胞,trunk cell\n", "utf-8")
    _, told = run(folder, tmp_path / "out", settings=settings)
    assert told.pages == []
    assert sorted(told.files) == [f"sub/{number}.pdf" for number in range(4)]
    assert "trunk cell" in (tmp_path / "out" / "sub" / "3" / "document.json").read_text("utf-8")


def test_damaged_parcels_are_read_again(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    before = fingerprint(tmp_path / "out")
    parcels = sorted((tmp_path / "out" / ".recover" / "pages").rglob("*.page"))
    parcels[0].unlink()
    parcels[4].write_bytes(parcels[4].read_bytes()[:-1])
    _, told = run(folder, tmp_path / "out", settings=Settings(formats=("json", "md"), style="apa"))
    assert len(told.pages) == 2
    assert len(told.files) == 4
    assert fingerprint(tmp_path / "out") == before


def test_failed_pages_are_tried_again_only_when_asked(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH, SEGFAULT])
    write_pdf(tmp_path / "in" / "b.pdf", 2, [HANG])
    _, first = run(tmp_path / "in", tmp_path / "out", page_seconds=1)
    assert first.files == {"a.pdf": "incomplete", "b.pdf": "failed"}
    assert "longer than 1 s" in first.error("b.pdf")
    _, again = run(tmp_path / "in", tmp_path / "out", page_seconds=1)
    assert again.files == {"b.pdf": "failed"}
    assert not [event for event in again.events if type(event).__name__.startswith("Page")]
    _, retried = run(tmp_path / "in", tmp_path / "out", page_seconds=1, retry_failed=True)
    assert retried.files == {"a.pdf": "incomplete", "b.pdf": "failed"}
    assert len([event for event in retried.events if type(event).__name__ == "PageRetried"]) == 2


def test_what_cannot_be_written_ends_the_batch(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UnwritableOutput):
        run(folder, tmp_path / "file" / "out")
    (tmp_path / "out" / ".recover").mkdir(parents=True)
    (tmp_path / "out" / ".recover" / "pages").write_text("no folder either")
    with pytest.raises(UnwritableOutput, match="run the same command again"):
        run(folder, tmp_path / "out")
    (tmp_path / "out" / ".recover" / "pages").unlink()
    result, _ = run(folder, tmp_path / "out")
    assert result.files == {"done": 4}


@pytest.mark.parametrize(
    ("folder_name", "out_name", "said"),
    [("in", "in", "stand in the output"), ("out/in", "out", "stand in the output"), ("other", "taken", "documents of")],
)
def test_folders_that_would_mix(tmp_path: Path, folder_name: str, out_name: str, said: str) -> None:
    for name in (folder_name, "mine", out_name):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    run(tmp_path / "mine", tmp_path / "taken")
    with pytest.raises(UsageError, match=said):
        run(tmp_path / folder_name, tmp_path / out_name)


def test_a_missing_reader_ends_the_batch(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_PAGE_READER", "tests.fence.test_pages:open_nothing")
    with pytest.raises(MissingComponent):
        run(folder, tmp_path / "out")


def test_a_file_that_changes_or_goes_while_it_is_read(tmp_path: Path) -> None:
    place = tmp_path / "in"
    write_pdf(place / "grows.pdf", 1, [WIDTH] * 3)
    write_pdf(place / "goes.pdf", 2, [WIDTH] * 3)

    class Meddler(Listener):
        def tell(self, event: object) -> None:
            super().tell(event)  # type: ignore[arg-type]
            if type(event).__name__ == "Started":
                (place / "goes.pdf").unlink()
                (place / "grows.pdf").write_bytes(pdf_bytes(3, pages=2))

    told = Meddler()
    run_batch(msgspec.structs.replace(batch(str(place), str(tmp_path / "out"), 1)), told)
    assert told.files == {"goes.pdf": "failed", "grows.pdf": "done"}
    assert "No such file" in told.error("goes.pdf")
    assert [page for page in told.pages if page[0] == "grows.pdf"] == [("grows.pdf", 1), ("grows.pdf", 2)]
