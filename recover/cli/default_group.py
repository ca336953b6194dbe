"""A command that takes an argument and has subcommands too: ``recover review DIR`` and ``recover review stats DIR``."""

from __future__ import annotations

import typer

from recover.cli.plain_group import PlainGroup


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
