import json
from pathlib import Path

import pytest
import typer
from strings import GBT, VANCOUVER
from typer.testing import CliRunner

from recover.cli.refs import refs
from recover.errors import ProblemsFound, UnreadableInput, UnwritableOutput

app = typer.Typer()
app.command()(refs)
TEXT = "\n\n".join(raw for raw, _ in VANCOUVER + GBT) + "\nnothing here\n"


def run(*options: str, text: str | None = None) -> bytes:
    found = CliRunner().invoke(app, list(options), input=text, catch_exceptions=False)
    assert found.exit_code == 0
    return found.stdout_bytes


def test_a_line_gives_an_item_in_order(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("\ufeff" + TEXT, "utf-8")
    run(str(tmp_path / "in.txt"), "-o", str(tmp_path / "out.json"))
    lines = (tmp_path / "out.json").read_text("utf-8").splitlines()
    items = json.loads("\n".join(lines))
    assert len(lines) == len(items) + 2 == len(VANCOUVER + GBT) + 3
    assert [item["title"] for item in items[:-1]] == [true[1] for _, true in VANCOUVER + GBT]
    assert "nothing here" in items[-1]["note"]
    assert list(tmp_path.glob("*.partial")) == []


def test_standard_input_and_output() -> None:
    assert json.loads(run("-", text=TEXT))[0]["container-title"] == "Nature"
    assert json.loads(run("-", text="")) == []


@pytest.mark.parametrize(
    ("form", "sign"), [("bibtex", b"@article{watson1953,"), ("ris", b"TY  - JOUR"), ("formatted", b"[1] WATSON J D")]
)
def test_other_formats(form: str, sign: bytes) -> None:
    assert run("-", "--format", form, text="WATSON JD, CRICK FH. Acids. Nature 1953; 171: 737-738.").startswith(sign)


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        CliRunner().invoke(app, [str(tmp_path / "none.txt")], catch_exceptions=False)
    (tmp_path / "in.txt").write_text("x")
    with pytest.raises(UnwritableOutput):
        CliRunner().invoke(app, [str(tmp_path / "in.txt"), "-o", str(tmp_path / "no" / "out")], catch_exceptions=False)


def test_doubtful_lines_are_told_with_their_numbers(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("WATSON JD. Acids. Nature 1953; 171: 737-738.\n\nsee you there on the next day\n", "utf-8")
    found = CliRunner().invoke(app, [str(source)], catch_exceptions=False)
    assert found.exit_code == 0
    assert "line 3" in found.stderr
    assert "line 1" not in found.stderr
    with pytest.raises(ProblemsFound, match="1 reference fits no style"):
        CliRunner().invoke(app, [str(source), "--strict"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("style", "begin"),
    [
        ("gb-t-7714", "[1] SMITH J. Rivers[PP/OL]"),
        ("gb-t-7714-2025", "[1] Smith J. Rivers[PP/OL]"),
        ("ieee", "[1] J. Smith, “Rivers”"),
    ],
)
def test_a_list_in_a_style(tmp_path: Path, style: str, begin: str) -> None:
    source = tmp_path / "in.ris"
    source.write_text(
        "TY  - UNPB\nAU  - Smith, J.\nTI  - Rivers\nPY  - 2020\nUR  - https://arxiv.org/abs/2\nER  - \n", "utf-8"
    )
    text = run(str(source), "--style", style).decode()
    assert text.startswith(begin if style != "gb-t-7714" else "[1] SMITH J. Rivers[A/OL]")
