"""Every message of the program has its Chinese, and keeps what stands in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from recover.cli.app import app
from recover.text import messages
from recover.text.messages import in_chinese, language, name_of, names, translated

PACKAGE = Path(messages.__file__).parent.parent
HAN = re.compile("[\u4e00-\u9fff]")
TOLD = frozenset({"message", "remedy", "why", "cause"})
ERRORS = frozenset(
    {"UsageError", "UnreadableInput", "MissingComponent", "EngineFailed", "UnwritableOutput", "OutputTaken", "Misfit"}
)
# What may stand in a message: a number, several things, a word, or what is a message itself.
FILLINGS = ("3", "3 pages", "X", "is encrypted")


def _template(node: ast.expr) -> tuple[str, ...] | None:
    """A text's fixed parts, with its values between them; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [""]
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts[-1] += str(value.value)
        else:
            parts.append("")
    return tuple(parts)


def _messages() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign):
                named = [target.id for target in node.targets if isinstance(target, ast.Name)]
                template = _template(node.value)
                if template and any(name in TOLD or name.startswith("WHY") for name in named):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", template
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [word.value for word in node.keywords if word.arg in TOLD]
            if called in ERRORS:
                # An error's subject is a file, an option or a program: it is named as it is.
                given += node.args[1:] if len(node.args) > 1 else node.args
            for value in given:
                template = _template(value)
                if template and any(re.search("[a-z]{2}", part) for part in template):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", template


def _is_translated(template: tuple[str, ...]) -> bool:
    holes = len(template) - 1
    for values in product(FILLINGS, repeat=holes):
        message = "".join(part + value for part, value in zip(template, (*values, ""), strict=True))
        if HAN.search(in_chinese(message)):
            return True
    return False


# Commands to copy, names of programs and of values are the same in every language.
SAME = re.compile(r"(pip|apt-get) install .*|reader|term|\W*")


def test_every_message_has_its_chinese() -> None:
    found = list(_messages())
    assert len(found) > 250
    lacking = [
        (place, template)
        for place, template in found
        if not SAME.fullmatch("".join(template)) and not _is_translated(template)
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the file is empty", "文件为空"),
        ("in the list but never cited: 4, 7", "文献表中有而文中未引用：4, 7"),
        ("recovered with 1 problem", "已恢复，有1 个问题"),
        ("a paragraph and a table don't merge", "段落与表不能合并"),
        (
            "in 1984年; right with 0.951: reader +0.5, ink -0.9",
            "在“1984年”中；正确的可能为 0.951：识别 +0.5，墨迹 -0.9",
        ),
        ("no such thing was ever told", "no such thing was ever told"),
    ],
)
def test_values_stay_and_messages_in_messages_are_told_too(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese
    assert translated(english, "en") == english


def test_every_template_tells_all_that_it_holds() -> None:
    hole = re.compile(r"\{(\w+)!?\}")
    for _context, english, chinese in messages._entries():
        assert set(hole.findall(english)) == set(hole.findall(chinese)), english


def test_names_stand_in_the_catalogue() -> None:
    assert name_of("field", "container_title", "zh") == "出处"
    assert name_of("field", "unheard-of", "zh") == "unheard-of"
    assert names("decision") == ("none", "keep", "re-read", "reconcile")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "RECOVER_LANG": "en"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_systems(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("RECOVER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


@pytest.fixture
def _own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_LANG", "en")


def _helps(command: object) -> Iterator[str]:
    yield getattr(command, "help", None) or ""
    for param in getattr(command, "params", ()):
        yield getattr(param, "help", None) or ""
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below)


def test_all_help_has_its_chinese() -> None:
    helps = {" ".join(text.split()) for text in _helps(typer.main.get_command(app)) if text}
    assert len(helps) > 100
    assert [text for text in helps if not HAN.search(in_chinese(text))] == []


@pytest.mark.usefixtures("_own_language")
@pytest.mark.parametrize("path", [(), ("pdf",), ("batch",), ("review",), ("glossary", "add")], ids=" ".join)
def test_help_is_told_in_chinese_and_in_english_again(path: tuple[str, ...]) -> None:
    chinese = CliRunner().invoke(app, ["--lang", "zh", *path, "--help"]).stdout
    english = CliRunner().invoke(app, ["--lang", "en", *path, "--help"]).stdout
    assert "选项" in chinese
    assert "显示本说明后退出" in chinese
    assert not HAN.search(english)


@pytest.mark.usefixtures("_own_language")
def test_errors_are_told_in_chinese(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["--lang", "zh", "pdf", str(tmp_path / "none.pdf"), "-o", str(tmp_path)]).output
    assert "没有这个文件或文件夹" in told
    assert "请检查路径及权限" in told
    refused = CliRunner().invoke(app, ["--lang", "fr", "schema"])
    assert "--lang fr" in str(refused.exception)
