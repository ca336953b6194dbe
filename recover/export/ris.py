"""``references.ris``: the format that every reference manager imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recover.model.csl import CslDate, CslItem, CslName
from recover.model.document import Reference

_TYPES = {
    "article-journal": "JOUR", "article-newspaper": "NEWS", "article": "UNPB", "periodical": "JFULL", "book": "BOOK",
    "chapter": "CHAP", "paper-conference": "CPAPER", "thesis": "THES", "report": "RPRT", "standard": "STAND",
    "patent": "PAT", "webpage": "ELEC", "dataset": "DATA", "software": "COMP", "map": "MAP", "document": "GEN",
}  # fmt: skip
_RANGE = re.compile(r"^([^-,]+)-(.+)$")

Value = str | list[str]


def render(references: Sequence[Reference]) -> bytes:
    """All records, in order."""
    return "".join(records(reference.csl for reference in references)).encode()


def records(items: Iterable[CslItem]) -> Iterator[str]:
    """One record an item, written by rispy."""
    from rispy import RisWriter  # noqa: PLC0415 - an exporter alone loads its library

    class Headless(RisWriter):  # type: ignore[misc]  # rispy has no types
        """Without the running number above each record, which the format doesn't know."""

        def set_header(self, count: int) -> str:  # noqa: ARG002 - the name rispy calls it by
            return ""

    writer = Headless()
    for item in items:
        yield writer.formats([_entry(item)]).strip() + "\n\n"


def _entry(item: CslItem) -> dict[str, Value]:
    hit = _RANGE.match(item.page)
    fields: dict[str, Value] = {
        "type_of_reference": _TYPES.get(item.type, "GEN"),
        "id": item.id,
        "authors": [_name(name) for name in item.author],
        "secondary_authors": [_name(name) for name in item.editor],
        "title": _line(item.title),
        "secondary_title": _line(item.container_title),
        "alternate_title2": _line(item.container_title_short),
        "year": _year(item.issued),
        "volume": item.volume,
        "number": item.issue or item.number,
        "start_page": hit[1] if hit else item.page,
        "end_page": hit[2] if hit else "",
        "publisher": _line(item.publisher),
        "place_published": _line(item.publisher_place),
        "edition": item.edition,
        "doi": item.DOI,
        "accession_number": item.PMID,
        "urls": [item.URL] if item.URL else [],
        "access_date": _slashed(item.accessed),
        "language": item.language,
        "notes": [_line(item.note)] if item.note else [],
    }
    return {name: value for name, value in fields.items() if value}


def _line(text: str) -> str:
    """A value is one line; a line break would begin a new tag."""
    return " ".join(text.split())


def _name(name: CslName) -> str:
    if name.literal:
        return _line(name.literal)
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _year(date: CslDate | None) -> str:
    return str(date.date_parts[0][0]) if date and date.date_parts else ""


def _slashed(date: CslDate | None) -> str:
    return "/".join(f"{part:02d}" for part in date.date_parts[0]) if date and date.date_parts else ""
