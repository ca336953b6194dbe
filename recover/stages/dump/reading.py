"""Read a text dump: furniture, reference list, front matter, sections, and what can't be read, each in its place."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.stages.dump.bibliography import Bibliography, find_bibliography
from recover.stages.dump.front import FrontPart, read_front
from recover.stages.dump.furniture import find_furniture
from recover.stages.dump.headings import Heading, read_heading
from recover.stages.dump.lines import DumpLine, read_lines
from recover.text.legible import legibility


class DumpSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section's heading (None before the first) and the lines under it."""

    heading: Heading | None
    lines: tuple[DumpLine, ...]
    page: int = 0


class DumpReading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a dump; every line of text is in exactly one of the parts."""

    pages: int
    front: tuple[FrontPart, ...]
    sections: tuple[DumpSection, ...]
    bibliography: Bibliography
    furniture: tuple[DumpLine, ...]


def read_dump(text: str) -> DumpReading:
    """The parts of the dump ``text``, whatever it holds."""
    lines = read_lines(text)
    aside = find_furniture(lines)
    body = [line for position, line in enumerate(lines) if position not in aside]
    bibliography = find_bibliography(body)
    rest = [line for line in body if line.index not in bibliography.taken]
    first, sections = _sections(rest)
    front, others = read_front(first)
    if others:
        sections = (DumpSection(heading=None, lines=others, page=others[0].page), *sections)
    return DumpReading(
        pages=(lines[-1].page + 1) if lines else 0,
        front=front,
        sections=sections,
        bibliography=bibliography,
        furniture=tuple(line for position, line in enumerate(lines) if position in aside),
    )


def _sections(lines: Sequence[DumpLine]) -> tuple[list[DumpLine], tuple[DumpSection, ...]]:
    """The lines before the first heading, and the sections."""
    first: list[DumpLine] = []
    found: list[tuple[Heading, DumpLine, list[DumpLine]]] = []
    for line in lines:
        heading = read_heading(line.text, found[-1][0].order if found else ())
        if heading is not None:
            found.append((heading, line, []))
        elif found:
            found[-1][2].append(line)
        else:
            first.append(line)
    return first, tuple(
        DumpSection(heading=heading, lines=_with_body(heading, line, under), page=line.page)
        for heading, line, under in found
    )


def _with_body(heading: Heading, line: DumpLine, under: list[DumpLine]) -> tuple[DumpLine, ...]:
    """What the heading's line holds besides the heading is the section's first text."""
    if not heading.body:
        return tuple(under)
    return (msgspec.structs.replace(line, text=heading.body, legible=legibility(heading.body)), *under)
