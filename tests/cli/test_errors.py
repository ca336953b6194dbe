"""What a user meets when a file or a folder is not what it should be: one line, its exit code, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from broken_files import BROKEN, pdf, write_broken

from recover import errors
from recover.errors import RecoverError


def left_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_line_and_leaves_nothing(name: str, recover: Callable, tmp_path: Path) -> None:
    path = write_broken(tmp_path, name)
    outcome = recover("pdf", path, "-o", tmp_path / "out")
    assert outcome.code == 3
    assert outcome.out == ""
    assert len(outcome.err.splitlines()) == 1
    subject, remedy = outcome.err.partition("; ")[::2]
    assert subject.startswith(f"recover: {path}")
    assert BROKEN[name][1] in subject
    assert remedy.strip()
    assert left_in(tmp_path) == {name}


def test_a_missing_file(recover: Callable, tmp_path: Path) -> None:
    outcome = recover("pdf", "nowhere.pdf")
    assert outcome.code == 3
    assert outcome.err.startswith("recover: nowhere.pdf: No such file")
    assert left_in(tmp_path) == set()


def test_a_folder_is_sent_to_batch(recover: Callable, tmp_path: Path) -> None:
    outcome = recover("pdf", tmp_path)
    assert (outcome.code, "recover batch" in outcome.err) == (3, True)


def test_a_wrong_password_is_not_called_none(recover: Callable, tmp_path: Path) -> None:
    path = write_broken(tmp_path, "encrypted.pdf")
    assert "does not open with this password" in recover("pdf", path, "--password", "wrong").err


def test_the_right_password_opens(recover: Callable, tmp_path: Path) -> None:
    path = write_broken(tmp_path, "encrypted.pdf")
    assert recover("pdf", path, "--password", "secret", "-o", "out").code == 0
    assert (tmp_path / "out" / "encrypted" / "document.json").exists()


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "blank.pdf"
    path.write_bytes(pdf((595, 842)))
    return path


def test_one_bad_file_does_not_stop_the_others(recover: Callable, tmp_path: Path, blank: Path) -> None:
    outcome = recover("pdf", write_broken(tmp_path, "empty.pdf"), blank, "-o", "out")
    assert outcome.code == 3
    assert outcome.out.split() == [str(Path("out/blank"))]


def test_one_bad_page_does_not_stop_the_others(recover: Callable, tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(pdf((595, 842), (14400, 14400)))
    assert recover("pdf", path, "-o", "out").code == 0
    strict = recover("pdf", path, "-o", "out", "--strict")
    assert strict.code == 7
    assert "1 problem, see" in strict.err


@pytest.mark.parametrize("out", ["taken", "taken/deeper"])
def test_a_file_in_place_of_the_output_folder(out: str, recover: Callable, tmp_path: Path, blank: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    outcome = recover("pdf", blank, "-o", out)
    assert (outcome.code, len(outcome.err.splitlines())) == (6, 1)
    assert left_in(tmp_path) == {"taken", "blank.pdf"}


def test_a_folder_of_somebody_else_is_not_replaced(recover: Callable, tmp_path: Path, blank: Path) -> None:
    (tmp_path / "out" / "blank").mkdir(parents=True)
    (tmp_path / "out" / "blank" / "thesis.docx").write_text("mine")
    outcome = recover("pdf", blank, "-o", "out")
    assert outcome.code == 6
    assert "did not write" in outcome.err
    assert left_in(tmp_path / "out") == {"blank", "blank/thesis.docx"}


def test_a_file_in_place_of_the_document_is_not_replaced(recover: Callable, tmp_path: Path, blank: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "blank").write_text("mine")
    assert recover("pdf", blank, "-o", "out").code == 6
    assert (tmp_path / "out" / "blank").read_text() == "mine"


def test_a_second_run_replaces_the_first(recover: Callable, tmp_path: Path, blank: Path) -> None:
    assert recover("pdf", blank, "-o", "out").code == 0
    first = left_in(tmp_path)
    assert recover("pdf", blank, "-o", "out", "--formats", "docx").code == 0
    assert recover("pdf", blank, "-o", "out").code == 0
    assert left_in(tmp_path) == first


def test_a_note_beside_the_result_outlives_the_next_run(recover: Callable, tmp_path: Path, blank: Path) -> None:
    assert recover("pdf", blank, "-o", "out").code == 0
    (tmp_path / "out" / "blank" / "note.txt").write_text("mine")
    assert recover("pdf", blank, "-o", "out").code == 0
    assert (tmp_path / "out" / "blank" / "note.txt").read_text() == "mine"


def test_a_result_that_somebody_changed_is_not_replaced(recover: Callable, tmp_path: Path, blank: Path) -> None:
    assert recover("pdf", blank, "-o", "out").code == 0
    (tmp_path / "out" / "blank" / "document.md").write_text("polished")
    outcome = recover("pdf", blank, "-o", "out")
    assert (outcome.code, len(outcome.err.splitlines())) == (6, 1)
    assert (tmp_path / "out" / "blank" / "document.md").read_text() == "polished"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--engine", "abbyy"], "auto, ppocr, tesseract"),
        (["--text-layer", "perhaps"], "auto, keep, ignore"),
        (["--pages", "5-2"], "1-5,8"),
        (["--pages", "x"], "1-5,8"),
        (["--pages", "9"], "has 1 page;"),
        (["--formats", "word"], "docx"),
    ],
)
def test_a_setting_that_cannot_be_meant(arguments: list[str], named: str, recover: Callable, blank: Path) -> None:
    outcome = recover("pdf", blank, "-o", "out", *arguments)
    assert outcome.code == 2
    assert named in outcome.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("batch", "status", "somewhere"), "is not a batch output folder"),
        (("glossary", "export", "als-stem-cell", "-o", "terms.doc"), "unknown glossary format"),
        (("index", "somewhere"), "is not a folder"),
    ],
)
def test_what_an_argument_is_not(arguments: tuple[str, ...], told: str, recover: Callable) -> None:
    outcome = recover(*arguments)
    assert outcome.code in {2, 3}
    assert told in outcome.err


def test_an_unknown_glossary_stops_before_the_first_page(
    recover: Callable, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recover.pipeline.run.read_pages", lambda *arguments: pytest.fail("a page was read"))
    outcome = recover("pdf", blank, "--glossary", "no-such-glossary")
    assert outcome.code == 3
    assert "als-stem-cell" in outcome.err


def test_exit_codes_are_the_documented_ones() -> None:
    codes = {
        kind.__name__: kind.exit_code for kind in RecoverError.__subclasses__() if kind.__module__ == errors.__name__
    }
    assert codes == {
        "UsageError": 2,
        "UnreadableInput": 3,
        "MissingComponent": 4,
        "EngineFailed": 5,
        "UnwritableOutput": 6,
        "ProblemsFound": 7,
        "BatchIncomplete": 8,
    }
    assert all(name in (errors.__doc__ or "") for name in codes)
