"""Options from a file: which file, for which command, and what the command line says goes before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_a_file_here_gives_options_and_the_command_line_goes_before(recover: Callable, tmp_path: Path) -> None:
    Path("recover.toml").write_text('output = "mine"\n[text]\nformats = ["docx", "jats"]\n')
    Path("dump.txt").write_text("干细胞治疗\n1 引言\n干细胞是一类细胞。\n", encoding="utf-8")
    assert recover("text", "dump.txt").code == 0
    assert (tmp_path / "mine" / "dump" / "document.docx").exists()
    assert (tmp_path / "mine" / "dump" / "document.jats.xml").exists()
    assert recover("text", "dump.txt", "-o", "other", "--formats", "html").code == 0
    assert (tmp_path / "other" / "dump" / "document.html").exists()
    assert not (tmp_path / "other" / "dump" / "document.docx").exists()


def test_a_project_file_serves_and_one_that_is_named_goes_before(recover: Callable) -> None:
    Path("pyproject.toml").write_text('[tool.recover]\nengine = "nonsense"\n')
    assert "--engine nonsense" in recover("pdf", "a.pdf").err
    Path("other.toml").write_text('engine = "nothing"\n')
    assert "--engine nothing" in recover("--config", "other.toml", "pdf", "a.pdf").err
    Path("pyproject.toml").write_text("[tool.recover")
    assert recover("schema").code == 0


def test_the_users_own_file_is_the_last_that_is_asked(
    recover: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recover.cli.options.user_config_path", lambda *_, **__: tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "recover.toml").write_text('[pdf]\nengine = "homely"\n')
    assert "--engine homely" in recover("pdf", "a.pdf").err
    Path("recover.toml").write_text('[pdf]\nengine = "nearer"\n')
    assert "--engine nearer" in recover("pdf", "a.pdf").err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("engin = 1", "engin is no option or command"),
        ("[pdff]", "pdff is no option or command"),
        ("[pdf]\nspeed = 3", "speed is no option or command"),
        ("[pdf", "is no file of settings"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(recover: Callable, content: str, told: str) -> None:
    Path("recover.toml").write_text(content)
    outcome = recover("doctor")
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("recover: recover.toml: ")
    assert told in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_file_that_is_named_and_missing_is_an_error(recover: Callable) -> None:
    outcome = recover("--config", "nowhere.toml", "doctor")
    assert (outcome.code, "nowhere.toml" in outcome.err) == (2, True)


def test_options_of_commands_inside_groups(recover: Callable) -> None:
    Path("recover.toml").write_text("[glossary.find]\nlimit = 1\n[glossary]\njson = true\n")
    outcome = recover("glossary", "find", "stem cell")
    assert outcome.code == 0
    assert outcome.out.strip().startswith("[")
    assert outcome.out.count('"form"') == 1
