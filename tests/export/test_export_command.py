import shutil
from pathlib import Path

import docx
import msgspec
import pikepdf
import pytest
import typer
from typer.testing import CliRunner

from recover.api import export_folder
from recover.cli.export import export
from recover.cli.options import split_names
from recover.errors import UnreadableInput, UsageError
from recover.export.formats import file_hash
from recover.model.document import Document

app = typer.Typer()
app.command()(export)


@pytest.fixture
def recovered(tmp_path: Path, paper: Document) -> Path:
    """A recovered folder beside its original."""
    original = tmp_path / "paper.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.add_blank_page(page_size=(842, 595))
        pdf.save(original)
    source = msgspec.structs.replace(paper.source, sha256=file_hash(original))
    place = tmp_path / "out" / "paper"
    (place / "figures").mkdir(parents=True)
    (place / "figures" / "f1.png").write_bytes(b"x")
    (place / "document.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(paper, source=source)))
    return place


def test_more_formats_are_written_into_the_folder(recovered: Path) -> None:
    result = CliRunner().invoke(app, [str(recovered), "--formats", "jats, alto,pdf"])
    assert result.exit_code == 0, result.output
    written = ["document.jats.xml", "alto.xml", "searchable.pdf"]
    assert sorted(result.output.split()) == sorted(str(recovered / name) for name in written)
    assert all((recovered / name).stat().st_size for name in written)
    assert not list(recovered.glob(".*"))


def test_another_folder_gets_the_files_and_the_pictures_they_link(recovered: Path, tmp_path: Path) -> None:
    export_folder(recovered, ["md", "html"], target=tmp_path / "elsewhere")
    made = {path.relative_to(tmp_path / "elsewhere").as_posix() for path in (tmp_path / "elsewhere").rglob("*.*")}
    assert made == {"document.md", "document.html", "figures/f1.png", "recover-manifest.json"}
    assert not (recovered / "document.html").exists()


def test_the_style_reaches_the_reference_list(recovered: Path) -> None:
    chinese = export_folder(recovered, ["refs"], style="gb-t-7714")[0].read_text("utf-8")
    vancouver = export_folder(recovered, ["refs"], style="vancouver")[0].read_text("utf-8")
    assert "[J" in chinese
    assert "[J" not in vancouver
    assert "2020;3(2)" in vancouver


def test_the_abstracts_of_a_word_document_are_set_as_asked(recovered: Path) -> None:
    def tables(*options: str) -> int:
        result = CliRunner().invoke(app, [str(recovered), "--formats", "docx", *options])
        assert result.exit_code == 0, result.output
        return len(docx.Document(str(recovered / "document.docx")).tables)

    assert tables() == tables("--abstracts", "text") + 1
    assert CliRunner().invoke(app, [str(recovered), "--formats", "docx", "--abstracts", "odd"]).exit_code == 2


def test_what_cannot_be_done_is_told(recovered: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such format"):
        export_folder(recovered, ["odt"])
    with pytest.raises(UnreadableInput):
        export_folder(tmp_path / "none", ["md"])
    (recovered.parent.parent / "paper.pdf").unlink()
    with pytest.raises(UsageError, match="--source"):
        export_folder(recovered, ["pdf"])
    result = CliRunner().invoke(app, [str(recovered), "--formats", "odt"])
    assert result.exit_code == 2


def test_formats_are_parted_by_commas_of_either_kind() -> None:
    assert split_names("docx, jats，,html") == ("docx", "jats", "html")


def test_a_folder_of_recovered_folders_stands_for_each_of_them(recovered: Path, tmp_path: Path) -> None:
    other = recovered.parent / "1999" / "letters"
    shutil.copytree(recovered, other)
    shutil.copytree(recovered, recovered.parent / ".draft")
    result = CliRunner().invoke(app, [str(recovered.parent), "--formats", "jats"])
    assert result.exit_code == 0, result.output
    assert result.output.split() == [str(folder / "document.jats.xml") for folder in (other, recovered)]
    assert (
        CliRunner().invoke(app, [str(recovered.parent), "--formats", "jats", "-o", str(tmp_path / "x")]).exit_code == 0
    )
    made = {path.relative_to(tmp_path / "x").as_posix() for path in (tmp_path / "x").rglob("*.xml")}
    assert made == {"paper/document.jats.xml", "1999/letters/document.jats.xml"}


def test_a_folder_without_a_recovered_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(app, [str(tmp_path / "empty"), "--formats", "jats"])
    assert result.exit_code == 3
    assert "empty" in result.output
