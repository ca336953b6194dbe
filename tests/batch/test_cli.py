import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from recover.batch import run as run_module
from recover.batch.events import Finished
from recover.cli.batch import app
from recover.errors import BatchIncomplete, UsageError
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf

ROOT = Path(__file__).parents[2]
root = typer.Typer()
root.add_typer(app, name="batch")


@root.command()
def other() -> None:
    """A second command, so that the first has a name."""


def invoke(*args: str) -> tuple[int, str, BaseException | None]:
    result = CliRunner().invoke(root, ["batch", *args])
    return result.exit_code, result.output, result.exception


@pytest.fixture
def finished(monkeypatch: pytest.MonkeyPatch) -> list[run_module.Batch]:
    """Batches that are only noted, and called done."""
    seen: list[run_module.Batch] = []

    def note(batch: run_module.Batch, view: object) -> Finished:
        seen.append(batch)
        return Finished(files={"done": 1}, pages=1, seconds=1, interrupted=batch.folder == "slow")

    monkeypatch.setattr(run_module, "run_batch", note)
    return seen


@pytest.mark.parametrize(
    "args",
    [
        ["scans", "-o", "out", "--workers", "3", "--retry-failed"],
        ["-o", "out", "scans", "--workers", "3", "--retry-failed"],
        ["run", "scans", "--output", "out", "--workers", "3", "--retry-failed"],
    ],
)
def test_a_folder_needs_no_command(finished: list[run_module.Batch], args: list[str]) -> None:
    assert invoke(*args)[0] == 0
    assert [(b.folder, b.out, b.workers, b.retry_failed, b.watch) for b in finished] == [
        ("scans", "out", 3, True, False)
    ]


def test_interrupted_means_130_and_how_to_go_on(finished: list[run_module.Batch]) -> None:
    code, said, _ = invoke("slow", "-o", "out")
    assert code == 130
    assert "run the same command again" in said


def test_options_reach_the_settings(finished: list[run_module.Batch]) -> None:
    invoke("scans", "-o", "out", "--engine", "tesseract", "-g", "mine", "-g", "his", "--watch", "--json")
    settings = finished[0].settings
    glossaries = ("als-stem-cell", "mine", "his")
    assert (settings.engine, settings.glossaries, finished[0].watch) == ("tesseract", glossaries, True)


@pytest.mark.parametrize(("args", "code"), [([], 0), (["--help"], 0), (["scans"], 2), (["status"], 2)])
def test_usage(args: list[str], code: int) -> None:
    got, said, _ = invoke(*args)
    assert got in {code, 2 if not args else code}
    assert "FOLDER" in said or "OUT" in said or "output" in said


def test_questions_to_an_output(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "good.pdf", 1, [WIDTH])
    (tmp_path / "in" / "bad.pdf").write_bytes(pdf_bytes(2)[:99])
    out = str(tmp_path / "out")
    _, _, error = invoke("status", out)
    assert isinstance(error, UsageError)
    _, _, error = invoke(str(tmp_path / "in"), "-o", out, "--workers", "1")
    assert isinstance(error, BatchIncomplete)
    assert error.exit_code == 8
    assert "recover batch retry" in error.remedy
    assert "files done\t1\nfiles failed\t1\npages read\t1" in invoke("status", out)[1]
    assert '"file":"bad.pdf"' in invoke("report", out, "--json")[1].splitlines()[0]
    (tmp_path / "in" / "bad.pdf").write_bytes(pdf_bytes(2))
    code, _, error = invoke("retry", out, "--json")
    assert (code, error) == (0, None)
    assert invoke("status", out, "--json")[1].count('"done":2') == 1


def test_the_command_line_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'cv2', 'openvino', 'sqlite3', 'dask', 'rich.progress'}"
    code = f"import sys, recover.cli.batch; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.strip() == "[]"
