"""``recover doctor``: what is installed, what is missing and how to get it."""

from __future__ import annotations

import typer

from recover.text.messages import translated

MISSING = 4


def doctor() -> None:
    """Tell what is installed and works, what is missing and how to get it."""
    from recover.doctor import examine

    checks = examine()
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = "ok     " if check.works else "MISSING" if check.needed else "absent "
        typer.echo(
            f"{mark} {check.name:<{width}}  {check.found}"
            + (f"  ->  {translated(check.remedy)}" if check.remedy else "")
        )
    if any(check.needed and not check.works for check in checks):
        raise typer.Exit(MISSING)
