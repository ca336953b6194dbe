"""A reference cut into pieces, before the pieces become values."""

from __future__ import annotations

import msgspec


class Draft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The pieces as printed; ``style`` names the grammar, ``score`` says how well they fit together."""

    style: str
    score: float = 0.0
    authors: str = ""
    title: str = ""
    mark: str = ""
    medium: str = ""
    number: str = ""
    host_authors: str = ""
    host: str = ""
    container: str = ""
    translator: str = ""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    rest: str = ""
