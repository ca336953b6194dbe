"""What every command has in common: its help, the names of its options, and what a shell can complete."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from typer.core import TyperGroup
from typer.main import get_command

import recover as package
from recover.cli.app import COMMANDS as OVERVIEW
from recover.cli.app import app
from recover.glossary.exchange.formats import FORMATS
from recover.settings import ENGINES


def every_command(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names that lead to each group and command."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name)


def named(option: str) -> list[tuple[str, ...]]:
    """The commands that have the option."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    found = []
    for path in every_command(root):
        command = root
        for name in path:
            command = command.commands[name]
        found += [path] if any(option in param.opts for param in command.params) else []
    return found


ROOT = get_command(app)
assert isinstance(ROOT, TyperGroup)
COMMANDS = sorted(every_command(ROOT))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_helps_in_two_spellings_and_names_no_type_of_a_switch(
    path: tuple[str, ...], recover: Callable
) -> None:
    short, long = recover(*path, "-h"), recover(*path, "--help")
    assert (short.code, short.out) == (0, long.out)
    assert "-h" in short.out
    assert "<bool>" not in short.out
    assert "parted by" not in short.out


@pytest.mark.parametrize("name", OVERVIEW)
def test_the_overview_says_of_each_command_what_its_help_begins_with(name: str, recover: Callable) -> None:
    assert isinstance(ROOT, TyperGroup)
    told = " ".join((ROOT.commands[name].help or "").split())
    assert told.startswith(OVERVIEW[name][1])
    assert OVERVIEW[name][1].split()[0] in recover("--help").out


def test_the_overview_builds_no_command() -> None:
    code = "import sys; from recover.cli.app import app\ntry: app(['--help'])\nexcept SystemExit: pass\n"
    code += "print(*(name for name in sys.modules if name.startswith('recover.cli.')), file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {*told.stderr.split()} == {"recover.cli.app", "recover.cli.messages", "recover.cli.options"}


def test_outputs_and_glossaries_are_named_alike() -> None:
    assert named("-o") == named("--output")
    assert {("pdf",), ("text",), ("batch", "run"), ("export",), ("refs", "parse"), ("refs", "merge")} <= {*named("-o")}
    assert named("-g") == named("--glossary")
    assert {("pdf",), ("text",), ("batch", "run"), ("index",), ("search",), ("mcp",)} <= {*named("-g")}


def test_output_by_its_former_name(recover: Callable) -> None:
    assert recover("pdf", "nowhere.pdf", "--out", "there").code == 3
    assert "--out " not in recover("pdf", "-h").out


def test_choices_are_shown_in_brackets(recover: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    told = recover("pdf", "-h").out
    assert f"[{'|'.join(ENGINES)}]" in told
    assert "[auto|keep|ignore]" in told
    assert f"[{'|'.join(form.name for form in FORMATS)}]" in recover("glossary", "export", "-h").out
    assert "[csl|bibtex|ris|formatted]" in recover("refs", "parse", "-h").out


def test_the_version(recover: Callable) -> None:
    outcome = recover("--version")
    assert (outcome.code, outcome.out) == (0, f"recover {package.__version__}\n")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("recover gl", ["glossary"]),
        ("recover batch re", ["retry", "report"]),
        ("recover pdf --engine ", [*ENGINES]),
        ("recover pdf --out", ["--output"]),
        ("recover pdf -g als", ["als-stem-cell"]),
        ("recover glossary add -g als", ["als-stem-cell"]),
    ],
)
def test_a_shell_completes(words: str, completed: list[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_RECOVER_COMPLETE": "complete_bash"}
    code = "import sys; sys.argv = ['recover']; from recover.cli.app import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | asked, capture_output=True, text=True, check=False
    )
    assert told.stdout.split() == completed
