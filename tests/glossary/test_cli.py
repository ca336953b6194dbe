import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from recover.cli.glossary import app
from recover.errors import ProblemsFound, UnreadableInput, UnwritableOutput, UsageError
from recover.model.document import Document, Paragraph, Section, Source


def run(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=answers)


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_session(tmp_path: Path) -> None:
    assert (
        said("add", "脊髓", "spinal cord", "--zh-variant", "髓", "--domain", "anatomy")
        == "脊髓\tspinal cord\tanatomy\n"
    )
    said("add", "小鼠", "muose")
    said("edit", "muose", "--en", "mouse")
    assert json.loads(said("show", "mine", "小鼠", "--json"))[0]["en"] == "mouse"
    assert said("find", "xs").startswith("小鼠")
    said("remove", "脊髓")
    assert "脊髓" not in said("show", "mine")
    said("undo")
    assert "脊髓" in said("show", "mine")
    assert said("list").split("\t")[:3] == ["mine", "2 terms", "own"]
    said("edit", "脊髓", "--zh-variant", "")
    assert "zh_variants" not in said("show", "mine", "脊髓")


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "tbx", "tmx", "txt"])
def test_out_and_in_again(ending: str, tmp_path: Path) -> None:
    said("add", "脊髓", "spinal cord")
    file = str(tmp_path / f"out.{ending}")
    said("export", "mine", "-o", file)
    assert said("import", file, "-g", "other").startswith("1 added")
    assert said("show", "other") == said("show", "mine")
    assert said("import", file, "-g", "other").startswith("0 added, 1 there already")


def test_results_and_messages_are_apart(tmp_path: Path) -> None:
    run("add", "脊髓", "spinal cord")
    result = run("add", "脊髓", "medulla")
    assert result.stdout == "脊髓\tmedulla\n"
    assert "clash" in result.stderr


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "脊髓", "spinal cord"), UsageError),
        (("remove", "无此词"), UsageError),
        (("show", "nowhere"), UnreadableInput),
        (("import", "nowhere.csv"), UnreadableInput),
        (("import", "nowhere.pdf"), UsageError),
        (("export", "mine", "-o", "/nowhere/at/all/x.csv"), UnwritableOutput),
        (("suggest", "/nowhere"), UnreadableInput),
    ],
)
def test_errors_keep_their_codes(words: tuple[str, ...], error: type[Exception]) -> None:
    said("add", "脊髓", "spinal cord")
    assert isinstance(run(*words).exception, error)


@pytest.mark.parametrize(
    "words",
    [("edit", "脊髓"), ("import", "a.csv", "--column", "x"), ("add", "甲"), ("add", "甲", "a", "--status", "good")],
)
def test_what_cannot_be_meant_ends_with_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_check_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n干 细胞,stem cell\n小鼠\n", encoding="utf-8")
    result = run("check", str(file))
    assert f"{file}:2: error: space" in result.stdout
    assert f"{file}:3: error: unreadable" in result.stdout
    assert isinstance(result.exception, ProblemsFound)


def folder(tmp_path: Path) -> Path:
    text = "移植嗅鞘细胞(olfactory ensheathing cells, OECs)。给予鞘内注射(intrathecal injection)。嗅鞘细胞。"
    body = Section(id="s", number="", level=1, title="", paragraphs=(Paragraph(text=text, lang="zh"),))
    document = Document(source=Source(name="a", sha256="", pages=1, kind="scan"), sections=(body,))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "document.json").write_bytes(msgspec.json.encode(document))
    return tmp_path / "a"


def test_suggestions_are_accepted_by_number_or_one_by_one(tmp_path: Path) -> None:
    place = str(folder(tmp_path))
    assert (
        said("suggest", place)
        .splitlines()[0]
        .startswith("1\t嗅鞘细胞\tolfactory ensheathing cells (OECs)\tdocuments: 1")
    )
    said("suggest", place, "--accept", "2")
    assert said("show", "mine") == "鞘内注射\tintrathecal injection\n"
    assert run("suggest", place, "--interactive", answers="y\n").exit_code == 0
    assert "嗅鞘细胞" in said("show", "mine")
    assert said("suggest", place) == ""
    assert run("suggest", place, "--accept", "7").exit_code == 2


def test_suggestions_as_a_glossary_file(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    said("suggest", str(folder(tmp_path)), "--csv", str(file))
    assert "嗅鞘细胞" in said("show", str(file))


def test_help_loads_nothing_heavy() -> None:
    heavy = "openpyxl lxml jieba rapidfuzz pypinyin opencc"
    program = f"import sys, recover.cli.glossary; print([m for m in {heavy.split()!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
