"""``recover.toml``: what a user would else write behind every command.

The first of these is taken: the file that ``--config`` names, ``recover.toml`` here, ``[tool.recover]`` in a
``pyproject.toml`` here, ``recover.toml`` in the user's folder of settings. Options are named as on the command line.
Those at the top hold for every command that has them, those in a table for the command that it is named after
(``[pdf]``, ``[batch.run]``); what is said on the command line goes before both.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from typer.core import TyperArgument, TyperCommand, TyperGroup

from recover.errors import UsageError

NAME = "recover.toml"
Values = dict[str, Any]


def defaults(group: TyperGroup, named: Path | None) -> Values:
    """The defaults of all commands of ``group``; raises UsageError for a file or an option that can't be meant."""
    place, values = _found(named)
    if place is None:
        return {}
    used: set[str] = set()
    made = _of_group(group, values, {}, str(place), used)
    unknown = [name for name, value in values.items() if not isinstance(value, dict) and name not in used]
    if unknown:
        raise _unknown(str(place), unknown[0])
    return made


def _found(named: Path | None) -> tuple[Path | None, Values]:
    if named is not None:
        return named, _read(named)
    if Path(NAME).is_file():
        return Path(NAME), _read(Path(NAME))
    project = Path("pyproject.toml")
    if project.is_file() and (own := _own_table(project)) is not None:
        return project, own
    users = user_config_path("recover", appauthor=False) / NAME
    return (users, _read(users)) if users.is_file() else (None, {})


def _own_table(project: Path) -> Values | None:
    """``[tool.recover]`` of a project's file; a file that is none of ours and can't be read says nothing."""
    try:
        tool = _read(project).get("tool")
    except UsageError:
        return None
    own = tool.get("recover") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def _read(path: Path) -> Values:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(
            str(path), f"is no file of settings ({cause})", "mend it, or name another with --config"
        ) from error


def _of_group(group: TyperGroup, values: Values, common: Values, place: str, used: set[str]) -> Values:
    common = common | {name: value for name, value in values.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in values.items() if isinstance(value, dict)}
    made: Values = {}
    for name, command in group.commands.items():
        own = tables.pop(name, {})
        if isinstance(command, TyperGroup):
            made[name] = _of_group(command, own, common, place, used)
        elif isinstance(command, TyperCommand):
            made[name] = _of_command(command, own, common, place, used)
    if tables:
        raise _unknown(place, next(iter(tables)))
    return made


def _of_command(command: TyperCommand, own: Values, common: Values, place: str, used: set[str]) -> Values:
    options = {
        name.lstrip("-"): option
        for option in command.params
        if not isinstance(option, TyperArgument)
        for name in option.opts
        if name.startswith("--")
    }
    unknown = [name for name in own if name not in options]
    if unknown:
        raise _unknown(place, unknown[0])
    used.update(name for name in common if name in options)
    meant = {name: value for name, value in (common | own).items() if name in options}
    return {str(options[name].name): _as_said(value, options[name].multiple) for name, value in meant.items()}


def _as_said(value: object, multiple: bool) -> object:
    """A value as the command line gives it: a list is a comma-separated text unless the option may be repeated."""
    if multiple:
        return value if isinstance(value, list) else [value]
    return ",".join(map(str, value)) if isinstance(value, list) else value


def _unknown(place: str, name: str) -> UsageError:
    return UsageError(place, f"{name} is no option or command", "name options as on the command line, without dashes")
