"""``references.ris``: the format that every reference manager imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recover.export.csl_json import inert_item
from recover.export.markup import legal
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
        yield writer.formats([_entry(inert_item(item))]).strip() + " \n\n"


def _entry(item: CslItem) -> dict[str, Value]:
    hit = _RANGE.match(item.page)
    fields: dict[str, Value] = {
        "type_of_reference": _TYPES.get(item.type, "GEN"),
        "id": item.id,
        "authors": [_name(name) for name in item.author],
        "secondary_authors": [_name(name) for name in item.editor],
        "subsidiary_authors": [_name(name) for name in item.translator],
        "title": item.title,
        "secondary_title": item.container_title,
        "alternate_title2": item.container_title_short,
        "tertiary_title": item.collection_title,
        "year": _year(item.issued),
        "date": _full_date(item.issued),
        "volume": item.volume,
        "number": item.issue or item.number,
        "note": item.number if item.issue else "",
        "start_page": hit[1] if hit else item.page,
        "end_page": hit[2] if hit else "",
        "publisher": item.publisher,
        "place_published": item.publisher_place,
        "edition": item.edition,
        "issn": item.ISBN or item.ISSN,
        "doi": item.DOI,
        "accession_number": item.PMID,
        "custom2": item.PMCID,
        "urls": [item.URL] if item.URL else [],
        "access_date": _slashed(item.accessed),
        "language": item.language,
        "type_of_work": item.genre or item.custom.get("mark", ""),
        "notes": list(_notes(item)),
    }
    return {name: _clean(value) for name, value in fields.items() if value}


def _notes(item: CslItem) -> Iterator[str]:
    """The note, and what the format has no field for, each under its name."""
    if item.note:
        yield item.note
    rest = {
        "authors": "et al" if item.custom.get("et-al") == "true" else "",
        "series number": item.collection_number,
        "event": item.event_title,
        "event place": item.event_place,
        "version": item.version,
        "medium": item.medium,
        "scale": item.scale,
        "status": item.status,
        "ISSN": item.ISSN if item.ISBN else "",
        "mark": item.custom.get("mark", "") if item.genre else "",
        "dates": _range(item.issued),
    }
    yield from (f"{name}: {value}" for name, value in rest.items() if value)


def _line(text: str) -> str:
    """A value is one line; a line break would begin a new tag."""
    return legal(" ".join(text.split()))


def _clean(value: Value) -> Value:
    return _line(value) if isinstance(value, str) else [_line(text) for text in value]


def _name(name: CslName) -> str:
    if name.literal:
        return name.literal
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _year(date: CslDate | None) -> str:
    """The year, or what stands in its place ("in press")."""
    if date is None:
        return ""
    return str(date.date_parts[0][0]) if date.date_parts else date.literal


def _full_date(date: CslDate | None) -> str:
    return _slashed(date) if date and date.date_parts and len(date.date_parts[0]) > 1 else ""


def _range(date: CslDate | None) -> str:
    if date is None or len(date.date_parts) < 2:
        return ""
    return " to ".join("/".join(f"{part:02d}" for part in day) for day in date.date_parts)


def _slashed(date: CslDate | None) -> str:
    return "/".join(f"{part:02d}" for part in date.date_parts[0]) if date and date.date_parts else ""
