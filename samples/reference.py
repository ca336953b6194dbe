"""A reference from its fields: how each house prints it, and the fields a reader should find again.

A line of an article's list is ``type | authors | title | container | year | volume | issue | pages | more``.
For books, theses and pages on the net ``container`` is ``place: publisher``, and ``more`` holds an edition,
the date and the address, or a DOI.
"""

from __future__ import annotations

import re

import msgspec

_HAN = re.compile(r"[\u4e00-\u9fff]")


class ReferenceSource(msgspec.Struct, frozen=True, kw_only=True):
    """``authors`` as printed (``BROWN RH, AL-CHALABI A``), with ``et al`` or ``等`` where the list was cut."""

    number: int
    type: str
    authors: str
    title: str
    container: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    more: str = ""

    @property
    def is_chinese(self) -> bool:
        return bool(_HAN.search(self.title))

    @property
    def bare_title(self) -> str:
        """The title without the number that a standard or a patent carries behind it."""
        return self.title.rpartition(": ")[0] if self.type in {"S", "P"} else self.title

    @property
    def publication(self) -> str:
        """The journal, or of a book, thesis or standard the publisher without its place."""
        return self.container if self.type in {"J", "N"} else self.container.rpartition(": ")[2]

    @property
    def first_family(self) -> str:
        """The first author's family name, or the whole of a corporate or Chinese name."""
        first = self.authors.split(",")[0].strip()
        if _HAN.search(first) or " " not in first:
            return first
        family, _, initials = first.rpartition(" ")
        while re.fullmatch(r"[A-Z]{1,3}|Jr", initials) and re.search(r" [A-Z]{1,3}$", family):
            family, _, initials = family.rpartition(" ")
        return family if re.fullmatch(r"[A-Z]{1,3}|Jr", initials) else first


def parse_reference_lines(lines: str) -> tuple[ReferenceSource, ...]:
    """One reference a line, numbered from 1."""
    entries = [line for line in lines.splitlines() if line.strip()]
    return tuple(_parse_line(number, line) for number, line in enumerate(entries, 1))


def _parse_line(number: int, line: str) -> ReferenceSource:
    parts = [part.strip() for part in line.split(" | ")]
    kind, authors, title, *rest = parts
    container, year, volume, issue, pages, more = (*rest, *[""] * (6 - len(rest)))
    return ReferenceSource(
        number=number,
        type=kind,
        authors=authors,
        title=title,
        container="" if container == "-" else container,
        year=year,
        volume="" if volume == "-" else volume,
        issue="" if issue == "-" else issue,
        pages="" if pages == "-" else pages,
        more=more,
    )


def format_vancouver(entry: ReferenceSource) -> str:
    """As journals that follow the Vancouver style print it, Chinese entries with their ``[J]``."""
    if entry.is_chinese:
        return f"{entry.authors}.{entry.title}[{entry.type}].{entry.container},{entry.year},{_place(entry)}."
    closed = entry.title if entry.title.endswith(("?", "!")) else f"{entry.title}."
    if entry.type == "J":
        return f"{entry.authors}. {closed} {entry.container}. {entry.year};{_place(entry)}."
    return f"{entry.authors}. {closed} {entry.container}, {entry.year}."


def format_gbt7714(entry: ReferenceSource) -> str:
    """As GB/T 7714-2015 asks; full stops and commas followed by a space, as most journals set them."""
    head = f"{entry.authors}. {entry.title}[{entry.type}]."
    if entry.type == "J":
        return f"{head} {entry.container}, {entry.year}, {_place(entry, ': ')}.{_tail(entry)}"
    if entry.type == "EB/OL":
        return f"{head} {entry.more}."
    if entry.type in {"N", "P"}:
        container = f" {entry.container}," if entry.container else ""
        return f"{head}{container} {entry.more}."
    edition = f" {entry.more}." if entry.more else ""
    pages = f": {entry.pages}" if entry.pages else ""
    return f"{head}{edition} {entry.container}, {entry.year}{pages}."


def _place(entry: ReferenceSource, colon: str = ":") -> str:
    issue = f"({entry.issue})" if entry.issue else ""
    pages = f"{colon}{entry.pages}" if entry.pages else ""
    return f"{entry.volume}{issue}{pages}"


def _tail(entry: ReferenceSource) -> str:
    return f" {entry.more}." if entry.more else ""


FORMATS = {"vancouver": format_vancouver, "gbt7714": format_gbt7714}
