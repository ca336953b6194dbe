"""Options that mean the same in every command that has them, and are written the same."""

from __future__ import annotations

import copy
import tomllib
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from platformdirs import user_config_path
from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from recover.errors import UsageError
from recover.settings import ENGINES, PRECISIONS, TEXT_LAYERS
from recover.text.messages import translated

if TYPE_CHECKING:
    from collections.abc import Iterable


def glossary_names() -> list[str]:
    """What a shell completes after ``-g``."""
    from recover.glossary import places

    return list(places.names())


OutputFolder = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FOLDER", help="The folder that gets a folder for each file."),
]
Glossaries = Annotated[
    list[str] | None,
    typer.Option(
        "--glossary",
        "-g",
        metavar="NAME",
        autocompletion=glossary_names,
        help="A glossary's name or file, besides the shipped ones; may be repeated.",
    ),
]
Formats = Annotated[
    str,
    typer.Option("--formats", metavar="NAME,…", help="More formats, comma-separated, like docx,jats,html,pdf."),
]
# Plain texts and no enums: what cannot be meant is told in one line, as every error is.
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar=f"[{'|'.join(ENGINES)}]",
        autocompletion=lambda: list(ENGINES),
        help="What reads the print; auto is ppocr, the most exact on Chinese. 'recover doctor' says which are there.",
    ),
]
TextLayer = Annotated[
    str,
    typer.Option(
        "--text-layer",
        metavar=f"[{'|'.join(TEXT_LAYERS)}]",
        autocompletion=lambda: list(TEXT_LAYERS),
        help="The text a PDF brings along: keep takes it as it is, ignore reads the print instead, auto takes it "
        "where it proves right.",
    ),
]
PrecisionOption = Annotated[
    str,
    typer.Option(
        "--precision",
        metavar=f"[{'|'.join(PRECISIONS)}]",
        autocompletion=lambda: list(PRECISIONS),
        help="What the networks compute in: f32 gives the same text on every machine, auto is the fastest the "
        "processor has (bfloat16 on some, where 0.3 % of the characters of worn print are read otherwise).",
    ),
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell no progress: results, problems and errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell more of what is done and found.")]


class Told(Enum):
    """How much of its work a command tells on standard error."""

    LITTLE = "little"
    USUAL = "usual"
    MUCH = "much"


def told(*, quiet: bool, verbose: bool) -> Told:
    """What ``-q`` and ``-v`` ask for; raises UsageError for both."""
    if quiet and verbose:
        raise UsageError("-q -v", "ask for less and for more", "give one of them")
    return Told.LITTLE if quiet else Told.MUCH if verbose else Told.USUAL


def output_was_out(name: str) -> str:
    """``--out`` is understood as ``--output``, whose name it once was."""
    return "output" if name == "out" else name


def split_names(names: str) -> tuple[str, ...]:
    """The names in a comma-separated list, in Chinese or English print."""
    return tuple(name.strip() for name in names.replace("，", ",").split(",") if name.strip())


# The option ``--limits``, the same for every command that opens a file of unknown origin.

LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits",
        metavar="NAME=NUMBER,…",
        help="What a file may cost, like memory=8G,seconds=600,pages=5000; also pixels, objects, output, characters.",
    ),
]


# The options and arguments of ``recover glossary``.

# Where additions go that name no glossary.
OWN = "mine"
FORMATS = "[csv|tsv|xlsx|tbx|tbx2008|tmx|omegat]"


class StatusName(StrEnum):
    """The status of a pair."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


class OnClashName(StrEnum):
    """What happens to a term that the glossary translates differently."""

    KEEP = "keep"
    REPLACE = "replace"
    ADD = "add"


Name = Annotated[
    str,
    typer.Option("--glossary", "-g", metavar="NAME", autocompletion=glossary_names, help="A glossary's name or file."),
]
Term = Annotated[str, typer.Argument(help="The term in either language, its abbreviation, or zh=en.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Text = Annotated[str | None, typer.Option(metavar="TEXT")]
Abbreviation = Annotated[str | None, typer.Option(metavar="TEXT", help="The English short form.")]
Domain = Annotated[str | None, typer.Option(metavar="TEXT", help="The field the pair belongs to.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Anything worth knowing.")]
Source = Annotated[str | None, typer.Option(metavar="TEXT", help="Where the pair comes from.")]
Texts = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Once for each; an empty one takes all away.")]


# Groups of commands: one with an argument of its own, one whose help names no types of switches.

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commands",
}


class PlainGroup(TyperGroup):
    """A group whose switches stand bare in its help and that of its commands, and whose choices stand in brackets."""

    # The class that typer's own contexts derive from is private to it.
    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """The help in the chosen language."""
        _set_titles()
        english, self.help = self.help, _translated(self.help)
        try:
            super().format_help(ctx, formatter)  # type: ignore[arg-type]
        finally:
            self.help = english

    def get_params(self, ctx: typer.Context) -> list:  # type: ignore[override,type-arg]
        """The group's own options."""
        params = [copy.copy(param) for param in super().get_params(ctx)]
        _plain(params)
        return params

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[override,no-untyped-def]
        """A command of the group, with its help in the chosen language."""
        known = super().get_command(ctx, cmd_name)
        if known is None:
            return None
        _set_titles()
        command = copy.copy(known)
        command.help, command.short_help = _translated(known.help), _translated(known.short_help)
        command.params = [copy.copy(param) for param in known.params]
        _plain([*command.params, command.get_help_option(ctx)])
        return command


def _set_titles() -> None:
    for name, title in _TITLES.items():
        setattr(rich_utils, name, translated(title))


def _translated(text: str | None) -> str | None:
    """A help text in the chosen language; typer keeps the line ends of the docstring it is taken from."""
    return text and translated(" ".join(text.split()))


def _plain(params: Iterable[object]) -> None:
    for param in params:
        if hasattr(param, "help"):
            param.help = _translated(param.help)
        if not isinstance(param, TyperOption) or param.metavar is not None:
            continue
        if param.is_flag:
            param.metavar = ""
        elif choices := getattr(param.type, "choices", ()):
            param.metavar = f"[{'|'.join(choices)}]"


# A command that takes an argument and has subcommands too: ``recover review DIR`` and ``recover review stats DIR``.


class DefaultGroup(PlainGroup):
    """A group whose first command is meant where none is named; its own ``--help`` stays that of the group.

    A folder that is called like a subcommand is given as ``./stats``.
    """

    # The class that typer's own contexts derive from is private to it.
    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put the first command's name before arguments that begin with none."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and args[0] not in ctx.help_option_names:
            args = [names[0], *args]
        return super().parse_args(ctx, args)


# ``recover.toml``: what a user would else write behind every command.

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
