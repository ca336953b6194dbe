"""What part of a paper a section is (methods, results …), by its heading or by the heading it stands under."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from recover.model.document import Section


def kinds_of(sections: Sequence[Section]) -> tuple[str, ...]:
    """The kind of every section, "" where neither it nor a section above it says one."""
    kinds: list[str] = []
    above: list[tuple[int, str]] = []
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        kind = _kind(section.title) or _kind(section.title_en) or (above[-1][1] if above else "")
        above.append((section.level, kind))
        kinds.append(kind)
    return tuple(kinds)


def section_kinds() -> tuple[str, ...]:
    """The names that a search can be narrowed to."""
    return ("abstract", *dict.fromkeys(_kinds().values()))


def _kind(title: str) -> str:
    return _kinds().get(re.sub(r"\s+", " " if title.isascii() else "", title).strip().casefold(), "")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Headings and their kind; the table beside this file can be extended."""
    text = files(__package__).joinpath("data/section_kinds.csv").read_text(encoding="utf-8")
    return {word: row["kind"] for row in csv.DictReader(text.splitlines()) for word in row["words"].split("|")}
