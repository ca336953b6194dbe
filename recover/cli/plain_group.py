"""A group of commands whose help names no types where there is nothing to write: no ``<bool>`` beside a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup, TyperOption

if TYPE_CHECKING:
    from collections.abc import Iterable


class PlainGroup(TyperGroup):
    """A group whose switches stand bare in its help and that of its commands, and whose choices stand in brackets."""

    # The class that typer's own contexts derive from is private to it.
    def get_params(self, ctx: typer.Context) -> list:  # type: ignore[override,type-arg]
        """The group's own options."""
        params = super().get_params(ctx)
        _plain(params, ctx)
        return params

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[override,no-untyped-def]
        """A command of the group; the option of its help is made once, and kept by it."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            _plain([*command.params, command.get_help_option(ctx)], ctx)
        return command


def _plain(params: Iterable[object], ctx: typer.Context) -> None:
    for param in params:
        if not isinstance(param, TyperOption) or param.metavar is not None:
            continue
        if param.is_flag:
            param.metavar = ""
        elif param.type_descriptor.is_choice:
            param.metavar = f"[{param.display_type(ctx).strip('<>')}]"
