"""Imports run one way, stages know neither each other nor an engine, and start-up imports no engine."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "recover"
# Lines of a file that one reads at a sitting.
LONGEST_FILE = 400

# From the ground up: a module may import what stands on its own level or below.
LEVELS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "version",
            "errors",
            "model",
            "settings",
            "drafts",
        }
    ),
    frozenset({"text", "lexicon"}),
    frozenset({"glossary"}),
    frozenset({"stages", "engines", "export"}),
    # What a fenced process is asked to do, and who watches it.
    frozenset({"fence"}),
    # The recipes: what puts stages, engines and exporters together.
    frozenset({"pipeline", "doctor", "text_dump"}),
    # Processes that run the recipes, and batches of files that are given to them.
    frozenset({"worker", "search"}),
    frozenset({"batch"}),
    frozenset({"review", "mcp_server"}),
    frozenset({"api", "fenced_export", "__init__"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
# The three neighbours of one level that must not know each other.
APART = frozenset({"stages", "engines", "export"})
# A text dump has no pages: this folder is a recipe, which calls the stage that reads references.
RECIPES_AMONG_STAGES = frozenset({"text_dump"})
HEAVY = ("cv2", "openvino", "numpy", "pdfplumber", "pypdfium2", "jieba", "PIL", "lxml")


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every import from this package, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "recover":
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] == "recover")


def _part(name: str) -> str:
    """The package's part a module belongs to: ``stages`` for ``recover.stages.order``."""
    parts = [*name.split("."), "__init__"]
    if parts[1] == "stages" and parts[2] in RECIPES_AMONG_STAGES:
        return parts[2]
    return parts[1] if any(parts[1] in level for level in LEVELS) else "__init__"


def _level(name: str) -> int:
    return next(index for index, level in enumerate(LEVELS) if _part(name) in level)


def _stage(name: str) -> str | None:
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "stages" else None


@functools.lru_cache
def _edges() -> tuple[tuple[str, str, str], ...]:
    return tuple(_all_edges())


def _all_edges() -> Iterator[tuple[str, str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, target in _imports(path):
            yield f"{path.relative_to(PACKAGE.parent)}:{line}", _name(path), target


def test_every_part_has_its_level() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts <= frozenset().union(*LEVELS)


def test_imports_run_one_way() -> None:
    wrong = [f"{place} imports {target}" for place, source, target in _edges() if _level(target) > _level(source)]
    assert not wrong, "\n".join(wrong)


def test_no_module_imports_itself_round_about() -> None:
    """Circles: module by module, and between the parts of the package."""
    modules: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for _, source, target in _edges():
        module = target if _path(target) else target.rpartition(".")[0]
        modules.setdefault(source.removesuffix(".__init__"), set()).add(module)
        if _part(source) != _part(target):
            parts.setdefault(_part(source), set()).add(_part(target))
    assert _circle(modules) == []
    assert _circle(parts) == []


def _path(name: str) -> bool:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def _circle(arrows: dict[str, set[str]]) -> list[str]:
    """The nodes of arrows that lead into or out of no end: those that are left when ends are taken away."""
    left = {source: set(targets) for source, targets in arrows.items()}
    while True:
        ends = {node for node, targets in left.items() if not targets & left.keys()}
        if not ends:
            return sorted(left)
        left = {node: targets for node, targets in left.items() if node not in ends}


def test_stages_engines_and_exporters_do_not_know_each_other() -> None:
    wrong = [
        f"{place} imports {target}"
        for place, source, target in _edges()
        if _part(source) in APART and _part(target) in APART and _part(source) != _part(target)
    ]
    assert not wrong, "\n".join(wrong)


def test_stages_do_not_import_each_other() -> None:
    wrong = [
        f"{place} imports {target}"
        for place, source, target in _edges()
        if _stage(source)
        and _stage(target)
        and _stage(source) != _stage(target)
        and _stage(source) not in RECIPES_AMONG_STAGES
    ]
    assert not wrong, "\n".join(wrong)


def test_model_knows_no_pictures_but_its_raster() -> None:
    """Plain data crosses process borders; numpy is for the one struct that holds pixels."""
    wrong = [
        path.name
        for path in (PACKAGE / "model").glob("*.py")
        if path.name != "raster.py" and "numpy" in path.read_text(encoding="utf-8")
    ]
    assert not wrong


@pytest.mark.parametrize("arguments", [["--help"], ["pdf", "--help"], ["schema"]])
def test_start_up_imports_no_engine(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom recover.cli.app import main\n"
        f"sys.argv = ['recover', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(','.join(sorted(set({HEAVY!r}) & set(sys.modules))), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == ""
    assert done.stdout


def test_no_file_is_too_long_and_no_name_stands_twice_in_one() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named = [name for node in ast.parse(source).body for name in _names(node)]
        wrong += [f"{path.name}: {name} stands twice" for name in set(named) if named.count(name) > 1]
        wrong += [f"{path.name} is long"] if source.count("\n") > LONGEST_FILE else []
    assert not wrong, "\n".join(wrong)


def _names(node: ast.stmt) -> list[str]:
    """What a statement at the top of a file defines; a later definition of the same name would silently win."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []
