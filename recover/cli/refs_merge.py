"""``recover refs merge DIR``: the works that a folder's papers cite, each once, with who cites it and where."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recover.search.works import Work


class MergedFormat(StrEnum):
    """What ``recover refs merge`` writes: ``json`` has the copies and the sentences that cite each."""

    json = "json"
    csl = "csl"
    bib = "bib"
    ris = "ris"
    csv = "csv"


def merge(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An indexed folder of recovered documents.")],
    *,
    form: Annotated[MergedFormat, typer.Option("--format", help="What to print.")] = MergedFormat.json,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="A file to write instead.")] = None,
    min_papers: Annotated[int, typer.Option(min=1, help="Only works that so many papers cite.")] = 1,
) -> None:
    """Bring the reference lists of all papers of DIR together: every cited work once, the most cited first."""
    import recover

    works = [work for work in recover.find_cited(folder) if work.papers >= min_papers]
    content = _content(works, form)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from recover.glossary import store

        store.write(out, content)
    copies = sum(len(work.copies) for work in works)
    mended = sum(len(work.mended) for work in works)
    typer.echo(f"works: {len(works)}, entries: {copies}, fields mended by better copies: {mended}", err=True)


def _content(works: Sequence[Work], form: MergedFormat) -> bytes:
    import msgspec

    from recover.export.items import item_bytes

    if form is MergedFormat.json:
        told = [{"papers": work.papers, **msgspec.to_builtins(work)} for work in works]
        return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"
    items = [msgspec.structs.replace(work.csl, id=f"work-{number}") for number, work in enumerate(works, 1)]
    return item_bytes(items, form.value)
