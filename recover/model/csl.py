"""One item of CSL-JSON, the fields this program fills, named as the CSL 1.0.2 schema names them."""

from __future__ import annotations

import msgspec


class CslName(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="kebab"):
    """A person (``family``, ``given``, ``suffix``) or, as ``literal``, a corporate author."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    non_dropping_particle: str = ""
    literal: str = ""


class CslDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="kebab"):
    """``date_parts`` is one date or a range of two, each year, month, day as far as known."""

    date_parts: tuple[tuple[int, ...], ...] = ()
    literal: str = ""


class CslItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="kebab"):
    """A bibliographic item; fields that are not known are left out of the JSON."""

    id: str = ""
    type: str = ""
    language: str = ""
    author: tuple[CslName, ...] = ()
    editor: tuple[CslName, ...] = ()
    translator: tuple[CslName, ...] = ()
    title: str = ""
    container_title: str = ""
    container_title_short: str = ""
    collection_title: str = ""
    collection_number: str = ""
    event_title: str = ""
    event_place: str = ""
    issued: CslDate | None = None
    accessed: CslDate | None = None
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    edition: str = ""
    version: str = ""
    publisher: str = ""
    publisher_place: str = ""
    genre: str = ""
    medium: str = ""
    scale: str = ""
    status: str = ""
    DOI: str = msgspec.field(name="DOI", default="")
    PMID: str = msgspec.field(name="PMID", default="")
    PMCID: str = msgspec.field(name="PMCID", default="")
    ISBN: str = msgspec.field(name="ISBN", default="")
    ISSN: str = msgspec.field(name="ISSN", default="")
    URL: str = msgspec.field(name="URL", default="")
    note: str = ""
    custom: dict[str, str] = {}
