from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recover.cli.app import app
from recover.errors import UsageError

runner = CliRunner()


def said(*arguments: str) -> str:
    done = runner.invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_search_prints_paper_section_page_box_and_sentence(library: Path) -> None:
    first, second = said("search", "安全性", str(library), "--limit", "1").splitlines()[:2]
    assert first.split("\t")[:2] == ["als", "肌萎缩侧索硬化的治疗"]
    section, page, box, sentence = second.strip().split("\t")
    assert (section, page, sentence) == ("2 结果", "p. 2", "间充质干细胞»安全性«好。")
    assert len(box.split()) == 4


def test_json_holds_everything(library: Path) -> None:
    found = json.loads(said("search", "stem cell", str(library), "--json"))
    assert {paper["path"] for paper in found["papers"]} == {"als", "mouse", "taiwan"}
    assert found["papers"][0]["hits"][0]["boxes"][0]["page"] in (0, 1)


def test_the_papers_found_are_printed_for_reference_managers(library: Path) -> None:
    table = said("search", "stem cell", str(library), "--formats", "csv").lstrip("\ufeff")
    rows = list(csv.DictReader(table.splitlines()))
    assert {row["title"] for row in rows} >= {"肌萎缩侧索硬化的治疗", "小鼠模型的建立"}
    assert "@article" in said("search", "stem cell", str(library), "--formats", "bib")


def test_who_cites_a_work(library: Path) -> None:
    told = said("search", "林若川 2020", str(library), "--citing")
    assert "干细胞研究" in told
    assert "患者进行性肌无力[1]。" in told


def test_the_hit_is_shown_on_its_page(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    said("search", "安全性", str(library), "--open")
    (address,) = opened
    picture = Path(address.removeprefix("file://"))
    assert picture.read_bytes().startswith(b"\x89PNG")
    picture.unlink()


def test_the_reference_lists_are_merged(library: Path, tmp_path: Path) -> None:
    (work,) = json.loads(said("refs", "merge", str(library)))
    assert (work["papers"], work["csl"]["title"]) == (1, "干细胞研究")
    assert work["copies"][0]["sentences"] == [["肌姜缩侧索硬化是一种神经退行性疾病，患者进行性肌无力[1]。", 0]]
    said("refs", "merge", str(library), "--format", "bib", "-o", str(tmp_path / "all.bib"))
    assert "干细胞研究" in (tmp_path / "all.bib").read_text(encoding="utf-8")


def test_a_concordance_shows_terms_with_sentences(library: Path) -> None:
    told = said("glossary", "concordance", str(library), "mesenchymal")
    assert told.splitlines()[0].startswith("间充质干细胞\tmesenchymal stem cell (MSC)\tpapers: 1")
    assert said("glossary", "concordance", str(library), "senchymal") == ""


@pytest.mark.parametrize(
    "arguments",
    [["--in", "nowhere"], ["--section", "nowhere"], ["--year", "soon"], ["--formats", "docx"]],
)
def test_a_wrong_choice_names_the_right_ones(library: Path, arguments: list[str]) -> None:
    with pytest.raises(UsageError):
        runner.invoke(app, ["search", "stem cell", str(library), *arguments], catch_exceptions=False)
