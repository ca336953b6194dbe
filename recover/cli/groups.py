"""Groups of commands: one with an argument of its own, one whose help names no types of switches."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import typer
from typer import rich_utils
from typer.core import TyperGroup, TyperOption

from recover.text.messages import translated

if TYPE_CHECKING:
    from collections.abc import Iterable


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
        _plain(params, ctx)
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
        _plain([*command.params, command.get_help_option(ctx)], ctx)
        return command


def _set_titles() -> None:
    for name, title in _TITLES.items():
        setattr(rich_utils, name, translated(title))


def _translated(text: str | None) -> str | None:
    """A help text in the chosen language; typer keeps the line ends of the docstring it is taken from."""
    return text and translated(" ".join(text.split()))


def _plain(params: Iterable[object], ctx: typer.Context) -> None:
    for param in params:
        if hasattr(param, "help"):
            param.help = _translated(param.help)
        if not isinstance(param, TyperOption) or param.metavar is not None:
            continue
        if param.is_flag:
            param.metavar = ""
        elif param.type_descriptor.is_choice:
            param.metavar = f"[{param.display_type(ctx).strip('<>')}]"


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
